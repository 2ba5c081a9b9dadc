import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import type { ProjectManagementWorkItem } from './model/work-item.ts';
import {
  fromPortableWorkItem,
  ProjectManagementWorkItemSchema,
  toPortableWorkItem,
} from './schema/work-item-schema.ts';
import { seedCompat } from './seed-compat.ts';

const providing = (type: string) => ({
  createWorkItem: async () => ({ id: 'i1', title: 'x', type }),
  createWorkItems: async () => [{ id: 'i1', title: 'x', type }],
});

describe('seedCompat', () => {
  it.each(['task', 'bug', 'story', 'epic', 'summary'])('keeps the type %s', async (type) => {
    const provider = seedCompat(providing(type));
    expect(await provider.createWorkItem({ title: 'x' })).toEqual({ id: 'i1', title: 'x', type });
    expect(await provider.createWorkItems([])).toEqual([{ id: 'i1', title: 'x', type }]);
  });

  it.each(['incident', 'Task', ''])('leaves out the type %j, which the first interface did not have', async (type) => {
    expect(await seedCompat(providing(type)).createWorkItem({ title: 'x' })).toEqual({ id: 'i1', title: 'x' });
  });
});

describe('a work item', () => {
  const item: ProjectManagementWorkItem = {
    id: 'i1',
    key: 'ENG-1',
    title: 'Fix the roof',
    status: 'Doing',
    statusDetail: { id: 's1', name: 'Doing', category: 'started' },
    priority: 'urgent',
    tags: ['docs'],
    assignees: [{ id: 'ada', name: 'Ada' }],
    creator: { id: 'bob' },
    dueOn: '2026-12-01',
    estimate: 3,
    metadata: { order: '1' },
    createdAt: new Date('2026-11-25T10:00:00.123Z'),
    updatedAt: new Date('2026-11-25T10:01:00Z'),
    completedAt: new Date('2026-11-25T10:02:00Z'),
    revision: '7',
  };

  it('comes through JSON unchanged, its dates included', () => {
    const sent: unknown = JSON.parse(JSON.stringify(toPortableWorkItem(item)));
    const received = validateAgainstSchema(ProjectManagementWorkItemSchema, sent);
    expect(received.problems).toEqual([]);
    if (received.valid) expect(fromPortableWorkItem(received.value)).toEqual(item);
  });

  it('leaves behind what is about the call', () => {
    const portable = toPortableWorkItem({ ...item, raw: { token: 'x' }, requestId: 'r1', warnings: [] });
    expect(portable).toEqual(toPortableWorkItem(item));
  });

  it.each([
    [{ ...toPortableWorkItem(item), priority: 'highest' }],
    [{ ...toPortableWorkItem(item), dueOn: '2026-02-30' }],
    [{ ...toPortableWorkItem(item), createdAt: 'yesterday' }],
    [{ ...toPortableWorkItem(item), id: '' }],
  ])('is refused: %#', (wrong) => {
    expect(validateAgainstSchema<unknown>(ProjectManagementWorkItemSchema, wrong).valid).toBe(false);
  });
});

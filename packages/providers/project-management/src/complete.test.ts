import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { ProjectManagementProvider } from './project-management-provider.ts';
import { InMemoryProjectManagementProvider } from './testing/in-memory-project-management-provider.ts';

const bare: ProjectManagementProvider = {
  createWorkItem: async ({ title }) => ({ id: 'i1', title }),
  createWorkItems: async (items) => items.map(({ title }, index) => ({ id: `i${index}`, title })),
};

describe('a completed provider', () => {
  it.each([
    'getWorkItem',
    'findByExternalId',
    'updateWorkItem',
    'transition',
    'deleteWorkItem',
    'archiveWorkItem',
    'listWorkItems',
    'search',
    'listComments',
    'addComment',
    'updateComment',
    'deleteComment',
    'addAttachment',
    'addRelation',
    'listProjects',
    'listStatuses',
    'listUsers',
    'listLabels',
    'describeFields',
    'listChanges',
    'parseWebhook',
    'parseWebhookAll',
  ] as const)('rejects %s with "unsupported", since it is missing', async (method) => {
    const whole: object = complete(bare);
    const call: unknown = Reflect.get(whole, method);
    if (typeof call !== 'function') throw new TypeError(`${method} is no function`);
    await expect(Reflect.apply(call, whole, ['i1'])).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('takes nothing for genuine where there is nothing to check it by', async () => {
    expect(await complete(bare).verifyWebhook({ headers: {}, rawBody: '{}' })).toBe(false);
    await expect(complete(bare).close()).resolves.toBeUndefined();
  });

  it('searches by a list where there is no search', async () => {
    const provider = new InMemoryProjectManagementProvider();
    provider.service.add({ title: 'Fix the roof' });
    provider.service.add({ title: 'Paint the wall' });
    const listOnly: ProjectManagementProvider = {
      ...bare,
      listWorkItems: (query) => provider.listWorkItems(query),
    };
    const { items } = await complete(listOnly).search('ROOF');
    expect(items.map(({ title }) => title)).toEqual(['Fix the roof']);
  });

  it('uses the methods that are there, on the provider itself', async () => {
    const provider = new InMemoryProjectManagementProvider();
    const whole = complete(provider);
    const [first] = await whole.createWorkItems([{ title: 'one' }, { title: 'two' }]);
    expect(first).toMatchObject({ id: 'i1', key: 'ENG-1', status: 'Backlog' });
    expect((await whole.listWorkItems({ pageSize: 1 })).items).toHaveLength(1);
    expect(whole.capabilities).toBe(provider.capabilities);
  });
});

describe('a batch from single calls', () => {
  it('gives each item a key of its own, so that the whole can be repeated', async () => {
    const provider = new InMemoryProjectManagementProvider();
    const items = [{ title: 'one' }, { title: 'two' }];
    const first = await complete(provider).createBatch(items, { idempotencyKey: 'k' });
    expect(await complete(provider).createBatch(items, { idempotencyKey: 'k' })).toEqual(first);
    expect(provider.service.items()).toHaveLength(2);
  });

  it('keeps what was created when the call is ended, and tries nothing more', async () => {
    const clock = new FakeClock();
    const provider = new InMemoryProjectManagementProvider({ now: clock.now, sleep: clock.sleep });
    const stop = new AbortController();
    const items = [{ title: 'one' }, { title: 'two' }, { title: 'three' }];
    const original = provider.createWorkItem.bind(provider);
    const stopping: ProjectManagementProvider = {
      ...bare,
      createWorkItem: async (input, options) => {
        const item = await original(input, options);
        stop.abort();
        return item;
      },
    };
    const { results } = await complete(stopping).createBatch(items, { signal: stop.signal });
    expect(results.map((result) => (result.ok ? result.value.title : result.error.code))).toEqual([
      'one',
      'aborted',
      'aborted',
    ]);
    expect(provider.service.requests()).toBe(1);
  });

  it('reports a failure that is no error of ours without showing it', async () => {
    const failing: ProjectManagementProvider = {
      ...bare,
      createWorkItem: () => Promise.reject(new Error('token abc')),
    };
    const { results } = await complete(failing).createBatch([{ title: 'x' }]);
    expect(results).toMatchObject([{ index: 0, ok: false, error: { code: 'provider_error' } }]);
    expect(JSON.stringify(results)).not.toContain('abc');
  });
});

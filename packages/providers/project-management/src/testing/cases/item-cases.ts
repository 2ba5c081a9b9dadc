import type { ConformanceCase } from '@mortise/testing';
import type { BatchResult } from '@mortise/core';
import { complete } from '../../complete.ts';
import { WORK_ITEM_PRIORITIES, WORK_ITEM_STATUS_CATEGORIES } from '../../model/work-item-terms.ts';
import type { ProjectManagementWorkItemInput } from '../../model/work-item-input.ts';
import type { ProjectManagementWorkItem } from '../../model/work-item.ts';
import { deepFreeze, rejectionOf, rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import { type ProjectManagementConformanceTarget, withSubject } from '../conformance-target.ts';
import { create, effects, readBack } from './sample-calls.ts';

const MARKDOWN =
  '# Heading\n\n- one\n- two\n\n1. first\n\n```ts\nconst a = `b`;\n```\n\n[link](https://example.com) and **bold** @ada <tag> &amp;';

type Input = ProjectManagementWorkItemInput;

/** Each field with what shows that it was stored. */
const FIELDS: readonly (readonly [
  keyof Input,
  Partial<Input>,
  (item: ProjectManagementWorkItem) => unknown,
  unknown,
])[] = [
  ['description', { description: 'text' }, (item) => item.description, 'text'],
  ['type', { type: 'bug' }, (item) => item.type, 'bug'],
  ['status', { status: 'Doing' }, (item) => item.status, 'Doing'],
  ['statusId', { statusId: 'doing' }, (item) => item.statusDetail?.id, 'doing'],
  ['priority', { priority: 'high' }, (item) => item.priority, 'high'],
  ['assigneeId', { assigneeId: 'ada' }, (item) => item.assignees?.[0]?.id, 'ada'],
  ['assigneeIds', { assigneeIds: ['ada', 'bob'] }, (item) => item.assignees?.map(({ id }) => id), ['ada', 'bob']],
  ['externalId', { externalId: 'x1' }, (item) => item.externalId, 'x1'],
  ['tags', { tags: ['docs'] }, (item) => item.tags, ['docs']],
  ['labelIds', { labelIds: ['l2'] }, (item) => item.tags, ['docs']],
  ['estimate', { estimate: 3 }, (item) => item.estimate, 3],
  ['metadata', { metadata: { order: '1' } }, (item) => item.metadata, { order: '1' }],
  [
    'itemId',
    { itemId: '0e9f9a3c-0000-4000-8000-000000000001' },
    ({ id }) => id,
    '0e9f9a3c-0000-4000-8000-000000000001',
  ],
  ['dueOn', { dueOn: '2026-03-29' }, (item) => item.dueOn, '2026-03-29'],
  ['startOn', { startOn: '2026-03-28' }, (item) => item.startOn, '2026-03-28'],
  ['fields', { fields: { risk: 'high' } }, (item) => item.fields, { risk: 'high' }],
  ['milestoneId', { milestoneId: 'm1' }, () => undefined, 'm1'],
  ['cycleId', { cycleId: 'c1' }, () => undefined, 'c1'],
  ['reporterId', { reporterId: 'ada' }, () => undefined, 'ada'],
  ['attachments', { attachments: [{ bytes: new Uint8Array(1), mediaType: 'text/plain' }] }, () => undefined, 'file'],
  ['dueDate', { dueDate: new Date('2026-03-29T12:00:00Z') }, () => undefined, 'instant'],
];

/** What becomes of items: `project-management.1` to `.5`, `.8`, `.9`, `.12`, `.14`, and `X6`, `X8`, `X18`. */
export const itemCases: readonly ConformanceCase<ProjectManagementConformanceTarget>[] = [
  {
    id: 'project-management.1',
    title: 'each field of the input is read back equal, or named by a warning, or refused',
    run: async (target) => {
      for (const [field, input, read, expected] of FIELDS) {
        await withSubject(target, async ({ provider, service }) => {
          const item = await provider
            .createWorkItem({ title: 'An item', projectId: 'eng', ...input })
            .catch(async (error: unknown) => {
              await rejectionOf(Promise.reject(error), field);
              return undefined;
            });
          if (item === undefined || item.warnings?.some((warning) => warning.field === field) === true) return;
          checkEqual(read(await readBack(provider, service, item.id)), expected, `${field} read back`);
          checkEqual(read(item), expected, `${field} of what creating gave`);
        });
      }
    },
  },
  {
    id: 'project-management.2',
    title: 'a due day stays the same day, also on the night of a clock change',
    requires: 'due-dates',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        for (const dueOn of ['2026-03-29', '2026-10-25', '2026-12-31', '2028-02-29']) {
          const { id } = await provider.createWorkItem({ title: 'Due', projectId: 'eng', dueOn });
          checkEqual((await readBack(provider, service, id)).dueOn, dueOn, 'day on which it is due');
        }
      }),
  },
  {
    id: 'project-management.3',
    title: 'creating with the same item id or external id again makes no second item',
    requires: 'external-id',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        for (const input of [{ externalId: 'order-1' }, { itemId: '0e9f9a3c-0000-4000-8000-000000000002' }]) {
          const before = effects(service);
          const first = await provider.createWorkItem({ title: 'Once', projectId: 'eng', ...input });
          // A tracker with ids of the caller's choice may also refuse the repeat.
          const again = await provider.createWorkItem({ title: 'Once', projectId: 'eng', ...input }).then(
            ({ id }) => id,
            (error: unknown) => rejectionOf(Promise.reject(error), 'the repeat').then(({ code }) => code),
          );
          check(again === first.id || again === 'conflict', `the repeat gave ${again}`);
          checkEqual(effects(service) - before, 1, 'items made');
        }
      }),
  },
  {
    id: 'project-management.4',
    title: 'of ten items with two bad ones eight are created, and the two are named',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const items = Array.from({ length: 10 }, (_, index) => ({
          title: `Item ${index}`,
          projectId: index === 3 || index === 7 ? 'nowhere' : 'eng',
        }));
        const { results }: BatchResult<ProjectManagementWorkItem> = await complete(provider).createBatch(items);
        checkEqual(
          results.map(({ index }) => index),
          items.map((_, index) => index),
          'one entry for each input',
        );
        const bad = results.filter(({ ok }) => !ok).map(({ index }) => index);
        checkEqual(bad, [3, 7], 'inputs that were not created');
        checkEqual(effects(service), 8, 'items in the tracker');
        for (const result of results) {
          if (result.ok) checkEqual(result.value.title, `Item ${result.index}`, 'title of the item at its place');
        }
      }),
  },
  {
    id: 'project-management.5',
    title: 'Markdown comes back as it was written: headings, lists, code, links and mentions',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const { id } = await provider.createWorkItem({ title: 'Text', projectId: 'eng', description: MARKDOWN });
        checkEqual((await readBack(provider, service, id)).description, MARKDOWN, 'description');
      }),
  },
  {
    id: 'project-management.8',
    title: 'null clears a field, and what a patch does not name stays',
    requires: 'update',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const { id } = await provider.createWorkItem({
          title: 'Full',
          projectId: 'eng',
          description: 'text',
          assigneeIds: ['ada'],
          dueOn: '2026-12-01',
          estimate: 5,
          tags: ['docs'],
        });
        const patch = { dueOn: null, assigneeIds: null, estimate: 0 };
        const changed = (await provider.updateWorkItem?.(id, patch)) ?? fail('updateWorkItem is missing');
        checkEqual([changed.dueOn, changed.assignees], [undefined, []], 'fields that were cleared');
        checkEqual(
          [changed.title, changed.description, changed.estimate, changed.tags],
          ['Full', 'text', 0, ['docs']],
          'fields that were set or left alone',
        );
      }),
  },
  {
    id: 'project-management.9',
    title: 'unknown users, labels, projects, parents and states are refused by name, and nothing is made',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const wrong: readonly (readonly [string, Partial<Input>])[] = [
          ['assigneeId', { assigneeId: 'nobody' }],
          ['assigneeIds', { assigneeIds: ['ada', 'nobody'] }],
          ['tags', { tags: ['no-such-label'] }],
          ['labelIds', { labelIds: ['l99'] }],
          ['projectId', { projectId: 'nowhere' }],
          ['parentId', { parentId: 'i99' }],
          ['statusId', { statusId: 'no-such-state' }],
          ['status', { status: 'No such state' }],
        ];
        for (const [field, input] of wrong) {
          const error = await rejectionOf(
            provider.createWorkItem({ title: 'Wrong', projectId: 'eng', ...input }),
            `a wrong ${field}`,
          );
          checkEqual([error.code, error.field], ['invalid_request', field], `code and field for a wrong ${field}`);
        }
        checkEqual(effects(service), 0, 'items made');
      }),
  },
  {
    id: 'project-management.12',
    title: 'every priority and every kind of state goes there and back',
    requires: 'transitions',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        for (const priority of WORK_ITEM_PRIORITIES) {
          const { id } = await provider.createWorkItem({ title: priority, projectId: 'eng', priority });
          checkEqual((await readBack(provider, service, id)).priority, priority, 'priority');
        }
        for (const category of WORK_ITEM_STATUS_CATEGORIES) {
          const { id, statusDetail } = await create(provider, {});
          if (statusDetail?.category === category) continue;
          const moved = await provider.transition?.(id, { category });
          checkEqual(moved?.statusDetail?.category, category, 'kind of the state after the move');
        }
      }),
  },
  {
    id: 'project-management.14',
    title: "the project's own fields take what they are described to take, and nothing else",
    requires: 'custom-fields',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const described = (await provider.describeFields?.('eng')) ?? fail('describeFields is missing');
        const field = described.find(({ type }) => type === 'option') ?? fail('no field with options is described');
        for (const option of field.options ?? []) {
          const item = await provider.createWorkItem({ title: 'x', projectId: 'eng', fields: { [field.id]: option } });
          checkEqual(item.fields?.[field.id], option, 'value of the field');
        }
        for (const fields of [{ [field.id]: 'no-such-option' }, { 'no-such-field': 1 }]) {
          const call = provider.createWorkItem({ title: 'x', projectId: 'eng', fields });
          await rejectsWith(call, 'invalid_request', `fields ${JSON.stringify(fields)}`);
        }
      }),
  },
  {
    id: 'X6',
    title: 'nothing is told that the tracker did not say: no due day, no parent, no completion',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const { dueOn, startOn, parentId, completedAt, priority, estimate, externalId } = await create(provider, {});
        checkEqual(
          [dueOn, startOn, parentId, completedAt, priority, estimate, externalId],
          Array.from({ length: 7 }, () => undefined),
          'facts of an item that has only a title',
        );
      }),
  },
  {
    id: 'X8',
    title: 'the input is not changed',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const input: Input = deepFreeze({
          title: 'Frozen',
          projectId: 'eng',
          tags: ['urgent-fix', 'docs'],
          metadata: { order: '1' },
          fields: { risk: 'low' },
        });
        await provider.createWorkItem(input);
        await provider.createWorkItems([input]);
        checkEqual(effects(service), 2, 'items made from a frozen input');
      }),
  },
  {
    id: 'X18',
    title: 'emoji, right-to-left text, combining marks and NUL come through unchanged or are refused; so is a megabyte',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        for (const description of ['👩‍👩‍👧‍👦', 'שלום', 'Ze\u0301ro', 'a\u0000b', 'x'.repeat(1024 * 1024)]) {
          const id = await provider.createWorkItem({ title: 'Text', projectId: 'eng', description }).then(
            (item) => item.id,
            (error: unknown) =>
              rejectionOf(Promise.reject(error), 'strange text').then(({ code }) => {
                checkEqual(code, 'invalid_request', 'code of the refusal');
                return undefined;
              }),
          );
          if (id === undefined) continue;
          const read = (await readBack(provider, service, id)).description;
          check(read === description, `a text of ${description.length} units was changed`);
        }
      }),
  },
];

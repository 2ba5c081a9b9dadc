import { IntegrationError, type WebhookRequest } from '@mortise/core';
import type { ConformanceCase } from '@mortise/testing';
import type { ProjectManagementMethod } from '../../model/capabilities.ts';
import type { WorkItemEvent } from '../../model/work-item-event.ts';
import type { ProjectManagementProvider } from '../../project-management-provider.ts';
import { describeError, rejectionOf, rejectsWith } from '../case-tools.ts';
import { check, checkEqual, fail } from '../conformance-failure.ts';
import {
  type ProjectManagementConformanceTarget,
  type ProjectManagementSubject,
  withSubject,
} from '../conformance-target.ts';
import { create } from './sample-calls.ts';

const SECRET = 'hook-secret';
const OLD_SECRET = 'old-secret';
const HOUR_MS = 3_600_000;

/** Workflow, lists, changes and events: `project-management.6`, `.7`, `.10`, `.11`, `.13`, `X9`, `X17`, `X19`, `X20`. */
export const trackerCases: readonly ConformanceCase<ProjectManagementConformanceTarget>[] = [
  {
    id: 'project-management.6',
    title: 'a move that the workflow forbids is refused with the moves that it allows',
    requires: 'transitions',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const { id } = await create(provider, {});
        await provider.transition?.(id, { statusId: 'done' });
        const move = provider.transition?.(id, { statusId: 'backlog' }) ?? fail('transition is missing');
        const error = await rejectionOf(move, 'a move that is not allowed');
        checkEqual(error.code, 'invalid_request', 'code');
        check(error.message.includes('Doing'), `the message does not name the state that is allowed: ${error.message}`);
        const moved = await provider.transition?.(id, { category: 'started' });
        checkEqual(moved?.statusDetail?.id, 'doing', 'state after a move that is allowed');
      }),
  },
  {
    id: 'project-management.7',
    title: 'a change based on an old revision is refused and changes nothing',
    requires: 'revisions',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        const update = async (...call: Parameters<NonNullable<ProjectManagementProvider['updateWorkItem']>>) =>
          provider.updateWorkItem?.(...call) ?? fail('updateWorkItem is missing');
        const { id, revision } = await create(provider, {});
        const ifRevision = revision ?? fail('the item has no revision');
        await update(id, { title: 'first' }, { ifRevision });
        await rejectsWith(update(id, { title: 'second' }, { ifRevision }), 'precondition_failed', 'an old revision');
        checkEqual((await provider.getWorkItem?.(id))?.title, 'first', 'title afterwards');
      }),
  },
  {
    id: 'project-management.10',
    title: 'changes tell what was created, changed and deleted since the cursor, and nothing twice',
    requires: 'changes',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const changes = async (cursor?: string) => provider.listChanges?.(cursor) ?? fail('listChanges is missing');
        const kept = service.add({ title: 'kept' });
        const gone = service.add({ title: 'gone' });
        const start = await changes();
        checkEqual(
          start.upserted.map(({ id }) => id),
          [kept, gone],
          'items at the start',
        );
        const added = service.add({ title: 'added' });
        await provider.updateWorkItem?.(kept, { title: 'changed' });
        await provider.deleteWorkItem?.(gone);
        const next = await changes(start.nextCursor);
        checkEqual(next.upserted.map(({ id }) => id).toSorted(), [added, kept].toSorted(), 'created and changed');
        checkEqual(
          next.removed.map(({ id }) => id),
          [gone],
          'deleted',
        );
        const last = await changes(next.nextCursor);
        checkEqual([last.upserted.length, last.removed.length], [0, 0], 'changes after that');
      }),
  },
  {
    id: 'project-management.11',
    title: 'a list misses nothing and gives nothing twice while items come and go between its pages',
    requires: 'list',
    run: (target) =>
      withSubject(target, async ({ provider, service }) => {
        const ids = Array.from({ length: 10 }, (_, index) => service.add({ title: `Item ${index}` }));
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < 20; page += 1) {
          const query = { projectId: 'eng', pageSize: 3, ...(cursor === undefined ? {} : { cursor }) };
          const { items, hasMore, nextCursor } = await list(provider, query);
          check(items.length <= 3, `a page of 3 has ${items.length} items`);
          seen.push(...items.map(({ id }) => id));
          const [first] = items;
          if (page === 0 && first !== undefined) await provider.deleteWorkItem?.(first.id);
          if (page < 3) service.add({ title: `late ${page}` });
          if (!hasMore) {
            checkEqual(nextCursor, undefined, 'cursor of the last page');
            break;
          }
          cursor = nextCursor ?? fail('a page says that there is more but has no cursor');
        }
        checkEqual(seen.slice(0, ids.length), ids, 'items read');
        checkEqual(new Set(seen).size, seen.length, 'distinct items read');
      }),
  },
  {
    id: 'project-management.13',
    title: "events of the connection's own writes are marked, and repetitions keep their id",
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { id: itemId } = await create(subject.provider, {});
        const own = await eventOf(subject, { type: 'updated', itemId, by: 'connection' }, 'e-1');
        const again = await eventOf(subject, { type: 'updated', itemId, by: 'connection' }, 'e-1');
        const other = await eventOf(subject, { type: 'updated', itemId, by: 'somebody' }, 'e-2');
        checkEqual([own.isOwn, other.isOwn], [true, false], 'isOwn of an own and of another write');
        checkEqual([own.itemId, own.type], [itemId, 'updated'], 'item and type');
        check(own.providerEventId === again.providerEventId, 'a repetition has another id');
        check(own.providerEventId !== other.providerEventId, 'two events share an id');
      }),
  },
  {
    id: 'X9',
    title: 'a cursor that was never given out is refused',
    requires: 'list',
    run: (target) =>
      withSubject(target, async ({ provider }) => {
        await rejectsWith(list(provider, { cursor: 'not-a-cursor' }), 'invalid_request', 'a foreign cursor');
      }),
  },
  {
    id: 'X17',
    title: 'a state and an event of unknown kinds are "unknown", with their names',
    requires: 'events',
    run: (target) =>
      withSubject(target, async (subject) => {
        const { provider, service } = subject;
        const { id } = await create(provider, {});
        service.setOddStatus(id, 'Parked');
        const item = await provider.getWorkItem?.(id);
        checkEqual([item?.statusDetail?.category, item?.status], ['unknown', 'Parked'], 'kind and name of the state');
        const event = await eventOf(subject, { type: 'reordered', itemId: id, by: 'somebody' });
        checkEqual([event.type, event.rawType], ['unknown', 'reordered'], 'type and name of the event');
      }),
  },
  {
    id: 'X19',
    title: 'deliveries are genuine under any active secret, in time and unchanged; with no secret none is',
    requires: 'events',
    run: async (target) => {
      const both = [SECRET, OLD_SECRET];
      const delivery = { type: 'updated', itemId: 'i1', by: 'somebody' } as const;
      await withSubject(
        target,
        async (subject) => {
          const { deliver } = subject.service;
          for (const secret of both) await expectGenuine(subject, await deliver(delivery, { secret }), true, secret);
          const genuine = await deliver(delivery, { secret: SECRET });
          const flipped = String(genuine.rawBody).replace('updated', 'deleted');
          await expectGenuine(subject, { ...genuine, rawBody: flipped }, false, 'a changed body');
          await expectGenuine(subject, { ...genuine, headers: {} }, false, 'no header');
          await expectGenuine(subject, await deliver(delivery, { secret: 'other' }), false, 'another secret');
          const stale = await deliver(delivery, { secret: SECRET, ageMs: HOUR_MS });
          await expectGenuine(subject, stale, false, 'a delivery of an hour ago');
          const beside = { ...genuine, parsedBody: { type: 'deleted' } };
          checkEqual((await parse(subject, beside)).type, 'updated', 'event read from the bytes that were signed');
        },
        undefined,
        both,
      );
      await withSubject(
        target,
        async (subject) => {
          const request = await subject.service.deliver(delivery, { secret: SECRET });
          await expectGenuine(subject, request, false, 'no secret configured');
        },
        undefined,
        [],
      );
    },
  },
  {
    id: 'X20',
    title: 'a method that is there works, and one declared as missing rejects with "unsupported"',
    run: async (target) => {
      for (const [name, call] of METHODS) {
        await withSubject(target, async ({ provider }) => {
          const support = provider.capabilities?.methods?.[name] ?? (provider[name] === undefined ? 'none' : 'native');
          const { id } = await create(provider, {});
          const error = await Promise.resolve(call(provider, id) ?? Promise.reject(ABSENT)).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          const isRefused = error === ABSENT || (IntegrationError.is(error) && error.code === 'unsupported');
          // What is emulated may also be left to complete().
          if (support === 'none' || (support === 'emulated' && error === ABSENT)) {
            check(isRefused, `${name} is declared "${support}" but was not refused`);
          } else check(error === undefined, `${name} is declared "${support}" but failed: ${describeError(error)}`);
        });
      }
    },
  },
];

/** Stands for a method that is not there at all, which says "unsupported" as clearly as a rejection. */
const ABSENT = new IntegrationError({ code: 'unsupported', message: 'The method is not there' });

const comment = async (
  provider: ProjectManagementProvider,
  id: string,
  then: (commentId: string) => Promise<unknown> | undefined,
): Promise<unknown> => {
  if (provider.addComment === undefined) throw ABSENT;
  return then((await provider.addComment(id, 'a comment')).id) ?? Promise.reject(ABSENT);
};

const METHODS: readonly (readonly [
  ProjectManagementMethod,
  (provider: ProjectManagementProvider, id: string) => Promise<unknown> | undefined,
])[] = [
  ['getWorkItem', (provider, id) => provider.getWorkItem?.(id)],
  ['findByExternalId', (provider) => provider.findByExternalId?.('no-such-id')],
  ['updateWorkItem', (provider, id) => provider.updateWorkItem?.(id, { title: 'new' })],
  ['transition', (provider, id) => provider.transition?.(id, { statusId: 'doing' })],
  ['deleteWorkItem', (provider, id) => provider.deleteWorkItem?.(id)],
  ['archiveWorkItem', (provider, id) => provider.archiveWorkItem?.(id)],
  ['listWorkItems', (provider) => provider.listWorkItems?.()],
  ['search', (provider) => provider.search?.('item')],
  ['createBatch', (provider) => provider.createBatch?.([{ title: 'x', projectId: 'eng' }])],
  ['listComments', (provider, id) => provider.listComments?.(id)],
  ['addComment', (provider, id) => provider.addComment?.(id, 'text')],
  ['updateComment', (provider, id) => comment(provider, id, (one) => provider.updateComment?.(one, 'new'))],
  ['deleteComment', (provider, id) => comment(provider, id, (one) => provider.deleteComment?.(one))],
  [
    'addAttachment',
    (provider, id) => provider.addAttachment?.(id, { bytes: new Uint8Array(1), mediaType: 'text/plain' }),
  ],
  ['addRelation', (provider, id) => provider.addRelation?.(id, { type: 'relates' }, id)],
  ['listProjects', (provider) => provider.listProjects?.()],
  ['listStatuses', (provider) => provider.listStatuses?.('eng')],
  ['listUsers', (provider) => provider.listUsers?.()],
  ['listLabels', (provider) => provider.listLabels?.('eng')],
  ['describeFields', (provider) => provider.describeFields?.('eng')],
  ['listChanges', (provider) => provider.listChanges?.()],
];

function list(
  provider: ProjectManagementProvider,
  query: Parameters<NonNullable<ProjectManagementProvider['listWorkItems']>>[0],
) {
  return provider.listWorkItems?.(query) ?? Promise.reject(ABSENT);
}

async function eventOf(
  subject: ProjectManagementSubject,
  delivery: Parameters<ProjectManagementSubject['service']['deliver']>[0],
  eventId?: string,
): Promise<WorkItemEvent> {
  const options = { secret: SECRET, ...(eventId === undefined ? {} : { eventId }) };
  const request = await subject.service.deliver(delivery, options);
  return parse(subject, request);
}

function parse({ provider }: ProjectManagementSubject, request: WebhookRequest): Promise<WorkItemEvent> {
  return provider.parseWebhook?.(request) ?? fail('events are declared but parseWebhook is missing');
}

async function expectGenuine(
  { provider }: ProjectManagementSubject,
  request: WebhookRequest,
  expected: boolean,
  what: string,
): Promise<void> {
  checkEqual(await (provider.verifyWebhook?.(request) ?? fail('verifyWebhook is missing')), expected, what);
}

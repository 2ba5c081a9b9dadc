import type { ConformanceCase } from '@mortise/testing';
import { DeltaConformanceError, requireEqual, requireError, requireThat } from './assertions.ts';
import { event, mark, OTHER, progressAt, REF, take, TTL_MS } from './case-tools.ts';
import type { DeltaStoreSubject } from './delta-store-subject.ts';

export const commitCases: readonly ConformanceCase<DeltaStoreSubject>[] = [
  {
    id: 'delta.commit.1',
    title: 'writes progress, marks, keys and messages, and raises the revision',
    async run({ store }) {
      const { lease } = await take(store);
      await store.receive(REF, [event('e1'), event('e2')]);
      const progress = progressAt('c-1', {
        generation: 3,
        appliedCount: 2,
        walk: { kind: 'changes', pageCursor: 'p', startedAt: '2026-01-01T00:00:00.000Z', pages: 1 },
      });
      const records = [
        mark('r1', { revision: '7', generation: 3 }),
        mark('r2', { tombstone: { deletedAt: '2026-01-01T00:00:00.000Z', observedAt: '2026-01-01T00:00:01.000Z' } }),
      ];
      const outbox = [{ id: 'm1', topic: 't', payload: { n: 1, text: "it's ü" } }];
      const revision = await store.commit(lease, {
        expectedRevision: 0,
        progress,
        records,
        seen: ['k1', 'k2'],
        handled: ['e1'],
        outbox,
      });
      const state = await store.load(REF);
      requireEqual([state?.revision, state?.progress], [revision, progress], 'load');
      requireThat(revision > 0, 'commit: expected a revision above 0');
      const found = await store.findRecords(REF, ['r2', 'r1', 'r3']);
      requireEqual([found.get('r1'), found.get('r2'), found.size], [records[0], records[1], 2], 'records');
      requireEqual([...(await store.findSeen(REF, ['k2', 'k3', 'k1']))].toSorted(), ['k1', 'k2'], 'seen');
      requireEqual(
        (await store.listReceived(REF, 10)).map(({ id }) => id),
        ['e2'],
        'received',
      );
      requireEqual(await store.listOutbox(10), outbox, 'outbox');
    },
  },
  {
    id: 'delta.commit.2',
    title: 'refuses a worker whose lease another one took, and writes nothing',
    async run({ store, advance }) {
      const { lease: stale } = await take(store, REF, { ttlMs: TTL_MS });
      await advance(TTL_MS * 1.5);
      const { lease } = await take(store, REF, { holder: 'b' });
      const commit = { expectedRevision: 0, progress: progressAt('stale'), records: [mark('r1')], seen: ['k'] };
      await requireError(store.commit(stale, commit), 'LEASE_LOST', 'commit of a stale worker');
      requireEqual((await store.findRecords(REF, ['r1'])).size, 0, 'records');
      requireEqual((await store.findSeen(REF, ['k'])).size, 0, 'seen');
      await store.commit(lease, { expectedRevision: 0, progress: progressAt('fresh') });
      requireEqual((await store.load(REF))?.progress.cursor, { cursor: 'fresh' }, 'cursor');
    },
  },
  {
    id: 'delta.commit.3',
    title: 'refuses a worker whose lease is over, even if nobody took it',
    async run({ store, advance }) {
      const { lease } = await take(store, REF, { ttlMs: TTL_MS });
      await advance(TTL_MS * 1.5);
      await requireError(
        store.commit(lease, { expectedRevision: 0, progress: progressAt('late') }),
        'LEASE_LOST',
        'commit after the end',
      );
    },
  },
  {
    id: 'delta.commit.4',
    title: 'refuses a token that was never given, and a holder with somebody else’s token',
    async run({ store }) {
      const { lease } = await take(store);
      const commit = { expectedRevision: 0, progress: progressAt('x') };
      for (const forged of [
        { ...lease, token: lease.token + 1 },
        { ...lease, holder: 'b' },
        { ...lease, ref: OTHER },
      ]) {
        await requireError(store.commit(forged, commit), 'LEASE_LOST', 'commit with a forged lease');
      }
    },
  },
  {
    id: 'delta.commit.5',
    title: 'refuses a commit over a revision that it did not read, and writes nothing',
    async run({ store }) {
      const { lease } = await take(store);
      const first = await store.commit(lease, { expectedRevision: 0, progress: progressAt('one') });
      await requireError(
        store.commit(lease, { expectedRevision: 0, progress: progressAt('two'), records: [mark('r1')] }),
        'CONFLICT',
        'commit of the former revision',
      );
      requireEqual((await store.findRecords(REF, ['r1'])).size, 0, 'records');
      requireEqual((await store.load(REF))?.revision, first, 'revision');
    },
  },
  {
    id: 'delta.commit.6',
    title: 'lets one of two commits of the same revision through',
    async run({ store }) {
      const { lease } = await take(store);
      const outcomes = await Promise.allSettled(
        ['a', 'b', 'c', 'd'].map((cursor) =>
          store.commit(lease, { expectedRevision: 0, progress: progressAt(cursor) }),
        ),
      );
      requireEqual(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, 'winners');
    },
  },
  {
    id: 'delta.commit.7',
    title: 'commits the rows of the user with its own, or neither',
    requires: 'transactional',
    async run({ store, write, rows }) {
      requireThat(write !== undefined && rows !== undefined, 'the subject has no "write" and "rows"');
      const { lease } = await take(store);
      const commit = { expectedRevision: 0, progress: progressAt('one'), records: [mark('r1')], seen: ['k1'] };
      const failing = store.commit(lease, commit, async (tx) => {
        await write(tx, 'lost');
        throw new DeltaConformanceError('the sink is full');
      });
      const error: unknown = await failing.catch((thrown: unknown) => thrown);
      requireThat(
        error instanceof DeltaConformanceError && error.message === 'the sink is full',
        'commit: expected what `apply` threw',
      );
      requireEqual(await rows(), [], 'rows after a failure');
      requireEqual([(await store.load(REF))?.revision, (await store.findSeen(REF, ['k1'])).size], [0, 0], 'state');
      await store.commit(lease, commit, (tx) => write(tx, 'kept'));
      requireEqual(await rows(), ['kept'], 'rows after success');
      await requireError(
        store.commit(lease, commit, (tx) => write(tx, 'conflict')),
        'CONFLICT',
        'commit of a former revision',
      );
      requireEqual(await rows(), ['kept'], 'rows after a conflict');
    },
  },
  {
    id: 'delta.commit.8',
    title: 'waits for the rows of the user before anybody else has the source',
    requires: 'transactional',
    async run({ store, write, rows }) {
      requireThat(write !== undefined && rows !== undefined, 'the subject has no "write" and "rows"');
      const { lease } = await take(store);
      const order: string[] = [];
      const committing = store.commit(lease, { expectedRevision: 0, progress: progressAt('one') }, async (tx) => {
        order.push('apply');
        await new Promise((resolve) => setTimeout(resolve, 20));
        await write(tx, 'row');
        order.push('applied');
      });
      while (!order.includes('apply')) await new Promise((resolve) => setTimeout(resolve, 1));
      const updating = store.update(REF, progressAt('two'), 0).then(
        () => order.push('updated'),
        () => order.push('refused'),
      );
      await Promise.all([committing, updating]);
      requireEqual([order, await rows()], [['apply', 'applied', 'refused'], ['row']], 'order');
    },
  },
  {
    id: 'delta.commit.9',
    title: 'remembers a key for its window and no longer',
    async run({ store, advance }) {
      const { lease } = await take(store);
      await store.commit(lease, {
        expectedRevision: 0,
        progress: progressAt('x'),
        seen: ['k'],
        dedupeWindowMs: TTL_MS,
      });
      requireEqual((await store.findSeen(REF, ['k'])).size, 1, 'seen within the window');
      requireEqual((await store.findSeen(OTHER, ['k'])).size, 0, 'seen by another tenant');
      await advance(TTL_MS * 1.5);
      requireEqual((await store.findSeen(REF, ['k'])).size, 0, 'seen after the window');
    },
  },
  {
    id: 'delta.commit.10',
    title: 'takes back nothing that it gave: what is changed later is not changed in the store',
    async run({ store }) {
      const { lease } = await take(store);
      const progress = {
        ...progressAt('x'),
        checkpoints: [] as { checkpointId: string; sequence: number; createdAt: string; cursor: object }[],
      };
      await store.commit(lease, { expectedRevision: 0, progress });
      progress.checkpoints.push({ checkpointId: 'late', sequence: 1, createdAt: '2026-01-01T00:00:00Z', cursor: {} });
      requireEqual((await store.load(REF))?.progress.checkpoints, [], 'checkpoints');
    },
  },
  {
    id: 'delta.commit.11',
    title: 'takes thousands of records, keys and look-ups in one go',
    async run({ store }) {
      const { lease } = await take(store);
      const ids = Array.from({ length: 3000 }, (_, index) => `r${index}`);
      const records = ids.map((id) => mark(id, { revision: id }));
      await store.commit(lease, { expectedRevision: 0, progress: progressAt('x'), records, seen: ids });
      requireEqual((await store.findRecords(REF, ids)).size, 3000, 'records');
      requireEqual((await store.findSeen(REF, [...ids, 'none'])).size, 3000, 'seen');
    },
  },
];

import type { ConformanceCase } from '@mortise/testing';
import { INITIAL_PROGRESS } from '../store/progress.ts';
import { requireEqual, requireError, requireThat } from './assertions.ts';
import { event, mark, OTHER, progressAt, REF, take, TTL_MS } from './case-tools.ts';
import type { DeltaStoreSubject } from './delta-store-subject.ts';

export const stateCases: readonly ConformanceCase<DeltaStoreSubject>[] = [
  {
    id: 'delta.state.1',
    title: 'has no source before somebody made it',
    async run({ store }) {
      requireEqual(await store.load(REF), undefined, 'load');
      requireEqual(
        [(await store.findSeen(REF, ['k'])).size, (await store.findRecords(REF, ['r'])).size],
        [0, 0],
        'look-ups',
      );
      requireEqual(await store.countRecords(REF, 1), { live: 0, missing: 0 }, 'counts');
      requireEqual([await store.listReceived(REF, 1), await store.listOutbox(1)], [[], []], 'lists');
    },
  },
  {
    id: 'delta.state.2',
    title: 'lets operators write without a lease, over the revision that they read',
    async run({ store }) {
      const first = await store.update(REF, progressAt('x'), 0);
      await requireError(store.update(REF, progressAt('y'), 0), 'CONFLICT', 'update of a former revision');
      await requireError(store.update(OTHER, progressAt('y'), 5), 'CONFLICT', 'update of a source that is not there');
      const { lease, state } = await take(store);
      requireEqual([state.revision, state.progress.cursor], [first, { cursor: 'x' }], 'acquire: state');
      const second = await store.update(REF, progressAt('z'), first);
      await requireError(
        store.commit(lease, { expectedRevision: first, progress: progressAt('late') }),
        'CONFLICT',
        'commit after an operator wrote',
      );
      await store.commit(lease, { expectedRevision: second, progress: progressAt('then') });
    },
  },
  {
    id: 'delta.state.3',
    title: 'keeps events that came in once, in their order, until they are handled',
    async run({ store }) {
      requireEqual(await store.receive(REF, [event('a'), event('b'), event('a')]), ['a', 'b'], 'receive');
      requireEqual(await store.receive(REF, [event('c'), event('b', 'other')]), ['c'], 'receive again');
      requireEqual(await store.receive(OTHER, [event('a')]), ['a'], 'receive of another tenant');
      const waiting = await store.listReceived(REF, 2);
      requireEqual(waiting, [event('a'), event('b')], 'listReceived');
      const { lease } = await take(store);
      await store.commit(lease, { expectedRevision: 0, progress: progressAt('x'), handled: ['a'], seen: ['a'] });
      requireEqual(await store.receive(REF, [event('a')]), [], 'receive of what was handled');
      requireEqual(
        (await store.listReceived(REF, 9)).map(({ id }) => id),
        ['b', 'c'],
        'listReceived after',
      );
    },
  },
  {
    id: 'delta.state.4',
    title: 'keeps one of many receipts of the same event at once',
    async run({ store }) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => store.receive(REF, [event('a')])));
      requireEqual(answers.flat(), ['a'], 'accepted');
    },
  },
  {
    id: 'delta.state.5',
    title: 'counts and lists the live records that a scan did not see',
    async run({ store }) {
      const { lease } = await take(store);
      const tombstone = { deletedAt: '2026-01-01T00:00:00.000Z', observedAt: '2026-01-01T00:00:00.000Z' };
      const records = [
        mark('old-1'),
        mark('old-2', { revision: '5' }),
        mark('gone', { tombstone }),
        mark('new', { generation: 2 }),
      ];
      await store.commit(lease, { expectedRevision: 0, progress: progressAt('x'), records });
      requireEqual(await store.countRecords(REF, 2), { live: 3, missing: 2 }, 'counts');
      const missing = await store.listMissing(REF, 2, 10);
      requireEqual(missing.map(({ sourceId }) => sourceId).toSorted(), ['old-1', 'old-2'], 'missing');
      requireEqual(missing.find(({ sourceId }) => sourceId === 'old-2')?.revision, '5', 'revision');
      requireEqual((await store.listMissing(REF, 2, 1)).length, 1, 'limit');
      requireEqual(await store.countRecords(OTHER, 2), { live: 0, missing: 0 }, 'counts of another tenant');
    },
  },
  {
    id: 'delta.state.6',
    title: 'gives messages in their order until they were published, and each id once',
    async run({ store }) {
      const { lease } = await take(store);
      const message = (id: string, payload = id) => ({ id, topic: 'changes', payload });
      const one = await store.commit(lease, {
        expectedRevision: 0,
        progress: progressAt('x'),
        outbox: [message('b'), message('a')],
      });
      await store.commit(lease, {
        expectedRevision: one,
        progress: progressAt('y'),
        outbox: [message('c'), message('a', 'again')],
      });
      requireEqual(await store.listOutbox(2), [message('b'), message('a')], 'first two');
      await store.removeFromOutbox(['b', 'none']);
      requireEqual(
        (await store.listOutbox(9)).map(({ id }) => id),
        ['a', 'c'],
        'after removal',
      );
    },
  },
  {
    id: 'delta.state.7',
    title: 'lists sources by tenant, connection and status, page by page',
    async run({ store }) {
      for (let index = 0; index < 7; index += 1) {
        const ref = { ...REF, stream: `s${index}` };
        await store.update(ref, { ...INITIAL_PROGRESS, status: index % 2 === 0 ? 'idle' : 'paused' }, 0);
      }
      await store.update({ ...OTHER, connectionId: 'c2' }, INITIAL_PROGRESS, 0);
      const streams: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ tenantId: 'acme', limit: 3, ...(cursor === undefined ? {} : { cursor }) });
        requireEqual(page.hasMore, page.nextCursor !== undefined, 'list: hasMore and nextCursor');
        streams.push(...page.items.map(({ ref }) => ref.stream));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      requireEqual(streams.toSorted(), ['s0', 's1', 's2', 's3', 's4', 's5', 's6'], 'sources of a tenant');
      requireEqual((await store.list({ status: 'paused' })).items.length, 3, 'paused sources');
      requireEqual(
        (await store.list({ connectionId: 'c2' })).items.map(({ ref }) => ref.tenantId),
        ['globex'],
        'by connection',
      );
      requireEqual((await store.list()).items.length, 8, 'all sources');
    },
  },
  {
    id: 'delta.state.8',
    title: 'prunes keys and tombstones whose time is over, and nothing else',
    async run({ store, advance }) {
      const { lease } = await take(store);
      const now = (await store.load(REF))?.lease?.expiresAt ?? '';
      const observedAt = new Date(Date.parse(now) - 60_000).toISOString();
      const records = [mark('gone', { tombstone: { deletedAt: observedAt, observedAt } }), mark('live')];
      const one = await store.commit(lease, {
        expectedRevision: 0,
        progress: progressAt('x'),
        records,
        seen: ['short'],
        dedupeWindowMs: TTL_MS,
      });
      await store.commit(lease, { expectedRevision: one, progress: progressAt('y'), seen: ['long'] });
      requireEqual(await store.prune({ tombstoneLifeMs: 3_600_000 }), { seen: 0, tombstones: 0 }, 'prune too early');
      await advance(TTL_MS * 1.5);
      requireEqual(await store.prune({ tombstoneLifeMs: TTL_MS }), { seen: 1, tombstones: 1 }, 'prune');
      requireEqual([...(await store.findSeen(REF, ['short', 'long']))], ['long'], 'seen');
      requireEqual([...(await store.findRecords(REF, ['gone', 'live'])).keys()], ['live'], 'records');
      requireEqual((await store.load(REF))?.progress.cursor, { cursor: 'y' }, 'progress');
    },
  },
  {
    id: 'delta.state.9',
    title: 'forgets all that belongs to a removed source, and nothing of others',
    async run({ store }) {
      for (const ref of [REF, OTHER]) {
        const { lease } = await take(store, ref);
        await store.receive(ref, [event('e')]);
        await store.commit(lease, {
          expectedRevision: 0,
          progress: progressAt('x'),
          records: [mark('r')],
          seen: ['k'],
        });
      }
      await store.remove(REF);
      const left = async (ref: typeof REF): Promise<unknown> => [
        (await store.load(ref))?.progress.cursor,
        (await store.findSeen(ref, ['k'])).size,
        (await store.findRecords(ref, ['r'])).size,
        (await store.listReceived(ref, 9)).length,
      ];
      requireEqual(
        await left(REF),
        [undefined, 0, 0, 0].map((part) => part ?? null),
        'the removed source',
      );
      requireEqual(await left(OTHER), [{ cursor: 'x' }, 1, 1, 1], 'the other source');
      const { state } = await take(store);
      requireEqual([state.revision, state.progress.cursor ?? null], [0, null], 'made anew');
    },
  },
  {
    id: 'delta.state.10',
    title: 'shows another process the same state',
    requires: 'shared',
    async run({ store, reopen }) {
      requireThat(reopen !== undefined, 'the subject has no "reopen"');
      const other = await reopen();
      try {
        const { lease } = await take(store);
        await store.commit(lease, { expectedRevision: 0, progress: progressAt('x'), seen: ['k'] });
        requireEqual((await other.load(REF))?.progress.cursor, { cursor: 'x' }, 'load');
        requireThat(
          !(await other.acquire(REF, { holder: 'b', ttlMs: 1 })).isAcquired,
          'acquire: expected it to be held',
        );
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            (index % 2 === 0 ? store : other).acquire(OTHER, { holder: `w${index}`, ttlMs: 60_000 }),
          ),
        );
        requireEqual(answers.filter(({ isAcquired }) => isAcquired).length, 1, 'winners over two processes');
      } finally {
        await other.close();
      }
    },
  },
];

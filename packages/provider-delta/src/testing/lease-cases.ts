import type { ConformanceCase } from '@mortise/testing';
import { requireEqual, requireError, requireThat } from './assertions.ts';
import { OTHER, progressAt, REF, take, TTL_MS } from './case-tools.ts';
import type { DeltaStoreSubject } from './delta-store-subject.ts';

export const leaseCases: readonly ConformanceCase<DeltaStoreSubject>[] = [
  {
    id: 'delta.lease.1',
    title: 'gives a free lease with a token above 0, and makes the source',
    async run({ store }) {
      const { lease, state } = await take(store);
      requireThat(Number.isSafeInteger(lease.token) && lease.token > 0, 'acquire: expected a whole token above 0');
      requireEqual([lease.holder, lease.ref, state.revision], ['worker-1', REF, 0], 'acquire');
      requireThat(!Number.isNaN(Date.parse(lease.expiresAt)), 'acquire: expected an end as ISO 8601 text');
      requireEqual((await store.load(REF))?.lease?.token, lease.token, 'load: holder');
    },
  },
  {
    id: 'delta.lease.2',
    title: 'refuses it while it is held, to the holder too, and says by whom and until when',
    async run({ store }) {
      const { lease } = await take(store);
      for (const holder of ['worker-2', 'worker-1']) {
        const answer = await store.acquire(REF, { holder, ttlMs: 1000 });
        requireThat(!answer.isAcquired, `acquire: expected a refusal for "${holder}"`);
        requireEqual([answer.holder, answer.expiresAt], ['worker-1', lease.expiresAt], 'refusal');
      }
    },
  },
  {
    id: 'delta.lease.3',
    title: 'gives it to another with a higher token once its time is over, and only then',
    async run({ store, advance }) {
      const { lease: first } = await take(store, REF, { ttlMs: TTL_MS });
      await advance(TTL_MS / 4);
      requireThat(!(await store.acquire(REF, { holder: 'b', ttlMs: 1 })).isAcquired, 'acquire: it was given too early');
      await advance(TTL_MS);
      const { lease: second } = await take(store, REF, { holder: 'b' });
      requireThat(second.token > first.token, 'acquire after its end: expected a higher token');
    },
  },
  {
    id: 'delta.lease.4',
    title: 'extends a lease that holds, under the same token',
    async run({ store, advance }) {
      const { lease } = await take(store, REF, { ttlMs: TTL_MS });
      await advance(TTL_MS / 2);
      const renewed = await store.renew(lease, TTL_MS * 2);
      requireThat(renewed !== undefined && renewed.token === lease.token, 'renew: expected the same token');
      requireThat(renewed.expiresAt > lease.expiresAt, 'renew: expected a later end');
      await advance(TTL_MS);
      requireThat(!(await store.acquire(REF, { holder: 'b', ttlMs: 1 })).isAcquired, 'acquire: the renewal is lost');
    },
  },
  {
    id: 'delta.lease.5',
    title: 'does not extend a lease that is over, even if nobody took it',
    async run({ store, advance }) {
      const { lease } = await take(store, REF, { ttlMs: TTL_MS });
      await advance(TTL_MS * 1.5);
      requireThat((await store.renew(lease, TTL_MS)) === undefined, 'renew after the end: expected undefined');
    },
  },
  {
    id: 'delta.lease.6',
    title: 'frees a lease that is given back, raises the token for the next one, and takes none back twice',
    async run({ store }) {
      const { lease } = await take(store);
      requireEqual(await store.release(lease), true, 'release');
      requireEqual((await store.load(REF))?.lease, undefined, 'load after release');
      requireEqual(await store.release(lease), false, 'release again');
      const { lease: next } = await take(store, REF, { holder: 'b' });
      requireThat(next.token > lease.token, 'acquire after release: expected a higher token');
      requireEqual(await store.release(lease), false, 'release of a former lease');
      requireEqual((await store.load(REF))?.lease?.token, next.token, 'the next lease still holds');
    },
  },
  {
    id: 'delta.lease.7',
    title: 'never gives a token twice, also after the source was removed',
    async run({ store }) {
      const { lease } = await take(store);
      await store.remove(REF);
      requireEqual(await store.load(REF), undefined, 'load after remove');
      requireThat((await store.renew(lease, 1000)) === undefined, 'renew after remove: expected undefined');
      await requireError(
        store.commit(lease, { expectedRevision: 0, progress: progressAt('x') }),
        'LEASE_LOST',
        'commit after remove',
      );
      const { lease: next } = await take(store);
      requireThat(next.token > lease.token, 'acquire after remove: expected a higher token');
    },
  },
  {
    id: 'delta.lease.8',
    title: 'gives a lease to one of many who ask at once',
    async run({ store }) {
      const asked = Array.from({ length: 20 }, (_, index) =>
        store.acquire(REF, { holder: `worker-${index}`, ttlMs: 60_000 }),
      );
      const answers = await Promise.all(asked);
      requireEqual(answers.filter(({ isAcquired }) => isAcquired).length, 1, 'winners');
    },
  },
  {
    id: 'delta.lease.9',
    title: 'keeps sources apart, whatever characters their names have',
    async run({ store }) {
      const names = ['a', 'A', 'a/b', 'a%2Fb', ' a', "a'b", 'a"b', 'ü', '\u{1F600}', 'x'.repeat(200)];
      for (const stream of names) await take(store, { ...REF, stream });
      await take(store, { ...REF, stream: 'a', partition: 'p' });
      await take(store, { ...REF, tenantId: 'a/c1' });
      for (const stream of names) {
        const answer = await store.acquire({ ...REF, stream }, { holder: 'b', ttlMs: 1 });
        requireThat(!answer.isAcquired, `acquire of "${stream}": expected it to be held`);
      }
      await take(store, OTHER);
    },
  },
];

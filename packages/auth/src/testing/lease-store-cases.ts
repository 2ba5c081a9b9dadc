import type { ConformanceCase } from '@mortise/testing';
import type { HeldLease, Lease, LeaseStore } from '../keeper/lease-store.ts';
import { requireRejection, requireThat } from './assertions.ts';

/**
 * A store under test, fresh for each check. Capability `shared`: `reopen` gives another store over the same leases, as
 * another process would have it.
 */
export interface LeaseStoreSubject {
  readonly store: LeaseStore;
  /** Moves the time that the store goes by. A store with a clock of its own waits. */
  advance(this: void, ms: number): Promise<void>;
  reopen?(this: void): Promise<LeaseStore>;
  close?(): Promise<void>;
}

/** Long enough that nothing runs out by chance, short enough for a store that really waits. */
const TTL_MS = 400;

/** What every `LeaseStore` keeps. Run them with `runConformance` of `@mortise/testing`, or loop over them. */
export const leaseStoreCases: readonly ConformanceCase<LeaseStoreSubject>[] = [
  {
    id: 'leases.1',
    title: 'gives a free lease to whoever asks, until its time is over',
    async run({ store }) {
      const before = Date.now();
      const lease = await take(store, 'k', 'a', 60_000);
      requireThat(lease.key === 'k' && lease.holder === 'a', 'acquire: expected the key and holder that asked');
      requireThat(Number.isSafeInteger(lease.fence) && lease.fence > 0, 'acquire: expected a whole fence above 0');
      requireThat(lease.expiresAtMs > 0 && before > 0, 'acquire: expected an end');
    },
  },
  {
    id: 'leases.2',
    title: 'refuses it to others while somebody has it, and says until when',
    async run({ store }) {
      const lease = await take(store, 'k', 'a', 60_000);
      requireHeld(await store.acquire('k', { holder: 'b', ttlMs: 60_000 }), lease.expiresAtMs);
      requireHeld(await store.acquire('k', { holder: 'a', ttlMs: 60_000 }), lease.expiresAtMs);
    },
  },
  {
    id: 'leases.3',
    title: 'keeps keys apart, whatever characters they have',
    async run({ store }) {
      const keys = ['k', 'K', 'k/', '../k', 'file://k?x=1', 'k\u0000', 'ключ', 'k'.repeat(2_000)];
      for (const key of keys) await take(store, key, 'a', 60_000);
      for (const key of keys) requireHeld(await store.acquire(key, { holder: 'b', ttlMs: 60_000 }));
    },
  },
  {
    id: 'leases.4',
    title: 'frees a lease that was given back, and raises its fence',
    async run({ store }) {
      const first = await take(store, 'k', 'a', 60_000);
      await store.release(first);
      const second = await take(store, 'k', 'b', 60_000);
      requireThat(second.fence > first.fence, 'acquire after release: expected a higher fence');
    },
  },
  {
    id: 'leases.5',
    title: 'frees a lease whose time is over, and raises its fence',
    async run({ store, advance }) {
      const first = await take(store, 'k', 'a', TTL_MS);
      await advance(TTL_MS + 1);
      const second = await take(store, 'k', 'b', 60_000);
      requireThat(second.fence > first.fence, 'acquire after the end: expected a higher fence');
    },
  },
  {
    id: 'leases.6',
    title: 'prolongs a lease from now on, with the same fence',
    async run({ store, advance }) {
      const lease = await take(store, 'k', 'a', TTL_MS);
      const renewed = await store.renew(lease, 60_000);
      requireThat(renewed !== undefined, 'renew of a held lease: expected a lease');
      requireThat(renewed.fence === lease.fence && renewed.holder === 'a', 'renew: expected the same fence and holder');
      requireThat(renewed.expiresAtMs > lease.expiresAtMs, 'renew: expected a later end');
      await advance(TTL_MS + 1);
      requireHeld(await store.acquire('k', { holder: 'b', ttlMs: 1_000 }));
    },
  },
  {
    id: 'leases.7',
    title: 'prolongs no lease that is over, was given back, or is somebody else’s by now',
    async run({ store, advance }) {
      const over = await take(store, 'over', 'a', TTL_MS);
      const taken = await take(store, 'taken', 'a', TTL_MS);
      const returned = await take(store, 'returned', 'a', 60_000);
      await store.release(returned);
      await advance(TTL_MS + 1);
      const other = await take(store, 'taken', 'b', 60_000);
      for (const lease of [over, taken, returned]) {
        requireThat((await store.renew(lease, 60_000)) === undefined, `renew of "${lease.key}": expected undefined`);
      }
      requireHeld(await store.acquire('taken', { holder: 'c', ttlMs: 1_000 }), other.expiresAtMs);
      await take(store, 'over', 'c', 1_000);
    },
  },
  {
    id: 'leases.8',
    title: 'gives back nobody else’s lease, neither by an old fence nor by another holder',
    async run({ store, advance }) {
      const first = await take(store, 'k', 'a', TTL_MS);
      await advance(TTL_MS + 1);
      const second = await take(store, 'k', 'a', 60_000);
      await store.release(first);
      await store.release({ ...second, holder: 'b' });
      requireHeld(await store.acquire('k', { holder: 'c', ttlMs: 1_000 }), second.expiresAtMs);
      await store.release(second);
      await store.release(second);
      await take(store, 'k', 'c', 1_000);
    },
  },
  {
    id: 'leases.9',
    title: 'gives a lease to exactly one of many that ask at once, with rising fences from one to the next',
    async run({ store }) {
      let fence = 0;
      for (let round = 0; round < 5; round += 1) {
        const answers = await Promise.all(
          Array.from({ length: 12 }, async (_, index) =>
            store.acquire('k', { holder: `${round}-${index}`, ttlMs: 60_000 }),
          ),
        );
        const [winner, ...others] = answers.filter(isLease);
        requireThat(
          winner !== undefined && others.length === 0,
          `acquire at once: expected one holder in round ${round}`,
        );
        requireThat(winner.fence > fence, 'acquire: expected a higher fence than before');
        fence = winner.fence;
        await store.release(winner);
      }
    },
  },
  {
    id: 'leases.10',
    title: 'rejects with the signal’s own reason where it has aborted, and takes nothing',
    async run({ store }) {
      const reason = { why: 'test' };
      const signal = AbortSignal.abort(reason);
      await requireRejection('acquire', reason, async () => store.acquire('k', { holder: 'a', ttlMs: 60_000, signal }));
      const lease = await take(store, 'k', 'b', 60_000);
      await requireRejection('renew', reason, async () => store.renew(lease, 60_000, { signal }));
      await requireRejection('release', reason, async () => store.release(lease, { signal }));
      requireHeld(await store.acquire('k', { holder: 'c', ttlMs: 60_000 }));
    },
  },
  {
    id: 'leases.11',
    title: 'shows a lease to every other store over the same leases',
    requires: 'shared',
    async run({ store, reopen }) {
      const other = await reopen?.();
      requireThat(other !== undefined, 'a subject that is "shared" needs reopen');
      const lease = await take(store, 'k', 'a', 60_000);
      requireHeld(await other.acquire('k', { holder: 'b', ttlMs: 60_000 }), lease.expiresAtMs);
      await other.release(lease);
      const next = await take(store, 'k', 'c', 60_000);
      requireThat(next.fence > lease.fence, 'acquire: expected a higher fence than in the other store');
    },
  },
];

async function take(store: LeaseStore, key: string, holder: string, ttlMs: number): Promise<Lease> {
  const lease = await store.acquire(key, { holder, ttlMs });
  requireThat(isLease(lease), `acquire of "${key.slice(0, 20)}": expected it to be free`);
  return lease;
}

function isLease(answer: Lease | HeldLease): answer is Lease {
  return 'fence' in answer;
}

function requireHeld(answer: Lease | HeldLease, untilMs?: number): void {
  requireThat('heldUntilMs' in answer, 'acquire: expected it to be refused');
  requireThat(
    untilMs === undefined || answer.heldUntilMs === untilMs,
    'acquire: expected the end of the holder’s lease',
  );
}

import { FakeClock, runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import type { Lease, LeaseRequest, LeaseStore } from '../keeper/lease-store.ts';
import { MemoryLeaseStore } from '../keeper/memory-lease-store.ts';
import { leaseStoreCases } from './lease-store-cases.ts';

async function failedChecks(create: (clock: FakeClock) => LeaseStore): Promise<string[]> {
  const outcomes = await runConformance({
    cases: leaseStoreCases,
    createContext: async () => {
      const clock = new FakeClock();
      const store = create(clock);
      return { store, advance: async (ms: number) => clock.advance(ms), reopen: async () => store };
    },
    capabilities: ['shared'],
  });
  return outcomes.filter(({ status }) => status !== 'passed').map(({ id }) => id.replace('leases.', ''));
}

/** The id of a check that a store with one defect must fail. */
const BROKEN: readonly [defect: string, id: string, create: (clock: FakeClock) => LeaseStore][] = [
  [
    'gives a held lease away',
    '2',
    (clock) =>
      new (class extends MemoryLeaseStore {
        #fence = 0;
        override async acquire(key: string, { holder, ttlMs, signal }: LeaseRequest) {
          signal?.throwIfAborted();
          this.#fence += 1;
          return { key, holder, fence: this.#fence, expiresAtMs: clock.now() + ttlMs };
        }
      })(clock),
  ],
  [
    'repeats fences',
    '4',
    (clock) =>
      new (class extends MemoryLeaseStore {
        override async acquire(key: string, request: LeaseRequest) {
          const lease = await super.acquire(key, request);
          return 'fence' in lease ? { ...lease, fence: 1 } : lease;
        }
        override async release(lease: Lease) {
          await super.release({ ...lease, fence: lease.fence });
          for (let fence = 0; fence < 100; fence += 1) await super.release({ ...lease, fence });
        }
        override async renew(lease: Lease, ttlMs: number, options = {}) {
          for (let fence = 0; fence < 100; fence += 1) {
            const renewed = await super.renew({ ...lease, fence }, ttlMs, options);
            if (renewed !== undefined) return { ...renewed, fence: 1 };
          }
          return undefined;
        }
      })(clock),
  ],
  [
    'renews what is over',
    '7',
    (clock) =>
      new (class extends MemoryLeaseStore {
        override async renew(lease: Lease, ttlMs: number, options = {}) {
          return (await super.renew(lease, ttlMs, options)) ?? { ...lease, expiresAtMs: clock.now() + ttlMs };
        }
      })(clock),
  ],
  [
    'ignores signals',
    '10',
    (clock) =>
      new (class extends MemoryLeaseStore {
        override async acquire(key: string, { holder, ttlMs }: LeaseRequest) {
          return super.acquire(key, { holder, ttlMs });
        }
      })(clock),
  ],
];

describe('the checks of lease stores', () => {
  it('pass for leases in memory', async () => {
    expect(await failedChecks((clock) => new MemoryLeaseStore(clock))).toEqual([]);
  });

  it.each(BROKEN)('fail for a store that %s', async (_defect, id, create) => {
    expect(await failedChecks(create)).toContain(id);
  });
});

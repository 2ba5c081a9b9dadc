import { FakeClock, runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { MemoryDeltaStore, type MemoryTransaction } from '../memory/memory-delta-store.ts';
import { deltaStoreCases } from './delta-store-cases.ts';
import type { DeltaStoreSubject } from './delta-store-subject.ts';

type Parameter<Name extends keyof MemoryDeltaStore, Index extends number> = Parameters<MemoryDeltaStore[Name]>[Index];

async function failedChecks(create: (clock: FakeClock) => MemoryDeltaStore): Promise<string[]> {
  const outcomes = await runConformance<DeltaStoreSubject>({
    cases: deltaStoreCases,
    createContext: async () => subjectOf(create),
    capabilities: ['transactional', 'shared'],
  });
  return outcomes.filter(({ status }) => status !== 'passed').map(({ id }) => id.replace('delta.', ''));
}

function subjectOf(create: (clock: FakeClock) => MemoryDeltaStore): DeltaStoreSubject {
  const clock = new FakeClock();
  const store = create(clock);
  const rows: string[] = [];
  const subject: DeltaStoreSubject<MemoryTransaction> = {
    store,
    advance: async (ms) => clock.advance(ms),
    write: (tx, row) => tx.onCommit(() => void rows.push(row)),
    rows: async () => [...rows],
    // Another handle of the same store: memory has no other process.
    reopen: async () => store,
  };
  return subject;
}

describe('the store in memory', () => {
  it('keeps the contract', async () => {
    expect(await failedChecks((clock) => new MemoryDeltaStore(clock))).toEqual([]);
  });
});

/** A store with one mistake, and the checks that must find it, no others. */
const BROKEN: readonly [fails: string, mistake: string, create: (clock: FakeClock) => MemoryDeltaStore][] = [
  [
    'lease.2',
    'gives a held lease to its holder again',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async acquire(ref: Parameter<'acquire', 0>, request: Parameter<'acquire', 1>) {
          const held = (await super.load(ref))?.lease;
          if (held?.holder === request.holder) await super.release({ ref, ...held });
          return super.acquire(ref, request);
        }
      })(clock),
  ],
  [
    'lease.5',
    'extends a lease that is over',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async renew(lease: Parameter<'renew', 0>, ttlMs: number) {
          const renewed = await super.renew(lease, ttlMs);
          if (renewed !== undefined) return renewed;
          const state = await super.load(lease.ref);
          if (state === undefined || state.lease !== undefined) return undefined;
          return { ...lease, expiresAt: new Date(clock.now() + ttlMs).toISOString() };
        }
      })(clock),
  ],
  [
    'lease.7',
    'begins with its tokens anew once a source was removed',
    (clock) =>
      new (class extends MemoryDeltaStore {
        #inner = new MemoryDeltaStore(clock);
        override async acquire(ref: Parameter<'acquire', 0>, request: Parameter<'acquire', 1>) {
          return this.#inner.acquire(ref, request);
        }
        override async renew(lease: Parameter<'renew', 0>, ttlMs: number) {
          return this.#inner.renew(lease, ttlMs);
        }
        override async release(lease: Parameter<'release', 0>) {
          return this.#inner.release(lease);
        }
        override async load(ref: Parameter<'load', 0>) {
          return this.#inner.load(ref);
        }
        override async list(query?: Parameter<'list', 0>) {
          return this.#inner.list(query);
        }
        override async update(ref: Parameter<'update', 0>, progress: Parameter<'update', 1>, expected: number) {
          return this.#inner.update(ref, progress, expected);
        }
        override async commit(
          lease: Parameter<'commit', 0>,
          commit: Parameter<'commit', 1>,
          apply?: Parameter<'commit', 2>,
        ) {
          return this.#inner.commit(lease, commit, apply);
        }
        override async findSeen(ref: Parameter<'findSeen', 0>, keys: readonly string[]) {
          return this.#inner.findSeen(ref, keys);
        }
        override async findRecords(ref: Parameter<'findRecords', 0>, ids: readonly string[]) {
          return this.#inner.findRecords(ref, ids);
        }
        override async countRecords(ref: Parameter<'countRecords', 0>, generation: number) {
          return this.#inner.countRecords(ref, generation);
        }
        override async listMissing(ref: Parameter<'listMissing', 0>, generation: number, limit: number) {
          return this.#inner.listMissing(ref, generation, limit);
        }
        override async receive(ref: Parameter<'receive', 0>, events: Parameter<'receive', 1>) {
          return this.#inner.receive(ref, events);
        }
        override async listReceived(ref: Parameter<'listReceived', 0>, limit: number) {
          return this.#inner.listReceived(ref, limit);
        }
        override async listOutbox(limit: number) {
          return this.#inner.listOutbox(limit);
        }
        override async removeFromOutbox(ids: readonly string[]) {
          return this.#inner.removeFromOutbox(ids);
        }
        override async prune(options: Parameter<'prune', 0>) {
          return this.#inner.prune(options);
        }
        override async remove(ref: Parameter<'remove', 0>) {
          const others = (await this.#inner.list({ limit: 1000 })).items.filter(
            (each) => JSON.stringify(each.ref) !== JSON.stringify(ref),
          );
          if (others.length > 0) return this.#inner.remove(ref);
          this.#inner = new MemoryDeltaStore(clock);
        }
      })(clock),
  ],
  [
    'commit.2',
    'takes the commit of a worker whose lease another one has',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async commit(
          lease: Parameter<'commit', 0>,
          commit: Parameter<'commit', 1>,
          apply?: Parameter<'commit', 2>,
        ) {
          const held = (await super.load(lease.ref))?.lease;
          const isOvertaken = held !== undefined && held.token > lease.token;
          return super.commit(isOvertaken ? { ref: lease.ref, ...held } : lease, commit, apply);
        }
      })(clock),
  ],
  [
    'commit.3',
    'takes the commit of a lease that is over as long as nobody else has it',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async commit(
          lease: Parameter<'commit', 0>,
          commit: Parameter<'commit', 1>,
          apply?: Parameter<'commit', 2>,
        ) {
          const state = await super.load(lease.ref);
          if (state === undefined || state.lease !== undefined || state.fencingToken !== lease.token) {
            return super.commit(lease, commit, apply);
          }
          const answer = await super.acquire(lease.ref, { holder: lease.holder, ttlMs: 1000 });
          return super.commit(answer.isAcquired ? answer.lease : lease, commit, apply);
        }
      })(clock),
  ],
  [
    'commit.5, commit.7, state.2',
    'writes over what somebody else wrote',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async commit(
          lease: Parameter<'commit', 0>,
          commit: Parameter<'commit', 1>,
          apply?: Parameter<'commit', 2>,
        ) {
          const revision = (await super.load(lease.ref))?.revision ?? 0;
          return super.commit(lease, { ...commit, expectedRevision: revision }, apply);
        }
      })(clock),
  ],
  [
    'commit.7, commit.8',
    'keeps the rows of the user that were written before a failure',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async commit(
          lease: Parameter<'commit', 0>,
          commit: Parameter<'commit', 1>,
          apply?: Parameter<'commit', 2>,
        ) {
          await apply?.({ onCommit: (effect) => effect() });
          return super.commit(lease, commit);
        }
      })(clock),
  ],
  [
    'commit.9, state.8',
    'never forgets a key',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async commit(
          lease: Parameter<'commit', 0>,
          commit: Parameter<'commit', 1>,
          apply?: Parameter<'commit', 2>,
        ) {
          return super.commit(lease, { ...commit, dedupeWindowMs: 1e12 }, apply);
        }
      })(clock),
  ],
  [
    'state.3',
    'takes events in again that were dealt with',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async receive(ref: Parameter<'receive', 0>, events: Parameter<'receive', 1>) {
          const again = await super.findSeen(
            ref,
            events.map(({ id }) => id),
          );
          return [...(await super.receive(ref, events)), ...again];
        }
      })(clock),
  ],
  [
    'state.5',
    'counts deleted records as missing',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async countRecords(ref: Parameter<'countRecords', 0>, generation: number) {
          const counts = await super.countRecords(ref, generation);
          const gone = (await super.findRecords(ref, ['gone'])).size;
          return { live: counts.live + gone, missing: counts.missing + gone };
        }
      })(clock),
  ],
  [
    'state.6',
    'publishes a message twice',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async removeFromOutbox() {}
      })(clock),
  ],
  [
    'state.8',
    'forgets tombstones as soon as it can',
    (clock) =>
      new (class extends MemoryDeltaStore {
        override async prune(options: Parameter<'prune', 0>) {
          return super.prune({ ...options, tombstoneLifeMs: 0 });
        }
      })(clock),
  ],
  [
    'state.9',
    'leaves the keys of a removed source behind',
    (clock) =>
      new (class extends MemoryDeltaStore {
        readonly #left = new Map<string, string>();
        override async commit(
          lease: Parameter<'commit', 0>,
          commit: Parameter<'commit', 1>,
          apply?: Parameter<'commit', 2>,
        ) {
          for (const key of commit.seen ?? []) this.#left.set(key, JSON.stringify(lease.ref));
          return super.commit(lease, commit, apply);
        }
        readonly #removed = new Set<string>();
        override async remove(ref: Parameter<'remove', 0>) {
          this.#removed.add(JSON.stringify(ref));
          return super.remove(ref);
        }
        override async findSeen(ref: Parameter<'findSeen', 0>, keys: readonly string[]) {
          const seen = await super.findSeen(ref, keys);
          return this.#removed.has(JSON.stringify(ref)) ? new Set(keys.filter((key) => this.#left.has(key))) : seen;
        }
      })(clock),
  ],
];

describe('the kit', () => {
  it.each(BROKEN)('finds by %s a store that %s', async (fails, _mistake, create) => {
    expect(await failedChecks(create)).toEqual(fails.split(', '));
  });

  it('has an id of its own for each check', () => {
    expect(new Set(deltaStoreCases.map(({ id }) => id)).size).toBe(deltaStoreCases.length);
  });
});

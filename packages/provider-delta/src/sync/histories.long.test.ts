import { FakeClock, seededRandom } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { SimulatedProvider, type SimulatedRecord } from '../__fixtures__/simulated-provider.ts';
import { storeOfWorker, standStill, type WorkerFate } from '../__fixtures__/worker-store.ts';
import { resumeSource } from '../control/control-source.ts';
import { receiveEnvelopes } from '../inbound/receive-envelopes.ts';
import { MemoryDeltaStore, type MemoryTransaction } from '../memory/memory-delta-store.ts';
import type { DeltaBatch } from './sync-options.ts';
import { syncSource } from './sync-source.ts';

/** Set to one number to play one history again. */
const ONLY_SEED: number | undefined = undefined;
/** Of each kind. All ten thousand take minutes: `MORTISE_HISTORIES=5000`. */
const HISTORIES = Number(process.env['MORTISE_HISTORIES'] ?? 300);
const REF = { tenantId: 'acme', connectionId: 'c1', stream: 'contacts' };
const WORKERS = 3;
const IDS = Array.from({ length: 12 }, (_, index) => `r${String(index).padStart(2, '0')}`);

/** Where records end up: in the store's transaction, or in a place of its own that knows fencing tokens. */
class Sink {
  readonly rows = new Map<string, SimulatedRecord>();
  readonly applied = new Map<string, number>();
  highestToken = 0;
  staleWrites = 0;

  write({ changes }: Pick<DeltaBatch<SimulatedRecord>, 'changes'>): void {
    for (const { sourceId, payload, delta } of changes) {
      if (delta.tombstone === undefined && payload !== undefined) {
        const known = this.rows.get(sourceId);
        if (known !== undefined && known.revision > payload.revision) this.staleWrites += 1;
        const key = `${sourceId}@${payload.revision}`;
        this.applied.set(key, (this.applied.get(key) ?? 0) + 1);
        this.rows.set(sourceId, payload);
      } else {
        this.rows.delete(sourceId);
        // A record that comes back may come back as it was.
        for (const key of this.applied.keys()) if (key.startsWith(`${sourceId}@`)) this.applied.delete(key);
      }
    }
  }
}

interface Outcome {
  readonly sink: Sink;
  readonly provider: SimulatedProvider;
  readonly endings: Record<string, number>;
  readonly kills: number;
  readonly doubled: readonly string[];
  readonly left: number;
}

/** One random history: changes, webhooks, workers that die, freeze and are cut off, cursors that expire. */
async function history(seed: number, inTransaction: boolean): Promise<Outcome> {
  const random = seededRandom(seed);
  const clock = new FakeClock();
  const trouble = random() < 0.1 ? 0 : random();
  const provider = new SimulatedProvider({
    random,
    rate: trouble * 0.3,
    wait: (ms, signal) => clock.sleep(ms, signal),
  });
  const store = new MemoryDeltaStore(clock);
  const sink = new Sink();
  const endings: Record<string, number> = {};
  const state = { isOver: false, kills: 0 };

  const work = async (index: number): Promise<void> => {
    for (let life = 0; !state.isOver; life += 1) {
      const fate: WorkerFate = { isDead: false, cutOffUntilMs: 0, frozenUntilMs: 0 };
      const died = oneLife(`${index}.${life}`, fate);
      await Promise.race([died, clock.sleep(40_000 + random() * 120_000)]);
      if (!fate.isDead && !state.isOver && random() < trouble * 0.5) {
        fate.isDead = true;
        state.kills += 1;
      }
      if (!fate.isDead) await died;
      // A new process takes its time to start.
      await clock.sleep(random() * 20_000);
    }
  };

  const oneLife = async (holder: string, fate: WorkerFate): Promise<void> => {
    const mine = storeOfWorker(store, { fate, clock, random, trouble });
    for (let turn = 0; turn < 20 && !state.isOver && !fate.isDead; turn += 1) {
      try {
        const write = async (batch: DeltaBatch<SimulatedRecord>): Promise<void> => {
          await clock.sleep(random() * 300);
          await standStill(fate, clock);
          // A sink of its own refuses whoever was overtaken.
          if (batch.fencingToken < sink.highestToken) throw new RangeError('fenced');
          sink.highestToken = batch.fencingToken;
          sink.write(batch);
        };
        const result = await syncSource<SimulatedRecord, MemoryTransaction>({
          ref: REF,
          source: provider,
          store: mine,
          holder,
          clock,
          random,
          massDeletion: { maxShare: 1 },
          maxFailures: 1_000_000,
          maxPages: 1 + Math.floor(random() * 12),
          ...(inTransaction
            ? { applyInTransaction: (batch, tx) => tx.onCommit(() => sink.write(batch)) }
            : { apply: write }),
        });
        endings[result.outcome] = (endings[result.outcome] ?? 0) + 1;
      } catch {
        // The store did not answer before anything was begun.
        endings['store'] = (endings['store'] ?? 0) + 1;
      }
      await clock.sleep(1000 + random() * 25_000);
    }
  };

  const deliver = async (event: Parameters<typeof receiveEnvelopes>[0][number]): Promise<void> => {
    const copies = random() < 0.3 ? 2 : random() < 0.2 ? 0 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      await clock.sleep(random() * 90_000);
      await receiveEnvelopes([event], { store, ref: REF, clock });
    }
  };

  const change = async (): Promise<void> => {
    const steps = 5 + Math.floor(random() * 40);
    for (let step = 0; step < steps; step += 1) {
      const id = IDS[Math.floor(random() * IDS.length)] ?? 'r00';
      const event = random() < 0.3 ? provider.delete(id) : provider.put(id, `text ${step}`);
      if (event !== undefined && random() < 0.6) void deliver(event);
      if (random() < 0.05) provider.expireCursors();
      if (random() < 0.08) provider.expirePages();
      await clock.sleep(random() * 20_000);
    }
  };

  const run = async (): Promise<number> => {
    const workers = Array.from({ length: WORKERS }, (_, index) => work(index));
    await change();
    await clock.sleep(100_000);
    state.isOver = true;
    await clock.sleep(2_000_000);
    void workers;
    // What is left is brought in by a worker in good health, as it would be in the end.
    await resumeSource({ store, ref: REF, clock });
    for (let turn = 0; turn < 200; turn += 1) {
      const result = await syncSource<SimulatedRecord, MemoryTransaction>({
        ref: REF,
        source: provider,
        store,
        clock,
        random,
        massDeletion: { maxShare: 1 },
        maxFailures: 1_000_000,
        holder: 'calm',
        ...(inTransaction
          ? { applyInTransaction: (batch, tx) => tx.onCommit(() => sink.write(batch)) }
          : { apply: (batch) => sink.write(batch) }),
      });
      if (result.outcome === 'synced') return turn;
      await clock.sleep(60_000 + (result.retryAfterMs ?? 0));
    }
    return -1;
  };
  const left = await clock.settle(run());
  const doubled = [...sink.applied].filter(([, times]) => times > 1).map(([key]) => key);
  return { sink, provider, endings, kills: state.kills, doubled, left };
}

const byId = (records: Iterable<SimulatedRecord>): SimulatedRecord[] =>
  [...records].toSorted((left, right) => (left.id < right.id ? -1 : 1));

describe('random histories of workers, a provider and a store', () => {
  it.each([
    ['in the transaction of the commit', true],
    ['in a sink of its own', false],
  ])('that apply %s end with the truth', { timeout: 600_000 }, async (_name, inTransaction) => {
    const endings: Record<string, number> = {};
    const faults = { throttled: 0, failed: 0, hung: 0, expired: 0, pageExpired: 0 };
    let kills = 0;
    const seeds = ONLY_SEED === undefined ? Array.from({ length: HISTORIES }, (_, index) => index + 1) : [ONLY_SEED];
    for (const seed of seeds) {
      const { sink, provider, left, doubled, ...outcome } = await history(seed, inTransaction);
      // The seed is what plays this history again.
      const rows = byId(provider.records.values());
      expect({ seed, rows: byId(sink.rows.values()), isSettled: left >= 0 }).toEqual({ seed, rows, isSettled: true });
      // In the transaction, no state of a record is ever written twice, nor an older one over a newer.
      const { staleWrites } = sink;
      if (inTransaction) expect({ seed, doubled, staleWrites }).toEqual({ seed, doubled: [], staleWrites: 0 });
      kills += outcome.kills;
      for (const [ending, times] of Object.entries(outcome.endings)) endings[ending] = (endings[ending] ?? 0) + times;
      for (const name of ['throttled', 'failed', 'hung', 'expired', 'pageExpired'] as const) {
        faults[name] += provider.faults[name];
      }
    }
    // Otherwise the histories would show nothing.
    for (const times of Object.values(faults)) expect(times).toBeGreaterThan(seeds.length / 10);
    for (const ending of ['synced', 'more', 'busy', 'lost', 'backoff']) {
      expect([ending, (endings[ending] ?? 0) > seeds.length / 10]).toEqual([ending, true]);
    }
    expect(kills).toBeGreaterThan(seeds.length / 10);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPostgresDeltaStore } from '@mortise/delta-postgres';
import { openSqliteDeltaStore } from '@mortise/delta-sqlite';
import { type DeltaCommit, type DeltaStore, INITIAL_PROGRESS, MemoryDeltaStore } from '@mortise/provider-delta';
import pg from 'pg';
import { type Benchmark, type Measurement, median } from './benchmark.ts';
import { startPostgres } from './fixtures/postgres-server.ts';

const WORKERS = [1, 2, 4, 8];
const ROUND_MS = 700;
const ROUNDS = 5;
const RECORDS = 10;
const KEYS = 1_000_000;
/** Share of the bare transaction's speed that a fenced commit keeps at least. */
const SHARE = 0.7;

/** One step of a worker; `n` never comes twice. */
type Step = (n: number) => Promise<unknown>;

/** A page of ten changes: marks, dedupe keys and a message. */
function pageOf(worker: number, n: number): Omit<DeltaCommit, 'expectedRevision'> {
  const ids = Array.from({ length: RECORDS }, (_, index) => `${worker}-${(n * RECORDS + index) % 5000}`);
  return {
    progress: { ...INITIAL_PROGRESS, cursor: { cursor: String(n) }, appliedCount: n },
    records: ids.map((sourceId) => ({ sourceId, generation: 1, revision: String(n) })),
    seen: ids.map((id) => `crm:c1:${id}-${n}`),
    outbox: [{ id: `${worker}-${n}`, topic: 'changes', payload: { n } }],
  };
}

async function fencedWorker(store: DeltaStore, worker: number, stream: string): Promise<Step> {
  const ref = { tenantId: 'acme', connectionId: String(worker), stream };
  const answer = await store.acquire(ref, { holder: 'bench', ttlMs: 3_600_000 });
  if (!answer.isAcquired) throw new Error('expected the lease');
  let { revision } = answer.state;
  return async (n) => {
    revision = await store.commit(answer.lease, { expectedRevision: revision, ...pageOf(worker, n) });
  };
}

/** Writes the same rows without lease, token or revision, a statement for each table, prepared. */
async function bareWorker(pool: pg.Pool, worker: number): Promise<Step> {
  const key = `bare-${worker}`;
  const made = await pool.query(
    `INSERT INTO bare.sources (key, tenant_id, connection_id, stream) VALUES ($1, 'acme', 'c', 's')
     ON CONFLICT (key) DO UPDATE SET stream = 's' RETURNING id`,
    [key],
  );
  const source: unknown = made.rows[0]?.id;
  return async (n) => {
    const { progress, records = [], seen = [], outbox = [] } = pageOf(worker, n);
    const client = await pool.connect();
    const run = (name: string, text: string, values: unknown[]): Promise<unknown> =>
      client.query({ name, text, values });
    try {
      await client.query('BEGIN');
      const update = 'UPDATE bare.sources SET progress = $2, status = $3, revision = revision + 1 WHERE id = $1';
      await run('bare-1', update, [source, JSON.stringify(progress), progress.status]);
      await run(
        'bare-2',
        `INSERT INTO bare.records (source, id, generation, revision)
         SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[]) ON CONFLICT (source, id)
         DO UPDATE SET generation = excluded.generation, revision = excluded.revision`,
        [source, records.map((r) => r.sourceId), records.map((r) => r.generation), records.map((r) => r.revision)],
      );
      await run(
        'bare-3',
        `INSERT INTO bare.seen (source, key, until_at) SELECT $1, key, now() + interval '7 days'
         FROM unnest($2::text[]) AS key ON CONFLICT (source, key) DO UPDATE SET until_at = excluded.until_at`,
        [source, seen],
      );
      await run(
        'bare-4',
        `INSERT INTO bare.outbox (id, topic, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::json[])
         ON CONFLICT (id) DO NOTHING`,
        [outbox.map((m) => m.id), outbox.map((m) => m.topic), outbox.map((m) => JSON.stringify(m.payload))],
      );
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
}

let steps = 0;

/** Microseconds of the clock on the wall per step, all workers together. */
async function roundOf(workers: readonly Step[]): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  const runs = workers.map(async (step) => {
    while (performance.now() < startedAt + ROUND_MS) {
      await step((steps += 1));
      done += 1;
    }
  });
  await Promise.all(runs);
  return ((performance.now() - startedAt) * 1000) / done;
}

/** Microseconds to look up and to take in one event, in pages of a hundred, beside a million keys. */
async function dedupeCost(store: DeltaStore): Promise<number> {
  const ref = { tenantId: 'acme', connectionId: 'c1', stream: 'dedupe' };
  const answer = await store.acquire(ref, { holder: 'bench', ttlMs: 3_600_000 });
  if (!answer.isAcquired) throw new Error('expected the lease');
  let { revision } = answer.state;
  const take = async (seen: readonly string[]): Promise<void> => {
    const commit = { expectedRevision: revision, progress: INITIAL_PROGRESS, seen };
    revision = await store.commit(answer.lease, commit);
  };
  const pageAt = (first: number, length: number): string[] =>
    Array.from({ length }, (_, index) => `crm:c1:evt_${(Math.imul(first + index, 2_654_435_761) >>> 0).toString(36)}`);
  for (let first = 0; first < KEYS; first += 20_000) await take(pageAt(first, 20_000));
  const costs: number[] = [];
  for (let page = 0; page < 100; page += 1) {
    const keys = pageAt(KEYS + page * 100, 100);
    const startedAt = performance.now();
    const seen = await store.findSeen(ref, keys);
    await take(keys.filter((key) => !seen.has(key)));
    costs.push(((performance.now() - startedAt) * 1000) / keys.length);
  }
  return median(costs);
}

export const benchmark: Benchmark = {
  title: `Fenced commits of a page of ${RECORDS} changes, and dedupe beside ${KEYS.toLocaleString('en-US')} keys`,
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'mortise-bench-'));
    const server = await startPostgres();
    const pool = new pg.Pool({ connectionString: server.connectionString, max: 8 });
    const memory = new MemoryDeltaStore();
    const sqlite = openSqliteDeltaStore({ path: path.join(folder, 'delta.db') });
    const postgres = await createPostgresDeltaStore({ pool });
    pool.on('error', () => undefined);
    // The same tables for those who write without a fence.
    await createPostgresDeltaStore({ pool, schema: 'bare' });
    const stores = { memory, sqlite, postgres };
    const rows: Measurement[] = [];
    try {
      for (const count of WORKERS) {
        const ids = Array.from({ length: count }, (_, worker) => worker);
        for (const [name, store] of Object.entries({ memory, sqlite })) {
          const workers = await Promise.all(ids.map((worker) => fencedWorker(store, worker, `w${count}`)));
          rows.push({ subject: `${name}, ${count} at once`, value: await medianRound(workers), unit: 'µs' });
        }
        const fenced = await Promise.all(ids.map((worker) => fencedWorker(postgres, worker, `w${count}`)));
        const bare = await Promise.all(ids.map((worker) => bareWorker(pool, worker)));
        const [ours, theirs] = await inTurn(fenced, bare);
        rows.push(
          { subject: `postgres, ${count} at once`, value: ours, unit: 'µs', budget: Math.round(theirs / SHARE) },
          { subject: `bare transaction, same rows, ${count} at once`, value: theirs, unit: 'µs' },
        );
      }
      for (const [name, store] of Object.entries(stores)) {
        rows.push({ subject: `${name}, dedupe of one event`, value: await dedupeCost(store), unit: 'µs' });
      }
    } finally {
      await sqlite.close();
      await pool.end();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
    return rows;
  },
};

async function medianRound(workers: readonly Step[]): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await roundOf(workers));
  return median(rounds);
}

/** One after the other again and again, so that a busy minute of the machine hits both. */
async function inTurn(left: readonly Step[], right: readonly Step[]): Promise<readonly [number, number]> {
  const rounds: [number[], number[]] = [[], []];
  // The first round only warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [ours, theirs] = [await roundOf(left), await roundOf(right)];
    if (round === 0) continue;
    rounds[0].push(ours);
    rounds[1].push(theirs);
  }
  return [median(rounds[0]), median(rounds[1])];
}

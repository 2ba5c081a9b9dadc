import { Connections } from './connections.ts';
import { migrateSchema } from './migrate-schema.ts';
import type { PgPool, PgPoolClient } from './pg-shapes.ts';
import { PostgresDeltaStore } from './postgres-delta-store.ts';
import { PostgresDeltaStoreError } from './postgres-store-error.ts';

/** What a pool of the store's own is made from. For anything more, pass a pool. */
export interface PostgresConnectionOptions {
  /** As `postgresql://user:password@host:5432/database`. */
  readonly connectionString: string;
  /** Default 10. */
  readonly maxConnections?: number;
}

export interface PostgresDeltaStoreOptions {
  /** Schema of the tables; made if it is not there. Default `mortise_delta`. */
  readonly schema?: string;
  /** Whether the tables may be made and brought up to date. False: others do that. Default true. */
  readonly migrate?: boolean;
  /** Milliseconds for a connection, and for each statement of the store. Default 30,000. */
  readonly timeoutMs?: number;
  /** Whether statements are prepared. False behind a pooler that cannot keep them apart. Default true. */
  readonly prepare?: boolean;
}

export interface PostgresPoolTarget<Client extends PgPoolClient> {
  /** A pool of the application's; `close` leaves it open. */
  readonly pool: PgPool<Client>;
}

export interface PostgresConnectionTarget {
  /** Makes a pool of the store's own, which `close` ends. */
  readonly connection: PostgresConnectionOptions;
}

/**
 * Opens the state of delta sync in a PostgreSQL database, for any number of machines.
 *
 * @typeParam Client What `apply` gets: `pg.PoolClient`, if the pool is one of `pg`.
 * @throws {PostgresDeltaStoreError} `INVALID_OPTIONS`, `INCOMPATIBLE`, `UNAVAILABLE`, `REFUSED`
 */
export async function createPostgresDeltaStore(
  options: PostgresDeltaStoreOptions & PostgresConnectionTarget,
): Promise<PostgresDeltaStore>;
export async function createPostgresDeltaStore<Client extends PgPoolClient = PgPoolClient>(
  options: PostgresDeltaStoreOptions & PostgresPoolTarget<Client>,
): Promise<PostgresDeltaStore<Client>>;
export async function createPostgresDeltaStore<Client extends PgPoolClient>(
  options: PostgresDeltaStoreOptions & (PostgresPoolTarget<Client> | PostgresConnectionTarget),
): Promise<PostgresDeltaStore<Client> | PostgresDeltaStore> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (!(Number.isSafeInteger(timeoutMs) && timeoutMs > 0)) {
    throw invalid('timeoutMs', 'a whole number above 0', timeoutMs);
  }
  if ('pool' in options) return openStore(options.pool, options, async () => undefined);
  const pool = await createPool(options.connection, timeoutMs);
  try {
    return await openStore(pool, options, () => pool.end());
  } catch (error) {
    await pool.end();
    throw error;
  }
}

const DEFAULT_TIMEOUT_MS = 30_000;

async function openStore<Client extends PgPoolClient>(
  pool: PgPool<Client>,
  options: PostgresDeltaStoreOptions,
  end: () => Promise<void>,
): Promise<PostgresDeltaStore<Client>> {
  const { schema = 'mortise_delta', migrate = true, timeoutMs = DEFAULT_TIMEOUT_MS, prepare = true } = options;
  const quoted = quoteSchema(schema);
  const connections = new Connections({ pool, timeoutMs, isPreparing: prepare });
  await migrateSchema(connections, { name: schema, quoted }, migrate);
  return new PostgresDeltaStore({ connections, schema: quoted, end });
}

async function createPool(connection: PostgresConnectionOptions, timeoutMs: number): Promise<PgPool> {
  // Only here, so that an application with a pool of its own decides which `pg` there is.
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString: connection.connectionString,
    max: connection.maxConnections ?? 10,
    connectionTimeoutMillis: timeoutMs,
  });
  // Idle connections that are lost are replaced when they are needed.
  pool.on('error', () => undefined);
  return pool;
}

/** Names that are cut off by the server could be equal. */
const MAX_SCHEMA_BYTES = 63;

function quoteSchema(schema: string): string {
  const bytes = new TextEncoder().encode(schema).length;
  if (bytes === 0 || bytes > MAX_SCHEMA_BYTES || schema.includes('\0') || schema.startsWith('pg_')) {
    throw invalid('schema', 'a name of 1 to 63 bytes that does not start with "pg_"', schema);
  }
  return `"${schema.replaceAll('"', '""')}"`;
}

function invalid(field: string, expected: string, found: unknown): PostgresDeltaStoreError {
  const message = `"${field}" must be ${expected}, and is ${JSON.stringify(found)}`;
  return new PostgresDeltaStoreError({ code: 'INVALID_OPTIONS', message });
}

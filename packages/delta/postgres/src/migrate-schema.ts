import type { Connections } from './connections.ts';
import type { PgPoolClient } from './pg-shapes.ts';
import { PostgresDeltaStoreError } from './postgres-store-error.ts';

/** One entry brings the tables from the version before it to its own; never edited once released. `$` is the schema. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE $.sources (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL UNIQUE,
    tenant_id text NOT NULL,
    connection_id text NOT NULL,
    stream text NOT NULL,
    partition text,
    revision bigint NOT NULL DEFAULT 0,
    token bigint NOT NULL DEFAULT 0,
    holder text,
    lease_expires_at timestamptz(3),
    status text,
    -- NULL: removed, or made by nothing but events. The row stays for its token.
    progress json
  ) WITH (fillfactor = 70);
  CREATE INDEX sources_of_tenant ON $.sources (tenant_id, key);
  CREATE TABLE $.seen (
    source bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    until_at timestamptz NOT NULL,
    PRIMARY KEY (source, key)
  );
  CREATE INDEX seen_until ON $.seen (until_at);
  CREATE TABLE $.records (
    source bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    generation bigint NOT NULL,
    revision text,
    deleted_at text,
    observed_at text,
    observed timestamptz,
    reason text,
    PRIMARY KEY (source, id)
  );
  CREATE INDEX records_live ON $.records (source, generation) WHERE deleted_at IS NULL;
  CREATE INDEX records_deleted ON $.records (observed) WHERE deleted_at IS NOT NULL;
  CREATE TABLE $.received (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    event json NOT NULL,
    UNIQUE (source, id)
  );
  CREATE INDEX received_in_order ON $.received (source, position);
  CREATE TABLE $.outbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    topic text NOT NULL,
    payload json NOT NULL
  );
  `,
];

export interface SchemaName {
  readonly name: string;
  /** As an identifier in SQL. */
  readonly quoted: string;
}

/** Version of the tables that this package knows. */
const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings the tables to the newest version, in one transaction, while others who would do the same wait.
 *
 * @param isAllowed False: tables of another version are refused instead.
 * @throws {PostgresDeltaStoreError} `INCOMPATIBLE`
 */
export async function migrateSchema<Client extends PgPoolClient>(
  connections: Connections<Client>,
  { name, quoted: schema }: SchemaName,
  isAllowed: boolean,
): Promise<void> {
  const what = `read the version of ${schema}`;
  const query = (text: string, values: unknown[]): ReturnType<typeof connections.run> =>
    connections.run(what, text, values);
  // Without a lock, nor any right to make tables, when there is nothing to do.
  const found = await versionOf(query, { name, quoted: schema });
  if (isCurrent(found, schema)) return;
  if (!isAllowed) {
    const message = `Schema ${schema} has version ${found} of the tables; this package needs ${SCHEMA_VERSION}, and "migrate" is false`;
    throw new PostgresDeltaStoreError({ code: 'INCOMPATIBLE', message });
  }
  await connections.transaction(`migrate ${schema}`, async (client) => {
    const run = (text: string, values?: unknown[]): ReturnType<typeof connections.query> =>
      connections.query(client, `migrate ${schema}`, text, values);
    await run('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`mortise-delta ${schema}`]);
    const before = await versionOf(run, { name, quoted: schema });
    if (isCurrent(before, schema)) return;
    // The right to make schemas is asked for even where nothing would be made.
    const { rows } = await run('SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1', [name]);
    if (rows.length === 0) await run(`CREATE SCHEMA ${schema}`);
    await run(`CREATE TABLE IF NOT EXISTS ${schema}.migrations (
      version integer PRIMARY KEY, migrated_at timestamptz NOT NULL DEFAULT now())`);
    for (const [index, migration] of MIGRATIONS.entries()) {
      if (index < before) continue;
      await run(migration.replaceAll('$.', () => `${schema}.`));
      await run(`INSERT INTO ${schema}.migrations (version) VALUES ($1)`, [index + 1]);
    }
  });
}

async function versionOf(
  run: (text: string, values: unknown[]) => Promise<{ readonly rows: readonly Record<string, unknown>[] }>,
  { name, quoted }: SchemaName,
): Promise<number> {
  // From the catalog itself: `to_regclass` may answer from a cache that is older than the wait for the lock.
  const text = `SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'migrations'`;
  const { rows } = await run(text, [name]);
  if (rows.length === 0) return 0;
  const answer = await run(`SELECT coalesce(max(version), 0)::text AS version FROM ${quoted}.migrations`, []);
  return Number(answer.rows[0]?.['version'] ?? 0);
}

function isCurrent(found: number, schema: string): boolean {
  if (found <= SCHEMA_VERSION) return found === SCHEMA_VERSION;
  const message = `Schema ${schema} has version ${found} of the tables; this package knows ${SCHEMA_VERSION}`;
  throw new PostgresDeltaStoreError({ code: 'INCOMPATIBLE', message });
}

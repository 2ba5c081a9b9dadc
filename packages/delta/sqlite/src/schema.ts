import type { DatabaseSync } from 'node:sqlite';

/** One entry brings a file from the version before it to its own; never edited once released. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE delta_sources (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    partition TEXT,
    revision INTEGER NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0,
    holder TEXT,
    lease_expires_ms INTEGER,
    status TEXT,
    -- NULL: removed, or made by nothing but events. The row stays for its token.
    progress TEXT
  ) STRICT;
  CREATE INDEX delta_sources_of_tenant ON delta_sources (tenant_id, key);
  CREATE TABLE delta_seen (
    source INTEGER NOT NULL,
    key TEXT NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (source, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delta_seen_until ON delta_seen (until_ms);
  CREATE TABLE delta_records (
    source INTEGER NOT NULL,
    id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    revision TEXT,
    deleted_at TEXT,
    observed_at TEXT,
    observed_ms INTEGER,
    reason TEXT,
    PRIMARY KEY (source, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delta_records_live ON delta_records (source, generation) WHERE deleted_at IS NULL;
  CREATE INDEX delta_records_deleted ON delta_records (observed_ms) WHERE deleted_at IS NOT NULL;
  CREATE TABLE delta_received (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL,
    id TEXT NOT NULL,
    event TEXT NOT NULL,
    UNIQUE (source, id)
  ) STRICT;
  CREATE TABLE delta_outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    topic TEXT NOT NULL,
    payload TEXT NOT NULL
  ) STRICT;
  `,
];

/** Brings a file to the newest version, in one transaction, while other processes wait. */
export function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const found = versionOf(database);
    for (const [index, migration] of MIGRATIONS.entries()) if (index >= found) database.exec(migration);
    database.exec(`PRAGMA user_version = ${Math.max(found, MIGRATIONS.length)}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Version of the tables that this package knows. */
export const SCHEMA_VERSION = MIGRATIONS.length;

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

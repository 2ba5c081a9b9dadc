import type { ConformanceCase } from '@mortise/testing';
import type { CompleteDatabaseProvider, DatabaseProvider } from '../database-provider.ts';

/** What a check works with: a database that nobody else uses meanwhile, and ways to disturb it. */
export interface DatabaseConformanceContext {
  /** The provider under test. */
  readonly database: CompleteDatabaseProvider;
  /** Another provider on the same data. The check that asks for it closes it. */
  createProvider(options?: {
    /** Connections of its pool. */
    readonly maxConnections?: number;
    /** Longest wait for one. */
    readonly acquireTimeoutMs?: number;
  }): CompleteDatabaseProvider;
  /** Makes the connection under a handle fail from now on, so that not even a rollback gets through. */
  breakConnection?(handle: DatabaseProvider): Promise<void>;
  /** Memory in use, in bytes, after what could be freed has been. */
  measureMemory?(): number;
  /** How many rows the streaming check reads. Default 1 000 000. */
  readonly streamedRows?: number;
  /** Connection string or password of the database, to be searched for in errors. */
  readonly secrets?: readonly string[];
  /** Has a provider of the same kind fail to log in, for the error that it gives. */
  failToConnect?(): Promise<unknown>;
  close?(): Promise<void>;
}

export type DatabaseConformanceCase = ConformanceCase<DatabaseConformanceContext>;

/** Runs a check with a table of its own, which is dropped afterwards. */
export async function withTable(
  { database }: DatabaseConformanceContext,
  columns: string,
  work: (table: string) => Promise<void>,
): Promise<void> {
  const table = `mortise_check_${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await database.execute(`create table ${table} (${columns})`);
  try {
    await work(table);
  } finally {
    await database.execute(`drop table if exists ${table}`);
  }
}

/** Runs a check with another provider, which is closed afterwards. */
export async function withProvider(
  context: DatabaseConformanceContext,
  options: Parameters<DatabaseConformanceContext['createProvider']>[0],
  work: (database: CompleteDatabaseProvider) => Promise<void>,
): Promise<void> {
  const database = context.createProvider(options);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** Number of rows in a table. */
export async function countRows(database: DatabaseProvider, table: string): Promise<unknown> {
  const { rows } = await database.query(`select count(*)::int4 as count from ${table}`);
  return rows[0]?.['count'];
}

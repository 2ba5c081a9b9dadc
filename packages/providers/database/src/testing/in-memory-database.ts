import { createPostgresDatabase, type PostgresDatabase } from '../postgres/create-postgres-database.ts';
import type { DatabaseTypePolicy } from '../type-policy.ts';
import { createPgliteDriver, type Engine } from './pglite-driver.ts';
import { Turnstile } from './turnstile.ts';

export interface InMemoryProviderOptions {
  /** How values come back, where it shall differ from `DEFAULT_DATABASE_TYPE_POLICY`. */
  readonly types?: Partial<DatabaseTypePolicy>;
  /** Longest wait for the connection in milliseconds. Default 10 000. */
  readonly acquireTimeoutMs?: number;
}

/** A PostgreSQL that lives in the process and is gone with it. */
export interface InMemoryDatabase {
  /** A provider on the data that all providers of this database share. Closing it leaves the database running. */
  createProvider(options?: InMemoryProviderOptions): PostgresDatabase;
  /** The connection that is on loan now answers nothing more, as if the network were gone; the next loan works again. */
  breakConnection(): void;
  /** Ends the database. */
  close(): Promise<void>;
}

/**
 * A real PostgreSQL, compiled to WebAssembly, for tests and for the conformance kit. It has one connection: calls wait for
 * each other, so a callback of a transaction must use its own handle, and a running statement cannot be cancelled.
 *
 * Needs the package `@electric-sql/pglite`, which is loaded here and nowhere else. Takes a few seconds: share one among tests.
 */
export async function createInMemoryDatabase(): Promise<InMemoryDatabase> {
  const { PGlite } = await import('@electric-sql/pglite');
  const engine: Engine = { pglite: await PGlite.create(), turnstile: new Turnstile(), isBroken: false };
  return {
    createProvider: ({ types, acquireTimeoutMs = 10_000 } = {}) =>
      createPostgresDatabase(createPgliteDriver(engine, acquireTimeoutMs), types === undefined ? {} : { types }),
    breakConnection: () => {
      engine.isBroken = true;
    },
    close: () => engine.pglite.close(),
  };
}

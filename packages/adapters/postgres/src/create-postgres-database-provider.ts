import type { DatabaseTypePolicy } from '@mortise/provider-database';
import { createPostgresDatabase, type PostgresDatabase } from '@mortise/provider-database/postgres';
import type { PgPool } from './pg-client.ts';
import { createPoolDriver } from './pool-driver.ts';

/**
 * How the connections of the pool reach the server.
 *
 * - `direct`: the pool talks to the server itself.
 * - `session`: through a pooler that keeps one server connection for each connection of the pool.
 * - `transaction`: through a pooler that hands out a server connection for each transaction. Prepared statements are switched off,
 *   sessions last as long as one transaction, and an aborted statement is ended by closing its connection.
 */
export type PostgresPoolMode = 'direct' | 'session' | 'transaction';

export interface PostgresDatabaseProviderOptions {
  /** A `Pool` of `pg` 8, configured by the application: connection string, TLS, size. */
  readonly client: PgPool;
  /** Default `direct`. */
  readonly poolMode?: PostgresPoolMode;
  /** Longest wait for a connection in milliseconds, whether for a free or for a new one. Default 10 000. */
  readonly acquireTimeoutMs?: number;
  /** How values come back, where it shall differ from `DEFAULT_DATABASE_TYPE_POLICY`. */
  readonly types?: Partial<DatabaseTypePolicy>;
  /** Whether `close()` ends the pool. Default true; false for a pool that others use too. */
  readonly endPoolOnClose?: boolean;
  /** Milliseconds from any fixed point; for tests. Default `performance.now`. */
  readonly now?: () => number;
  /** 0 (included) to 1 (excluded), for the back-off between retries; for tests. Default `Math.random`. */
  readonly random?: () => number;
}

/**
 * A `DatabaseProvider` over node-postgres that implements every method of the interface.
 *
 * ```ts
 * const database = createPostgresDatabaseProvider({ client: new pg.Pool({ connectionString }) });
 * ```
 */
export function createPostgresDatabaseProvider(options: PostgresDatabaseProviderOptions): PostgresDatabase {
  const { types, now, random } = options;
  const driver = createPoolDriver({
    pool: options.client,
    poolMode: options.poolMode ?? 'direct',
    acquireTimeoutMs: options.acquireTimeoutMs ?? 10_000,
    endPoolOnClose: options.endPoolOnClose ?? true,
  });
  return createPostgresDatabase(driver, {
    ...(types === undefined ? {} : { types }),
    ...(now === undefined ? {} : { now }),
    ...(random === undefined ? {} : { random }),
  });
}

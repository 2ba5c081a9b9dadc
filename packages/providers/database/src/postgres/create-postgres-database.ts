import type { CompleteDatabaseProvider } from '../database-provider.ts';
import type { DatabaseCapabilities } from '../model/capabilities.ts';
import type { DatabaseTypePolicy } from '../type-policy.ts';
import { createValueParsers } from './codec/value-parsers.ts';
import type { PostgresDriver } from './driver.ts';
import { PooledDatabase } from './pooled-database.ts';
import type { PostgresRuntime } from './runtime.ts';
import { sleep } from './sleep.ts';

export interface PostgresDatabaseOptions {
  /** How values come back, where it shall differ from `DEFAULT_DATABASE_TYPE_POLICY`. */
  readonly types?: Partial<DatabaseTypePolicy>;
  /** Milliseconds from any fixed point; for tests. Default `performance.now`. */
  readonly now?: () => number;
  /** For tests. Default `Math.random`. */
  readonly random?: () => number;
  /** For tests. Default a timer. */
  readonly sleep?: PostgresRuntime['sleep'];
}

/** A provider of PostgreSQL that implements every method. */
export type PostgresDatabase = CompleteDatabaseProvider;

/**
 * The whole interface over a driver that can do no more than lend connections and run statements on them: transactions,
 * savepoints, retries, sessions, cursors, cancellation, exact types and errors.
 */
export function createPostgresDatabase(
  driver: PostgresDriver,
  options: PostgresDatabaseOptions = {},
): PostgresDatabase {
  return new PooledDatabase({
    driver,
    capabilities: capabilitiesOf(driver),
    parserOf: createValueParsers(options.types),
    now: options.now ?? (() => performance.now()),
    random: options.random ?? Math.random,
    sleep: options.sleep ?? sleep,
  });
}

function capabilitiesOf(driver: PostgresDriver): DatabaseCapabilities {
  return {
    dialect: 'postgresql',
    paramStyle: '$n',
    transactions: true,
    savepoints: true,
    returning: true,
    cancel: driver.canInterrupt,
    streaming: true,
    sessions: true,
    prepared: driver.canPrepare,
    concurrent: driver.isConcurrent,
    isolationLevels: ['read uncommitted', 'read committed', 'repeatable read', 'serializable'],
  };
}

import type { PostgresConnection, PostgresDriver } from '@mortise/provider-database/postgres';
import { acquireClient } from './acquire-client.ts';
import type { PostgresPoolMode } from './create-postgres-database-provider.ts';
import { createInterrupter, rememberBackend } from './interrupt.ts';
import type { PgPool } from './pg-client.ts';
import { createPoolConnection } from './pool-connection.ts';

export interface PoolDriverOptions {
  readonly pool: PgPool;
  readonly poolMode: PostgresPoolMode;
  readonly acquireTimeoutMs: number;
  readonly endPoolOnClose: boolean;
}

/** The driver that lends the connections of a pool. */
export function createPoolDriver(options: PoolDriverOptions): PostgresDriver {
  const { pool, poolMode, acquireTimeoutMs, endPoolOnClose } = options;
  const interrupt = createInterrupter(pool, poolMode);
  // Without a listener the process would end when an idle connection breaks; the pool has already dropped it.
  pool.on('error', ignore);
  return {
    hasSessions: poolMode !== 'transaction',
    canPrepare: poolMode !== 'transaction',
    isConcurrent: true,
    canInterrupt: true,
    async acquire(signal: AbortSignal): Promise<PostgresConnection> {
      const client = await acquireClient(pool, acquireTimeoutMs, signal);
      try {
        await rememberBackend(client, poolMode);
      } catch (error) {
        client.release(true);
        throw error;
      }
      return createPoolConnection(client, interrupt);
    },
    async close(): Promise<void> {
      // The listener stays on a pool that was ended: its last connections may still break while they close.
      if (endPoolOnClose) await pool.end();
      else pool.removeListener('error', ignore);
    },
  };
}

function ignore(): void {}

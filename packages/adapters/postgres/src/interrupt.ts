import { DatabaseError } from '@mortise/provider-database';
import type { PostgresPoolMode } from './create-postgres-database-provider.ts';
import type { PgClient, PgPool } from './pg-client.ts';

/** A connection that is to be stopped. */
interface InterruptTarget {
  readonly client: PgClient;
  /** Closes the connection at once. */
  destroy(): void;
}

/** Stops what a connection is doing, from outside of it. */
export type Interrupter = (target: InterruptTarget, how: 'cancel' | 'kill') => Promise<void>;

export function createInterrupter(pool: PgPool, poolMode: PostgresPoolMode): Interrupter {
  // Behind such a pooler nobody knows which backend works for the connection; the pooler ends its work when the connection closes.
  if (poolMode === 'transaction') return async (target) => target.destroy();
  return async ({ client }, how) => {
    const pid = backendOf(client);
    const text = how === 'kill' ? 'select pg_terminate_backend($1)' : 'select pg_cancel_backend($1)';
    await withControlClient(pool, (control) => control.query({ text, values: [pid] }));
  };
}

const backends = new WeakMap<PgClient, number>();

/**
 * Finds out which backend serves a connection, once for each: the server's word is needed behind a pooler, where the
 * handshake tells a made-up number.
 */
export async function rememberBackend(client: PgClient, poolMode: PostgresPoolMode): Promise<void> {
  if (poolMode === 'transaction' || backends.has(client)) return;
  if (poolMode === 'direct' && typeof client.processID === 'number') {
    backends.set(client, client.processID);
    return;
  }
  const { rows } = await client.query({ text: 'select pg_backend_pid() as pid' });
  const pid: unknown = rows[0]?.['pid'];
  if (typeof pid === 'number') backends.set(client, pid);
}

function backendOf(client: PgClient): number {
  const pid = backends.get(client);
  if (pid !== undefined) return pid;
  throw new DatabaseError({ code: 'unsupported', message: 'unsupported: the backend of the connection is not known' });
}

/** A connection outside of the pool, because the pool may have none left; from the pool where it tells no other way. */
async function withControlClient(pool: PgPool, work: (client: PgClient) => Promise<unknown>): Promise<void> {
  const { Client, options } = pool;
  if (Client === undefined || options === undefined) {
    const client = await pool.connect();
    try {
      await work(client);
    } finally {
      client.release();
    }
    return;
  }
  // The options go in as they are: the pool keeps the password in a hidden property that a copy would lose.
  const client = new Client(options);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}

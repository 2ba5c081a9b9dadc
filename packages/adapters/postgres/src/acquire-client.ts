import { DatabaseError } from '@mortise/provider-database';
import type { PgPool, PgPoolClient } from './pg-client.ts';

/**
 * Waits for a connection of the pool. One that comes too late goes straight back.
 *
 * @throws {DatabaseError} `pool_exhausted`: all connections stayed in use. `unavailable`: a new one could not be opened in time.
 * @throws The reason of the signal, as soon as it is aborted.
 */
export async function acquireClient(pool: PgPool, timeoutMs: number, signal: AbortSignal): Promise<PgPoolClient> {
  let stopWaiting: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason);
    const timer = setTimeout(() => reject(timeoutError(pool, timeoutMs)), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    stopWaiting = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  });
  let isTooLate = false;
  const connected = pool.connect().then((client) => {
    if (isTooLate) client.release();
    return client;
  });
  try {
    return await Promise.race([connected, stopped]);
  } catch (error) {
    isTooLate = true;
    connected.catch(() => undefined);
    throw isPoolTimeout(error) ? timeoutError(pool, undefined) : error;
  } finally {
    stopWaiting();
  }
}

/** Message of pg-pool when its own `connectionTimeoutMillis` has passed while all connections were in use. */
function isPoolTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}

function timeoutError({ waitingCount }: PgPool, timeoutMs: number | undefined): DatabaseError {
  const within = timeoutMs === undefined ? 'in the time that the pool allows' : `within ${timeoutMs} ms`;
  if (timeoutMs === undefined || waitingCount === undefined || waitingCount > 0) {
    return new DatabaseError({
      code: 'pool_exhausted',
      message: `pool_exhausted: no connection of the pool became free ${within}; end transactions sooner or enlarge the pool`,
      retry: 'transient',
    });
  }
  return new DatabaseError({
    code: 'unavailable',
    message: `unavailable: the server did not accept a new connection ${within}; check host, port and network`,
    retry: 'transient',
  });
}

import { type CallOptions, IntegrationError, type Sleep, sleep as realSleep } from '@mortise/core';
import type { GatewayConnection } from '../model/connection.ts';
import type { GatewayConnections } from '../tool-gateway-provider.ts';

export interface WaitUntilActiveOptions extends Pick<CallOptions, 'signal'> {
  /** For the whole wait. Default 5 minutes. */
  readonly timeoutMs?: number;
  /** Between two looks. Default 1 s, and half as long again after each look, up to 10 s. */
  readonly intervalMs?: number;
  /** Default core's `sleep`. */
  readonly sleep?: Sleep;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

const MAX_INTERVAL_MS = 10_000;

/**
 * Waits until a user has consented.
 *
 * @throws {IntegrationError} `forbidden` when consent failed or the account was switched off, `timeout`, `aborted`; a failed look is
 * thrown as it is unless it may be tried again.
 */
export async function waitUntilActive(
  connections: Pick<GatewayConnections, 'get'>,
  userId: string,
  connectionId: string,
  options: WaitUntilActiveOptions = {},
): Promise<GatewayConnection> {
  const { timeoutMs = 300_000, sleep = realSleep, now = Date.now, signal } = options;
  const endMs = now() + timeoutMs;
  let intervalMs = options.intervalMs ?? 1000;
  for (;;) {
    if (signal?.aborted === true) throw aborted(signal);
    const connection = await look(connections, userId, connectionId, signal);
    if (connection?.state === 'active') return connection;
    if (connection !== undefined && ['failed', 'expired', 'inactive'].includes(connection.state)) {
      throw new IntegrationError({
        code: 'forbidden',
        message: `The account is "${connection.state}"; ask for consent again`,
      });
    }
    const leftMs = endMs - now();
    if (leftMs <= 0) {
      throw new IntegrationError({
        code: 'timeout',
        retry: 'transient',
        message: `Nobody consented within ${timeoutMs} ms`,
      });
    }
    try {
      await sleep(Math.min(intervalMs, leftMs), signal);
    } catch {
      throw aborted(signal);
    }
    intervalMs = Math.min(intervalMs * 1.5, MAX_INTERVAL_MS);
  }
}

/** The account as it is; undefined where looking failed in a way that may pass. */
async function look(
  connections: Pick<GatewayConnections, 'get'>,
  userId: string,
  connectionId: string,
  signal: AbortSignal | undefined,
): Promise<GatewayConnection | undefined> {
  try {
    return await connections.get(userId, connectionId, signal === undefined ? {} : { signal });
  } catch (error) {
    if (IntegrationError.is(error) && error.retryable) return undefined;
    throw error;
  }
}

function aborted(signal: AbortSignal | undefined): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller aborted the wait', cause: signal?.reason });
}

import { IntegrationError } from '@mortise/core';
import type { DeltaClock } from '../delta-clock.ts';

export interface RequestBounds {
  readonly clock: DeltaClock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Runs foreign code that may hang or ignore its signal: ends with it, at the time limit, or when the signal aborts. */
export async function boundedRequest<Value>(
  run: (signal: AbortSignal) => Promise<Value>,
  { clock, timeoutMs, signal }: RequestBounds,
): Promise<Value> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const timer = new AbortController();
  const inner = AbortSignal.any([signal, ended.signal]);
  const limit = clock.sleep(timeoutMs, AbortSignal.any([signal, timer.signal])).then(() => {
    throw new IntegrationError({
      code: 'timeout',
      message: `The provider's adapter did not answer within ${timeoutMs} ms`,
      retry: 'transient',
    });
  });
  // Async, so that foreign code that throws at once rejects like any other.
  const running = (async () => run(inner))();
  try {
    return await Promise.race([running, limit]);
  } finally {
    timer.abort();
    ended.abort();
    // Whoever lost the race may reject later; nobody listens then.
    running.catch(() => {});
    limit.catch(() => {});
  }
}

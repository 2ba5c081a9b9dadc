import { IntegrationError } from '@mortise/core';
import type { HttpClock } from '@mortise/http';

export interface TimeLimit {
  readonly clock: HttpClock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs work for as long as its time and its caller last, whether or not it heeds the signal that it is given. Nothing is
 * left behind: neither timer nor listener, and a late failure goes nowhere.
 *
 * @throws {IntegrationError} `timeout`, `aborted`, or what the work throws.
 */
export async function withinTime<Value>(
  { clock, timeoutMs, signal }: TimeLimit,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController();
  let cancelTimer = (): void => undefined;
  let onAbort = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (error: IntegrationError): void => {
      reject(error);
      controller.abort(error);
    };
    onAbort = () =>
      end(new IntegrationError({ code: 'aborted', message: 'The check was aborted', cause: signal?.reason }));
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    if (timeoutMs === Number.POSITIVE_INFINITY) return;
    cancelTimer = clock.setTimer(() => {
      end(
        new IntegrationError({
          code: 'timeout',
          retry: 'transient',
          message: `The check took longer than ${timeoutMs} ms`,
        }),
      );
    }, timeoutMs);
  });
  ended.catch(() => undefined);
  try {
    if (controller.signal.aborted) return await ended;
    const working = work(controller.signal);
    working.catch(() => undefined);
    return await Promise.race([working, ended]);
  } finally {
    cancelTimer();
    signal?.removeEventListener('abort', onAbort);
  }
}

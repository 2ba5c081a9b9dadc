import { MortiseError } from '@mortise/core';
import type { ByokClock } from './byok-clock.ts';

export interface BoundedCallOptions {
  readonly clock: ByokClock;
  readonly timeoutMs: number;
  /** The caller's; its reason is what the call rejects with. */
  readonly signal: AbortSignal | undefined;
}

/** A lifecycle or backend did not answer in time; what it was asked to do may have happened. */
export class CallTimeoutError extends MortiseError<'TIMEOUT'> {
  constructor(what: string, timeoutMs: number) {
    super({ code: 'TIMEOUT', message: `${what} did not answer within ${timeoutMs} ms`, retry: 'transient' });
  }
}

/** Runs foreign code that may hang or ignore its signal: ends with it, at the time limit, or when the caller aborts. */
export async function boundedCall<Result>(
  what: string,
  run: (signal: AbortSignal) => Promise<Result>,
  { clock, timeoutMs, signal }: BoundedCallOptions,
): Promise<Result> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const undo: (() => void)[] = [];
  const interrupted = new Promise<never>((_resolve, reject) => {
    const stop = (reason: unknown): void => {
      controller.abort(reason);
      // The reason is whatever the aborting side chose, as with every Web API.
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors
      reject(reason);
    };
    undo.push(clock.setTimer(() => stop(new CallTimeoutError(what, timeoutMs)), timeoutMs));
    const onAbort = (): void => stop(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    undo.push(() => signal?.removeEventListener('abort', onAbort));
  });
  // Async, so that foreign code that throws at once rejects like any other.
  const running = (async () => run(controller.signal))();
  try {
    return await Promise.race([running, interrupted]);
  } finally {
    for (const step of undo) step();
    // Whoever lost the race may reject later; nobody listens then.
    running.catch(() => {});
    interrupted.catch(() => {});
  }
}

import type { AuthClock } from './auth-clock.ts';

export interface CallBounds {
  readonly clock: AuthClock;
  readonly timeoutMs: number;
  /** The caller's; its reason is what the call rejects with. */
  readonly signal: AbortSignal | undefined;
  /** What the call rejects with at its time limit. */
  readonly onTimeout: () => Error;
}

/** Runs foreign code that may hang or ignore its signal: ends with it, at the time limit, or when the caller aborts. */
export async function boundedCall<Result>(
  run: (signal: AbortSignal) => Promise<Result>,
  { clock, timeoutMs, signal, onTimeout }: CallBounds,
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
    undo.push(clock.setTimer(() => stop(onTimeout()), timeoutMs));
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

/** The promise, or the signal's reason as soon as it aborts. What the promise stands for goes on. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    aborted.catch(() => {});
  }
}

import { type CallOptions, IntegrationError, type Sleep, sleep as realSleep } from '@mortise/core';

/** One call's way to be ended: by the caller's signal or by its time limit, whichever comes first. */
export interface CallScope {
  /** Aborts when the call is to end. */
  readonly signal: AbortSignal;
  /** The promise, or a rejection as soon as the call is ended: for work that may not heed the signal. */
  readonly race: <Value>(work: PromiseLike<Value>) => Promise<Value>;
  /** What the caller is to be told: `aborted` or `timeout` where the call was ended, else the error as it is. */
  readonly explain: (error: unknown) => unknown;
  /** @throws {IntegrationError} `aborted` or `timeout` when the call has been ended. */
  readonly throwIfEnded: () => void;
  /** Stops the timer and lets go of the caller's signal. Must run however the call ends. */
  readonly close: () => void;
}

/**
 * Opens the scope of one call.
 *
 * @param sleep Waits for the time limit. Default: real timers.
 * @throws {IntegrationError} `aborted` when the caller's signal is aborted already, so that nothing is sent;
 * `invalid_request` for a time limit that is not a positive number.
 */
export function openCallScope(options: CallOptions, sleep: Sleep = realSleep): CallScope {
  const { signal: callerSignal, timeoutMs } = options;
  if (timeoutMs !== undefined && !(timeoutMs > 0)) throw badTimeLimit(timeoutMs);
  if (callerSignal?.aborted === true) throw abortedBy(callerSignal);
  const ending = new AbortController();
  const closing = new AbortController();
  let ended: IntegrationError | undefined;
  const end = (error: IntegrationError): void => {
    if (ended !== undefined || closing.signal.aborted) return;
    ended = error;
    ending.abort(error);
  };
  const onAbort = (): void => end(abortedBy(callerSignal));
  callerSignal?.addEventListener('abort', onAbort, { once: true });
  if (timeoutMs !== undefined && Number.isFinite(timeoutMs)) {
    // The only way to reject is by closing.
    void sleep(timeoutMs, closing.signal).then(
      () => end(timedOut(timeoutMs)),
      () => undefined,
    );
  }
  return {
    signal: ending.signal,
    race: (work) => raceAgainst(work, ending.signal),
    explain: (error) => ended ?? error,
    throwIfEnded: () => {
      if (ended !== undefined) throw ended;
    },
    close: () => {
      closing.abort();
      callerSignal?.removeEventListener('abort', onAbort);
    },
  };
}

async function raceAgainst<Value>(work: PromiseLike<Value>, signal: AbortSignal): Promise<Value> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function abortedBy(signal: AbortSignal | undefined): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller aborted the call', cause: signal?.reason });
}

function timedOut(timeoutMs: number): IntegrationError {
  return new IntegrationError({
    code: 'timeout',
    retry: 'transient',
    message: `The call did not end within ${timeoutMs} ms`,
  });
}

function badTimeLimit(timeoutMs: number): IntegrationError {
  return new IntegrationError({
    code: 'invalid_request',
    field: 'timeoutMs',
    message: `timeoutMs: expected a positive number of milliseconds, got ${timeoutMs}`,
  });
}

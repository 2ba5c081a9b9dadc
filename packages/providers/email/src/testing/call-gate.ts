import { type CallOptions, IntegrationError, type Sleep, sleep as realSleep } from '@mortise/core';

/** Where the calls of a reference implementation go through: ends them on abort and time limit, and can be made to hang. */
export class CallGate {
  readonly #sleep: Sleep;
  #isStalled = false;

  /** @param sleep Waits for time limits. Default: real timers. */
  constructor(sleep: Sleep = realSleep) {
    this.#sleep = sleep;
  }

  /** From now on calls get no answer: only their signal or time limit ends them. */
  stall(): void {
    this.#isStalled = true;
  }

  /**
   * Runs the work of a call until it is done or the call is ended. Work that waits must look at its signal before it takes effect.
   *
   * @throws {IntegrationError} `aborted`, `timeout`, `invalid_request` for a time limit that is not a positive number
   */
  async run<Value>(
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Value | Promise<Value>,
  ): Promise<Value> {
    const { signal: callerSignal, timeoutMs } = options ?? {};
    if (timeoutMs !== undefined && !(timeoutMs > 0)) throw badTimeLimit(timeoutMs);
    if (callerSignal?.aborted === true) throw abortedBy(callerSignal);
    const ending = new AbortController();
    const closing = new AbortController();
    callerSignal?.addEventListener('abort', () => ending.abort(abortedBy(callerSignal)), { signal: closing.signal });
    if (timeoutMs !== undefined && Number.isFinite(timeoutMs)) {
      this.#sleep(timeoutMs, closing.signal).then(
        () => ending.abort(timedOut(timeoutMs)),
        () => undefined,
      );
    }
    try {
      const ended = new Promise<never>((_resolve, reject) => {
        ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { signal: closing.signal });
      });
      return await Promise.race([ended, this.#isStalled ? ended : work(ending.signal)]);
    } finally {
      closing.abort();
    }
  }
}

function abortedBy(signal: AbortSignal): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller aborted the call', cause: signal.reason });
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

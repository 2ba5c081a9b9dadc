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
   * Runs the work of a call, unless the call is ended first. The work itself is never cut in two.
   *
   * @throws {IntegrationError} `aborted`, `timeout`, `invalid_request` for a time limit that is not a positive number
   */
  async run<Value>(options: CallOptions = {}, work: () => Value | Promise<Value>): Promise<Value> {
    const { signal, timeoutMs } = options;
    if (timeoutMs !== undefined && !(timeoutMs > 0)) {
      throw new IntegrationError({
        code: 'invalid_request',
        field: 'timeoutMs',
        message: `timeoutMs: expected a positive number of milliseconds, got ${timeoutMs}`,
      });
    }
    if (signal?.aborted === true) throw abortedBy(signal);
    if (this.#isStalled) await this.#hang(signal, timeoutMs);
    return work();
  }

  #hang(signal: AbortSignal | undefined, timeoutMs: number | undefined): Promise<never> {
    const closing = new AbortController();
    return new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(abortedBy(signal)), { signal: closing.signal });
      if (timeoutMs === undefined || !Number.isFinite(timeoutMs)) return;
      this.#sleep(timeoutMs, closing.signal).then(
        () =>
          reject(
            new IntegrationError({
              code: 'timeout',
              retry: 'transient',
              message: `The call did not end within ${timeoutMs} ms`,
            }),
          ),
        () => undefined,
      );
    }).finally(() => closing.abort());
  }
}

function abortedBy(signal: AbortSignal): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller aborted the call', cause: signal.reason });
}

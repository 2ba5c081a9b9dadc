import { type CallOptions, classifyHttpStatus, IntegrationError, type Sleep, sleep as realSleep } from '@mortise/core';

export interface ServiceLineOptions {
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/** Stands for the way to a service: calls can be counted, held up, answered with an error, aborted and timed out. */
export class ServiceLine {
  readonly #sleep: Sleep;
  readonly #closing = new AbortController();
  readonly #failures: number[] = [];
  #requests = 0;
  #open = 0;
  #isHeld = false;

  constructor(options: ServiceLineOptions = {}) {
    this.#sleep = options.sleep ?? realSleep;
  }

  /** Requests that were sent so far. */
  get requests(): number {
    return this.#requests;
  }

  /** Requests that are under way. */
  get openRequests(): number {
    return this.#open;
  }

  /** From now on the service takes requests and never answers. */
  hold(): void {
    this.#isHeld = true;
  }

  /** The next request is answered with this HTTP status. */
  answerNextWith(status: number): void {
    this.#failures.push(status);
  }

  /** Ends what is under way; later calls reject. */
  close(): void {
    this.#closing.abort();
  }

  /**
   * One request with its answer.
   *
   * @throws {IntegrationError} `aborted`, `timeout`, `invalid_request` (closed line, unusable time limit), or what the
   * status that was asked for means.
   */
  async send<Value>(options: CallOptions | undefined, answer: () => Value | Promise<Value>): Promise<Value> {
    const { signal, timeoutMs } = options ?? {};
    if (this.#closing.signal.aborted) throw refusal('The provider is closed; create another');
    if (timeoutMs !== undefined && !(timeoutMs > 0)) {
      throw refusal(`timeoutMs: expected a positive number of milliseconds, got ${timeoutMs}`, 'timeoutMs');
    }
    if (signal?.aborted === true) throw aborted(signal);
    this.#requests += 1;
    this.#open += 1;
    try {
      if (this.#isHeld) await this.#waitForEnd(signal, timeoutMs);
      const status = this.#failures.shift();
      if (status !== undefined) throw failed(status);
      return await answer();
    } finally {
      this.#open -= 1;
    }
  }

  /** Rejects when the call is aborted, timed out or the line is closed. */
  async #waitForEnd(signal: AbortSignal | undefined, timeoutMs: number | undefined): Promise<never> {
    const over = new AbortController();
    const ends: Promise<never>[] = [
      whenAborted(this.#closing.signal, over.signal, () => refusal('The provider was closed')),
    ];
    if (signal !== undefined) ends.push(whenAborted(signal, over.signal, () => aborted(signal)));
    if (timeoutMs !== undefined && Number.isFinite(timeoutMs)) ends.push(this.#timeLimit(timeoutMs, over.signal));
    try {
      return await Promise.race(ends);
    } finally {
      over.abort();
    }
  }

  async #timeLimit(timeoutMs: number, over: AbortSignal): Promise<never> {
    await this.#sleep(timeoutMs, over);
    throw new IntegrationError({
      code: 'timeout',
      retry: 'transient',
      message: `The call did not end within ${timeoutMs} ms`,
    });
  }
}

/** Rejects when the signal aborts; lets go of it when the other one does. */
function whenAborted(signal: AbortSignal, over: AbortSignal, error: () => IntegrationError): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(error()), { once: true, signal: over });
  });
}

function aborted(signal: AbortSignal): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller aborted the call', cause: signal.reason });
}

function failed(status: number): IntegrationError {
  const { code, retry } = classifyHttpStatus(status) ?? { code: 'provider_error' as const, retry: 'never' as const };
  return new IntegrationError({
    code,
    retry,
    httpStatus: status,
    message: `The service answered with status ${status}`,
  });
}

export function refusal(message: string, field?: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', message, ...(field === undefined ? {} : { field }) });
}

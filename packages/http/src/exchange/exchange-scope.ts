import type { HttpClock } from '../clock.ts';
import { IntegrationRequestError } from '../errors/integration-request-error.ts';

/** What ends an exchange from outside. */
export interface ScopeOptions {
  readonly clock: HttpClock;
  readonly signal: AbortSignal | undefined;
  /** Infinity: no limit. */
  readonly timeoutMs: number;
  /** Which request it is, for messages. */
  readonly subject: string;
}

/** The time and the patience that one exchange has. Close it however the exchange ends. */
export class ExchangeScope {
  readonly #options: ScopeOptions;
  readonly #controller = new AbortController();
  #error: IntegrationRequestError | undefined;
  #cancelTimer: (() => void) | undefined;
  #reject: (error: IntegrationRequestError) => void = () => undefined;
  readonly #ended: Promise<never>;

  /** @throws {IntegrationRequestError} `aborted`: the signal has aborted already. */
  constructor(options: ScopeOptions) {
    this.#options = options;
    const { signal } = options;
    if (signal?.aborted === true) throw aborted(options.subject, signal.reason);
    this.#ended = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    this.#ended.catch(() => undefined);
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.limit(options.timeoutMs, 'was not answered');
  }

  /** Aborts when the exchange is over before its time. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From now on the exchange ends after this time, whatever the limit was before. */
  limit(timeoutMs: number, what: string): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (timeoutMs === Number.POSITIVE_INFINITY || this.#error !== undefined) return;
    this.#cancelTimer = this.#options.clock.setTimer(() => {
      this.#end(
        new IntegrationRequestError({
          code: 'timeout',
          reason: 'timeout',
          retry: 'transient',
          message: `${this.#options.subject} ${what} within ${timeoutMs} ms`,
        }),
      );
    }, timeoutMs);
  }

  /** The work, or a rejection as soon as the exchange is ended: for work that may not heed the signal. */
  race<Value>(work: PromiseLike<Value>): Promise<Value> {
    return Promise.race([work, this.#ended]);
  }

  /** What ended the exchange, where something did; else the error as it is. */
  explain(error: unknown): unknown {
    return this.#error ?? error;
  }

  /** Stops the timer and lets go of the caller's signal. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }

  /** Closes, and ends whatever the platform still does for the exchange. */
  abandon(): void {
    this.close();
    this.#controller.abort();
  }

  readonly #onAbort = (): void => {
    this.#end(aborted(this.#options.subject, this.#options.signal?.reason));
  };

  #end(error: IntegrationRequestError): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    this.close();
    this.#reject(error);
    this.#controller.abort(error);
  }
}

function aborted(subject: string, cause: unknown): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'aborted',
    reason: 'aborted',
    message: `The caller aborted ${subject}`,
    cause,
  });
}

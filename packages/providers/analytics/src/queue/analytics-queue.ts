import { type CallOptions, IntegrationError, type Sleep, sleep as realSleep } from '@mortise/core';
import type { AnalyticsDeliveryReport } from './delivery-report.ts';

export interface AnalyticsQueueOptions<Message> {
  /**
   * Sends messages in order. Rejecting with a retryable `IntegrationError` keeps them for another try, under the same ids;
   * any other error drops them.
   */
  readonly send: (messages: readonly Message[], options: Pick<CallOptions, 'signal'>) => Promise<void>;
  /** Most messages that wait; a further one is dropped. Default 10,000. */
  readonly maxQueued?: number;
  /** Most messages per request. Default 100. */
  readonly maxBatch?: number;
  /** Tries of one batch in one flush. Default 3. */
  readonly maxAttempts?: number;
  /** Waiting time before the second try, doubled for each further one, in milliseconds. Default 500. */
  readonly backoffMs?: number;
  /** Told of each message that is given up. */
  readonly onDrop?: (message: Message, reason: 'full' | 'refused') => void;
  /** Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/**
 * Holds messages in order until they are sent, in bounded memory. Nothing is sent by itself: call `flush` when it suits, such as
 * on a timer of the host, and `close` at the end.
 */
export class AnalyticsQueue<Message> {
  readonly #options: AnalyticsQueueOptions<Message>;
  readonly #waiting: Message[] = [];
  #sent = 0;
  #dropped = 0;
  #isClosed = false;
  #flushing: Promise<unknown> = Promise.resolve();

  constructor(options: AnalyticsQueueOptions<Message>) {
    this.#options = options;
  }

  /** Takes a message. @throws {IntegrationError} `invalid_request` after `close`. */
  add(message: Message): void {
    if (this.#isClosed) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The writer is closed; create another' });
    }
    if (this.#waiting.length >= (this.#options.maxQueued ?? 10_000)) this.#drop([message], 'full');
    else this.#waiting.push(message);
  }

  report(): AnalyticsDeliveryReport {
    return { sent: this.#sent, dropped: this.#dropped, pending: this.#waiting.length };
  }

  /** Sends what waits, one flush at a time. Ends without an error when its time is over; `pending` says what is left. */
  async flush(options: Pick<CallOptions, 'signal' | 'timeoutMs'> = {}): Promise<AnalyticsDeliveryReport> {
    const { sleep = realSleep } = this.#options;
    const over = new AbortController();
    const done = new AbortController();
    const { signal, timeoutMs } = options;
    if (timeoutMs !== undefined) {
      // Rejects only when the flush is done first.
      void sleep(timeoutMs, done.signal).then(
        () => over.abort(),
        () => undefined,
      );
    }
    const either = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
    const earlier = this.#flushing;
    const run = earlier.then(() => this.#drain(either));
    this.#flushing = run.catch(() => undefined);
    try {
      await Promise.race([run, untilAborted(either, done.signal)]);
    } finally {
      done.abort();
    }
    return this.report();
  }

  /** Takes nothing more and sends what waits. */
  async close(options: Pick<CallOptions, 'signal' | 'timeoutMs'> = {}): Promise<AnalyticsDeliveryReport> {
    this.#isClosed = true;
    return this.flush(options);
  }

  async #drain(signal: AbortSignal): Promise<void> {
    while (this.#waiting.length > 0 && !signal.aborted) {
      const batch = this.#waiting.slice(0, this.#options.maxBatch ?? 100);
      if (!(await this.#sendBatch(batch, signal))) return;
      this.#waiting.splice(0, batch.length);
    }
  }

  /** @returns Whether the batch is done with: sent, or dropped. */
  async #sendBatch(batch: readonly Message[], signal: AbortSignal): Promise<boolean> {
    const { send, maxAttempts = 3, backoffMs = 500, sleep = realSleep } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await send(batch, { signal });
        this.#sent += batch.length;
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (!IntegrationError.is(error) || !error.retryable) {
          this.#drop(batch, 'refused');
          return true;
        }
        if (attempt >= maxAttempts) return false;
        try {
          await sleep(error.retryAfterMs ?? backoffMs * 2 ** (attempt - 1), signal);
        } catch {
          return false;
        }
      }
    }
  }

  #drop(messages: readonly Message[], reason: 'full' | 'refused'): void {
    this.#dropped += messages.length;
    for (const message of messages) this.#options.onDrop?.(message, reason);
  }
}

/** Resolves when the signal aborts; lets go of it when the other one does. */
function untilAborted(signal: AbortSignal, done: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true, signal: done });
  });
}

import { type CallOptions, classifyHttpStatus, IntegrationError, type Sleep } from '@mortise/core';
import { type CallScope, openCallScope } from '../../call/call-scope.ts';
import type { VideoObservedRequest, VideoServer } from '../observed-request.ts';

export interface MemoryServerOptions {
  /** Stands for the credential that a real provider would send. */
  readonly credential?: string;
  /** Default `answers`. */
  readonly server?: VideoServer;
  /** Waits for time limits. Default core's `sleep`. */
  readonly sleep?: Sleep;
}

/** What stands for the other side of the wire: notes what was sent and behaves as told. */
export class MemoryServer {
  readonly #options: MemoryServerOptions;
  readonly #closing = new AbortController();
  readonly #requests: VideoObservedRequest[] = [];
  #open = 0;

  constructor(options: MemoryServerOptions) {
    this.#options = options;
  }

  get requests(): readonly VideoObservedRequest[] {
    return this.#requests;
  }

  /** Requests whose answer is still under way. */
  get openRequests(): number {
    return this.#open;
  }

  close(): Promise<void> {
    this.#closing.abort();
    return Promise.resolve();
  }

  /** Aborts when the provider is closed. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Opens the scope of a call, refused after the provider was closed. */
  scope(options: CallOptions = {}): CallScope {
    if (this.#closing.signal.aborted) {
      throw new IntegrationError({ code: 'invalid_request', message: 'The provider is closed; create another' });
    }
    const { signal } = options;
    const either = signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
    return openCallScope({ ...options, signal: either }, this.#options.sleep);
  }

  /** Sends a request and waits for its answer. */
  async call<Answer>(
    options: CallOptions | undefined,
    sent: unknown,
    answer: () => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const scope = this.scope(options);
    try {
      return await scope.race(this.#serve(options ?? {}, sent, answer));
    } catch (error) {
      throw scope.explain(error);
    } finally {
      scope.close();
      if (this.#options.server === 'hangs') this.#open -= 1;
    }
  }

  /** Notes a request that stays open until `done` is called. */
  open(options: CallOptions, sent: unknown): { readonly done: () => void } {
    this.#note(options, sent);
    this.#open += 1;
    let isDone = false;
    return {
      done: () => {
        if (!isDone) this.#open -= 1;
        isDone = true;
      },
    };
  }

  /** @throws {IntegrationError} when the server refuses everything. */
  throwIfRefusing(): void {
    const { server } = this.#options;
    if (typeof server === 'object') throw refusal(server);
  }

  get hangs(): boolean {
    return this.#options.server === 'hangs';
  }

  async #serve<Answer>(options: CallOptions, sent: unknown, answer: () => Answer | Promise<Answer>): Promise<Answer> {
    this.#note(options, sent);
    this.throwIfRefusing();
    if (this.hangs) {
      this.#open += 1;
      await new Promise(() => undefined);
    }
    await Promise.resolve();
    return answer();
  }

  #note(call: CallOptions, sent: unknown): void {
    const { credential } = this.#options;
    const { signal: _signal, timeoutMs: _timeoutMs, ...options } = call;
    this.#requests.push({
      text: JSON.stringify({ sent, options }, (_key, value: unknown) => (value instanceof Uint8Array ? '' : value)),
      ...(credential === undefined ? {} : { credential }),
    });
  }
}

function refusal({ status, retryAfterSeconds }: Exclude<VideoServer, string>): IntegrationError {
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const verdict = classifyHttpStatus(status, headers);
  return new IntegrationError({
    code: verdict?.code ?? 'provider_error',
    message: `The service answered with status ${status}`,
    httpStatus: status,
    ...(verdict === undefined ? {} : { retry: verdict.retry }),
    ...(verdict?.retryAfterMs === undefined ? {} : { retryAfterMs: verdict.retryAfterMs }),
  });
}

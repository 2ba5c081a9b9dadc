import { IntegrationRequestError } from '../errors/integration-request-error.ts';
import type { ExchangeScope } from '../exchange/exchange-scope.ts';
import { networkError, type SentRequest } from '../exchange/network-error.ts';
import type { RateLimitSnapshot } from '../limits/rate-limit-snapshot.ts';
import { malformedResponse, type ResponseHead } from '../response/integration-response.ts';
import { tooLarge } from '../response/read-body.ts';
import type { ByteSource } from './byte-source.ts';
import { readJsonLines } from './json-lines.ts';
import type { ServerSentEvent } from './event-reader.ts';
import { readServerSentEvents } from './server-sent-events.ts';

/**
 * A successful answer whose body comes in bit by bit. Nothing is read ahead of the loop that takes it. Go through it once,
 * by `chunks`, `events` or `lines`, or `cancel` it: until then it holds a connection.
 */
export interface IntegrationStream extends ResponseHead {
  chunks(): AsyncIterable<Uint8Array>;
  /** As server-sent events. */
  events(): AsyncIterable<ServerSentEvent>;
  /** As newline-delimited JSON. */
  lines(): AsyncIterable<unknown>;
  /** Ends the connection. Harmless when it has ended. */
  cancel(): Promise<void>;
}

interface StreamLimits {
  /** Milliseconds without a byte after which the stream ends with code `timeout`. Infinity: no limit. */
  readonly idleTimeoutMs: number;
  readonly maxBytes: number;
  /** Characters of one event or line. */
  readonly maxItemLength: number;
}

interface StreamParts extends StreamLimits, SentRequest {
  readonly head: ResponseHead;
  readonly scope: ExchangeScope;
}

export class ResponseStream implements IntegrationStream, ByteSource {
  readonly status: number;
  readonly headers: Headers;
  readonly rateLimits: readonly RateLimitSnapshot[];
  declare readonly requestId?: string;
  readonly #parts: StreamParts;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #isTaken = false;
  #isOver = false;

  constructor(response: Response, parts: StreamParts) {
    const { head } = parts;
    this.status = head.status;
    this.headers = head.headers;
    this.rateLimits = head.rateLimits;
    if (head.requestId !== undefined) this.requestId = head.requestId;
    this.#parts = parts;
    this.#reader = response.body?.getReader();
    parts.scope.limit(Number.POSITIVE_INFINITY, '');
  }

  events(): AsyncIterable<ServerSentEvent> {
    return readServerSentEvents(this, this.#parts.maxItemLength);
  }

  lines(): AsyncIterable<unknown> {
    return readJsonLines(this, this.#parts.maxItemLength);
  }

  async *chunks(): AsyncGenerator<Uint8Array, void> {
    const { scope, maxBytes, idleTimeoutMs, subject } = this.#parts;
    if (this.#isTaken) throw alreadyTaken(subject);
    this.#isTaken = true;
    let length = 0;
    try {
      for (;;) {
        scope.limit(idleTimeoutMs, 'sent no more');
        const part = this.#reader === undefined ? undefined : await scope.race(this.#reader.read());
        // The time that the reader of the loop takes is not the provider's.
        scope.limit(Number.POSITIVE_INFINITY, '');
        if (part === undefined || part.done) break;
        length += part.value.length;
        if (length > maxBytes) throw tooLarge(subject, maxBytes);
        yield part.value;
      }
    } catch (error) {
      const reason = scope.explain(error);
      throw IntegrationRequestError.is(reason) ? reason : networkError(reason, this.#parts);
    } finally {
      await this.cancel();
    }
  }

  async cancel(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#isTaken = true;
    this.#parts.scope.abandon();
    // The platform may wait for the connection; whoever cancels does not.
    this.#reader?.cancel().catch(() => undefined);
    await Promise.resolve();
  }

  tooLong(maxLength: number, part: string): IntegrationRequestError {
    return new IntegrationRequestError({
      code: 'provider_error',
      reason: 'response-too-large',
      message: `${this.#parts.subject}: one ${part} is longer than ${maxLength} characters`,
    });
  }

  malformed(what: string): IntegrationRequestError {
    return malformedResponse(`${this.#parts.subject}: ${what}`, {
      isRepeatable: this.#parts.isRepeatable,
      httpStatus: this.status,
      requestId: this.requestId,
    });
  }
}

function alreadyTaken(subject: string): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'invalid_request',
    reason: 'misconfigured',
    message: `${subject}: the stream was gone through or cancelled already`,
  });
}

import { IntegrationRequestError } from '../errors/integration-request-error.ts';
import type { RateLimitSnapshot } from '../limits/rate-limit-snapshot.ts';

/** What every answer tells, whether its body was read or not. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Headers;
  /** The provider's id of the request. Absent: it told none. */
  readonly requestId?: string;
  readonly rateLimits: readonly RateLimitSnapshot[];
}

/** A successful answer, read to its end. */
export interface IntegrationResponse extends ResponseHead {
  readonly bytes: Uint8Array;
  /** Decoded as the content type says, UTF-8 where it says nothing. */
  text(): string;
  /**
   * The body parsed as JSON; undefined for an empty one.
   *
   * @throws {IntegrationRequestError} `malformed-response`
   */
  json(): unknown;
}

/** An answer in memory. What is decoded is decoded once. */
export class BufferedResponse implements IntegrationResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly rateLimits: readonly RateLimitSnapshot[];
  declare readonly requestId?: string;
  readonly bytes: Uint8Array;
  readonly #subject: string;
  readonly #isRepeatable: boolean;
  #text: string | undefined;
  #json: { readonly value: unknown } | undefined;

  constructor(
    head: ResponseHead,
    bytes: Uint8Array,
    request: { readonly subject: string; readonly isRepeatable: boolean },
  ) {
    this.status = head.status;
    this.headers = head.headers;
    this.rateLimits = head.rateLimits;
    if (head.requestId !== undefined) this.requestId = head.requestId;
    this.bytes = bytes;
    this.#subject = request.subject;
    this.#isRepeatable = request.isRepeatable;
  }

  text(): string {
    return (this.#text ??= decode(this.bytes, this.headers.get('content-type')));
  }

  json(): unknown {
    if (this.bytes.length === 0) return undefined;
    if (this.#json === undefined) {
      try {
        this.#json = { value: JSON.parse(this.text()) };
      } catch {
        throw this.#malformed();
      }
    }
    return this.#json.value;
  }

  /** The body parsed as JSON; undefined when it is none. */
  jsonOrNothing(): unknown {
    try {
      return this.json();
    } catch {
      return undefined;
    }
  }

  /** Without the parser's own error as cause: it quotes the body. */
  #malformed(): IntegrationRequestError {
    const type = this.headers.get('content-type')?.slice(0, 80) ?? 'no content type';
    return malformedResponse(`${this.#subject}: expected JSON, got ${this.bytes.length} bytes of ${type}`, {
      isRepeatable: this.#isRepeatable,
      httpStatus: this.status,
      requestId: this.requestId,
    });
  }
}

export interface MalformedResponseOptions {
  readonly isRepeatable: boolean;
  readonly httpStatus: number;
  readonly requestId: string | undefined;
}

/** The error of an answer that is not what it should be. Worth another try where a repetition has no effect. */
export function malformedResponse(
  message: string,
  { isRepeatable, httpStatus, requestId }: MalformedResponseOptions,
): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'provider_error',
    retry: isRepeatable ? 'transient' : 'never',
    reason: 'malformed-response',
    message,
    httpStatus,
    ...(requestId === undefined ? {} : { requestId }),
  });
}

const UTF8 = new TextDecoder();
const CHARSET = /;\s*charset="?([\w.:-]{1,40})/i;

function decode(bytes: Uint8Array, contentType: string | null): string {
  const charset = contentType === null ? undefined : CHARSET.exec(contentType)?.[1]?.toLowerCase();
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8') return UTF8.decode(bytes);
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return UTF8.decode(bytes);
  }
}

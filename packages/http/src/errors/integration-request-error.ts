import { IntegrationError, type IntegrationErrorOptions, type ResponseMeaning } from '@mortise/core';
import type { RateLimitSnapshot } from '../limits/rate-limit-snapshot.ts';

/** At which point a request failed. Finer than the code, which says what it means to the caller. */
export type RequestFailureReason =
  /** The provider answered, and the answer is a failure. */
  | 'response'
  /** No answer came: the connection could not be made, or broke. */
  | 'network'
  | 'timeout'
  /** The caller's signal ended it. */
  | 'aborted'
  /** Spec, config, secret or request do not fit together; nothing was sent. */
  | 'misconfigured'
  /** The credentials cannot be had: somebody has to authorise again, or the token cannot be renewed now. */
  | 'credentials'
  /** The address may not be called; nothing was sent to it. */
  | 'address-refused'
  /** A redirect that may not be followed. */
  | 'redirect-refused'
  | 'response-too-large'
  /** The answer is not what it should be, such as JSON that breaks off. */
  | 'malformed-response';

export interface IntegrationRequestErrorOptions extends IntegrationErrorOptions {
  readonly reason: RequestFailureReason;
  readonly meaning?: ResponseMeaning;
  readonly rateLimits?: readonly RateLimitSnapshot[];
}

const MARKER = Symbol.for('@mortise/integration-request-error');

/** A request that failed. The call guard reads from it whether and when to try again, and whether the credential was refused. */
export class IntegrationRequestError extends IntegrationError {
  readonly reason: RequestFailureReason;
  /** What the spec's rules say that the answer means. Absent: no rule fitted. */
  declare readonly meaning?: ResponseMeaning;
  /** The limits that the failed answer reported. Absent: none, or no answer. */
  declare readonly rateLimits?: readonly RateLimitSnapshot[];

  constructor(options: IntegrationRequestErrorOptions) {
    super(options);
    this.reason = options.reason;
    if (options.meaning !== undefined) this.meaning = options.meaning;
    if (options.rateLimits !== undefined && options.rateLimits.length > 0) this.rateLimits = options.rateLimits;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `IntegrationRequestError`, whichever copy of the package made it. */
  static override is(value: unknown): value is IntegrationRequestError {
    return IntegrationError.is(value) && MARKER in value;
  }
}

/** The error of a request that cannot be built: nothing was sent. */
export function misconfigured(message: string, field?: string): IntegrationRequestError {
  return new IntegrationRequestError({
    code: 'invalid_request',
    reason: 'misconfigured',
    message,
    ...(field === undefined ? {} : { field }),
  });
}

import { MortiseError, type RetryAdvice } from '@mortise/core';

/** Why an OAuth request came to nothing. */
export type OAuthErrorCode =
  /** The code, refresh token or assertion is unknown, used, expired or revoked. */
  | 'INVALID_GRANT'
  /** The server does not know this client, or does not accept how it proved itself. */
  | 'INVALID_CLIENT'
  | 'INVALID_SCOPE'
  /** The user, or the server's policy, said no. */
  | 'ACCESS_DENIED'
  /** The user did not finish in time: a device code, or an authorization that was begun too long ago. */
  | 'EXPIRED'
  /** Any other refusal. */
  | 'REFUSED'
  | 'THROTTLED'
  /** The server failed, or is not available. */
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  /** No answer came. */
  | 'NETWORK'
  /** The answer is no OAuth answer: no token in it, unreadable, or too long. */
  | 'INVALID_RESPONSE'
  /** The callback does not belong to the authorization that was begun: another state or issuer, or repeated parameters. */
  | 'INVALID_CALLBACK'
  /** The endpoint's address is not https, or its host may not be used. */
  | 'FORBIDDEN_URL'
  /** The spec lacks the endpoint or field that the flow needs, or the flow does not fit the client. */
  | 'UNSUPPORTED';

export interface OAuthErrorOptions {
  readonly code: OAuthErrorCode;
  readonly message: string;
  /** HTTP status of the answer. */
  readonly status?: number;
  /** The server's own `error`, such as `invalid_grant`. */
  readonly oauthCode?: string;
  /** The server's own words, redacted. */
  readonly description?: string;
  /** Whether the server may have acted on the request although no answer says so. Default false. */
  readonly outcomeUnknown?: boolean;
  readonly retry?: RetryAdvice;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const RETRY: Partial<Record<OAuthErrorCode, RetryAdvice>> = {
  THROTTLED: 'throttled',
  UNAVAILABLE: 'transient',
  TIMEOUT: 'transient',
  NETWORK: 'transient',
};

const MARKER = Symbol.for('@mortise/oauth-error');

/** An OAuth flow failed. Holds the server's code and, redacted, its words; never a body, a token or a secret. */
export class OAuthError extends MortiseError<OAuthErrorCode> {
  declare readonly status?: number;
  declare readonly oauthCode?: string;
  declare readonly description?: string;
  /**
   * Whether the server may have acted all the same: then a rotating refresh token, or a code, must not be sent again.
   */
  readonly outcomeUnknown: boolean;

  constructor(options: OAuthErrorOptions) {
    super({ ...options, retry: options.retry ?? RETRY[options.code] ?? 'never' });
    if (options.status !== undefined) this.status = options.status;
    if (options.oauthCode !== undefined) this.oauthCode = options.oauthCode;
    if (options.description !== undefined) this.description = options.description;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `OAuthError`, whichever copy of the package made it. */
  static override is(value: unknown): value is OAuthError {
    return MortiseError.is(value) && MARKER in value;
  }

  override toJSON(): ReturnType<MortiseError<OAuthErrorCode>['toJSON']> & {
    status?: number;
    oauthCode?: string;
    description?: string;
    outcomeUnknown: boolean;
  } {
    return {
      ...super.toJSON(),
      ...(this.status === undefined ? {} : { status: this.status }),
      ...(this.oauthCode === undefined ? {} : { oauthCode: this.oauthCode }),
      ...(this.description === undefined ? {} : { description: this.description }),
      outcomeUnknown: this.outcomeUnknown,
    };
  }
}

import { MortiseError, type RetryAdvice } from '@mortise/core';

/** Why a secret could not be had. */
export type SecretProviderErrorCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'INVALID'
  | 'UNKNOWN'
  | 'UNAUTHENTICATED'
  | 'THROTTLED'
  | 'UNAVAILABLE'
  | 'CONFLICT'
  | 'VERSION_DISABLED'
  | 'PENDING_DELETION'
  | 'TOO_LARGE'
  | 'INTEGRITY'
  | 'TIMEOUT'
  | 'READ_ONLY'
  | 'UNSUPPORTED';

const RETRY: Partial<Record<SecretProviderErrorCode, RetryAdvice>> = {
  THROTTLED: 'throttled',
  UNAVAILABLE: 'transient',
  TIMEOUT: 'transient',
  INTEGRITY: 'transient',
};

export interface SecretProviderErrorOptions {
  /** Names backend, operation and reference; never a value and never a response body. */
  readonly message: string;
  /** Id of the backend. */
  readonly provider: string;
  readonly reference: string;
  /** Default `UNKNOWN`. */
  readonly code?: SecretProviderErrorCode;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const MARKER = Symbol.for('@mortise/secret-provider-error');

/** A secret backend could not do what was asked. */
export class SecretProviderError extends MortiseError<SecretProviderErrorCode> {
  readonly provider: string;
  readonly reference: string;

  constructor(options: SecretProviderErrorOptions) {
    const code = options.code ?? 'UNKNOWN';
    super({ ...options, code, retry: RETRY[code] ?? 'never' });
    this.provider = options.provider;
    this.reference = options.reference;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `SecretProviderError`, whichever copy of the package made it. */
  static override is(value: unknown): value is SecretProviderError {
    return MortiseError.is(value) && MARKER in value;
  }
}

import { MortiseError, type RetryAdvice } from '@mortise/core';
import { describeSecretReference } from './reference/describe-secret-reference.ts';

/** Why a secret could not be had. */
export type SecretProviderErrorCode =
  /** The backend answered and holds no such secret or version. The only code on which a manager asks the next one. */
  | 'NOT_FOUND'
  /** The backend, or a policy in front of it, refuses this reference to this caller. */
  | 'FORBIDDEN'
  /** The reference, version or payload is malformed. */
  | 'INVALID'
  /** Anything else, the failures of foreign code included. After a write: whether it happened is not known. */
  | 'UNKNOWN'
  /** The backend does not accept the host's own credentials. */
  | 'UNAUTHENTICATED'
  | 'THROTTLED'
  | 'UNAVAILABLE'
  /** Another writer was faster. */
  | 'CONFLICT'
  | 'VERSION_DISABLED'
  | 'PENDING_DELETION'
  /** The payload is larger than the backend takes. */
  | 'TOO_LARGE'
  /** What was read is damaged. */
  | 'INTEGRITY'
  | 'TIMEOUT'
  /** The backend takes no writes. */
  | 'READ_ONLY'
  /** No backend handles this reference, or this one does not know the operation. */
  | 'UNSUPPORTED';

const RETRY: Partial<Record<SecretProviderErrorCode, RetryAdvice>> = {
  THROTTLED: 'throttled',
  UNAVAILABLE: 'transient',
  TIMEOUT: 'transient',
  INTEGRITY: 'transient',
};

export interface SecretProviderErrorOptions {
  /** Names backend, operation and reference (see `describeSecretReference`); never a value or a response body. */
  readonly message: string;
  /** Id of the backend. */
  readonly provider: string;
  /** As the caller gave it. */
  readonly reference: string;
  /** Default `UNKNOWN`. */
  readonly code?: SecretProviderErrorCode;
  /** Overrides the advice that follows from `code`. */
  readonly retry?: RetryAdvice;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const MARKER = Symbol.for('@mortise/secret-provider-error');

/**
 * A secret backend could not do what was asked. Its `cause` is there for code that looks for it, but neither JSON nor
 * inspection shows it: an SDK's error may hold the request, and so the secret.
 */
export class SecretProviderError extends MortiseError<SecretProviderErrorCode> {
  /** Id of the backend. */
  readonly provider: string;
  /** Fit to be shown: as the caller gave it, unless that cannot be a reference (see `describeSecretReference`). */
  readonly reference: string;

  constructor(options: SecretProviderErrorOptions) {
    const code = options.code ?? 'UNKNOWN';
    super({ ...options, code, retry: options.retry ?? RETRY[code] ?? 'never' });
    this.provider = options.provider;
    this.reference = describeSecretReference(options.reference);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `SecretProviderError`, whichever copy of the package made it. */
  static override is(value: unknown): value is SecretProviderError {
    return MortiseError.is(value) && MARKER in value;
  }

  override toJSON(): ReturnType<MortiseError<SecretProviderErrorCode>['toJSON']> & {
    provider: string;
    reference: string;
  } {
    return { ...super.toJSON(), provider: this.provider, reference: this.reference };
  }
}

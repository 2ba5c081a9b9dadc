import {
  SecretProviderError,
  type SecretProviderErrorCode,
  type SecretProviderErrorOptions,
} from '../secret-provider-error.ts';

/** What one backend answered. */
export interface SecretProviderAttempt {
  /** Id of the backend. */
  readonly provider: string;
  readonly code: SecretProviderErrorCode;
}

export interface SecretProviderManagerErrorOptions extends SecretProviderErrorOptions {
  readonly attempts: readonly SecretProviderAttempt[];
}

/**
 * No backend of a manager did what was asked. `provider` is always the manager's id, also when one backend was asked.
 *
 * `code` is that of the answer which stopped the search. Where none did: for a read `NOT_FOUND`; for a write
 * `READ_ONLY` when some backend takes no writes and else `UNSUPPORTED`. Where nobody was asked: `UNSUPPORTED` when no
 * backend handles the reference, `FORBIDDEN` when those that do are not allowed. A missing secret is therefore
 * reported only when every backend in question answered; retry advice and `retryAfterMs` are the stopping answer's.
 * `cause` is what the backend failed with, or a list where several did.
 */
export class SecretProviderManagerError extends SecretProviderError {
  /** Who was asked, in order. Backends passed over are listed with the reason as code. */
  readonly attempts: readonly SecretProviderAttempt[];

  constructor(options: SecretProviderManagerErrorOptions) {
    super(options);
    this.attempts = Object.freeze([...options.attempts]);
  }

  override toJSON(): ReturnType<SecretProviderError['toJSON']> & { attempts: readonly SecretProviderAttempt[] } {
    return { ...super.toJSON(), attempts: this.attempts };
  }
}

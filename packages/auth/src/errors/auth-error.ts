import { MortiseError, type RetryAdvice } from '@mortise/core';

/** Why a request cannot be given its credentials. */
export type AuthErrorCode =
  /** Config or secret lacks a field, or it is empty. `field` names it. */
  | 'MISSING_FIELD'
  /** A field holds what cannot be sent, such as a line break. `field` names it. */
  | 'INVALID_FIELD'
  /** A private key cannot be read. */
  | 'INVALID_KEY'
  /** The method authenticates no request of ours, or needs what this platform does not have. */
  | 'UNSUPPORTED'
  | 'INVALID_OPTIONS'
  /** Somebody has to authorise again: the grant is over, or what became of its refresh token cannot be known. */
  | 'AUTH_REQUIRED'
  /** A refresh may have happened, and its answer is lost. The next call decides what follows. */
  | 'AUTH_UNCERTAIN'
  /** The token has expired and cannot be renewed at this moment. `cause` says why. */
  | 'TOKEN_UNAVAILABLE'
  /** Another process renews the token and takes longer than the wait that was allowed. */
  | 'LEASE_TIMEOUT'
  /** The store of tokens or of leases failed. */
  | 'STORE_FAILED';

/** What ended a grant. */
export type AuthRequiredReason =
  /** There is no grant under this id, or it was never completed. */
  | 'no_grant'
  /** The token expired, or was refused, and there is no refresh token. */
  | 'no_refresh_token'
  /** The server says that the refresh token is not good any more. */
  | 'invalid_grant'
  /** The answer to a refresh was lost, and the vendor promises nothing about using the token again. */
  | 'uncertain'
  /** Refreshing failed for longer than `giveUpAfterMs`. */
  | 'gave_up'
  /** We revoked it. */
  | 'revoked';

export interface AuthErrorOptions {
  readonly code: AuthErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly grantId?: string;
  readonly reason?: AuthRequiredReason;
  /** Overrides the advice that follows from `code`. */
  readonly retry?: RetryAdvice;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

const RETRY: Partial<Record<AuthErrorCode, RetryAdvice>> = {
  TOKEN_UNAVAILABLE: 'transient',
  AUTH_UNCERTAIN: 'transient',
  LEASE_TIMEOUT: 'transient',
  STORE_FAILED: 'transient',
};

const MARKER = Symbol.for('@mortise/auth-error');

/** A credential is missing, cannot be used, or has to be renewed by somebody. Names fields, never what they hold. */
export class AuthError extends MortiseError<AuthErrorCode> {
  // Declared only: a field of its own would exist, as `undefined`, on every error.
  /** Name of the field of config or secret. */
  declare readonly field?: string;
  declare readonly grantId?: string;
  /** Present with `AUTH_REQUIRED`. */
  declare readonly reason?: AuthRequiredReason;

  constructor(options: AuthErrorOptions) {
    super({ ...options, retry: options.retry ?? RETRY[options.code] ?? 'never' });
    if (options.field !== undefined) this.field = options.field;
    if (options.grantId !== undefined) this.grantId = options.grantId;
    if (options.reason !== undefined) this.reason = options.reason;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `AuthError`, whichever copy of the package made it. */
  static override is(value: unknown): value is AuthError {
    return MortiseError.is(value) && MARKER in value;
  }

  override toJSON(): ReturnType<MortiseError<AuthErrorCode>['toJSON']> & {
    field?: string;
    grantId?: string;
    reason?: AuthRequiredReason;
  } {
    return {
      ...super.toJSON(),
      ...(this.field === undefined ? {} : { field: this.field }),
      ...(this.grantId === undefined ? {} : { grantId: this.grantId }),
      ...(this.reason === undefined ? {} : { reason: this.reason }),
    };
  }
}

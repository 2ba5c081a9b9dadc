import { MortiseError } from '@mortise/core';
import { AuthError } from '../errors/auth-error.ts';

/** Codes of `SecretProviderError` that a missing token can have. */
export type GrantUnavailableErrorCode =
  /** Somebody has to authorise again. */
  | 'UNAUTHENTICATED'
  /** Passes by itself. */
  | 'UNAVAILABLE'
  | 'UNKNOWN';

/**
 * The keeper's failure as a secret backend would report it, so that the call guard understands it: it carries the marker
 * of `SecretProviderError`. The keeper's own error is the cause.
 */
export class GrantUnavailableError extends MortiseError<GrantUnavailableErrorCode> {
  /** Id of the secret backend. */
  readonly provider: string;
  readonly reference: string;
  /** Whether only a new authorization can help: a guarded call then fails with `AUTH_REQUIRED`. */
  readonly isAuthRequired: boolean;

  constructor(provider: string, reference: string, cause: unknown) {
    const known = AuthError.is(cause) ? cause : undefined;
    const retryAfterMs = known?.retryAfterMs;
    super({
      code: codeOf(known),
      message: known === undefined ? 'The access token could not be had' : `${known.code}: ${known.message}`,
      retry: known?.retry ?? 'never',
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      cause,
    });
    this.provider = provider;
    this.reference = reference;
    this.isAuthRequired = known?.code === 'AUTH_REQUIRED';
    Object.defineProperty(this, Symbol.for('@mortise/secret-provider-error'), { value: true });
  }
}

function codeOf(error: AuthError | undefined): GrantUnavailableErrorCode {
  if (error?.code === 'AUTH_REQUIRED') return 'UNAUTHENTICATED';
  return error?.retryable === true ? 'UNAVAILABLE' : 'UNKNOWN';
}

import { MortiseError, type RetryAdvice } from '@mortise/core';

/** Why the runner could not do what was asked. */
export type ByokErrorCode =
  /** An option of the runner, a policy or a store is out of range. */
  | 'INVALID_OPTIONS'
  /** The request cannot be meant: a pinned reference, two sources of a new key, a connection of another tenant. */
  | 'INVALID_REQUEST'
  /** The host does not let the connection read the reference that the request names. */
  | 'FORBIDDEN'
  /** No secret is under the connection's reference. */
  | 'KEY_NOT_FOUND'
  /** The backend did not give the key. */
  | 'KEY_UNREADABLE'
  /** The key must not be relied on; `reason` says why. */
  | 'KEY_NOT_USABLE'
  /** There is nowhere to get a new key from. Nothing was changed. */
  | 'NO_NEW_KEY'
  /** Another runner works on this connection, or a rotation is under way that this request cannot join. */
  | 'CONFLICT'
  /** Another runner took over. Whatever was begun goes on there. */
  | 'LEASE_LOST'
  /** The store of records failed. What was begun can be resumed. */
  | 'STORE_FAILED'
  /** What the store holds is no record. */
  | 'STORE_CORRUPT'
  /** A store does not keep its contract. Only from the conformance kit. */
  | 'NOT_CONFORMING';

/** Why a key must not be relied on. */
export type ByokUnusableReason = 'unknown_key' | 'never_validated' | 'invalid' | 'expired' | 'stale' | 'compromised';

const RETRY: Partial<Record<ByokErrorCode, RetryAdvice>> = {
  CONFLICT: 'transient',
  LEASE_LOST: 'transient',
  STORE_FAILED: 'transient',
  KEY_UNREADABLE: 'transient',
};

export interface ByokErrorOptions {
  readonly code: ByokErrorCode;
  readonly message: string;
  /** Overrides the advice that follows from `code`. */
  readonly retry?: RetryAdvice;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
  readonly connectionId?: string;
  readonly reason?: ByokUnusableReason;
}

const MARKER = Symbol.for('@mortise/byok-error');

/** A key could not be validated, rotated or relied on. Holds no part of a key. */
export class ByokError extends MortiseError<ByokErrorCode> {
  /** Absent where the error is about no single connection. */
  declare readonly connectionId?: string;
  /** Only with `KEY_NOT_USABLE`. */
  declare readonly reason?: ByokUnusableReason;

  constructor(options: ByokErrorOptions) {
    super({ ...options, retry: options.retry ?? RETRY[options.code] ?? 'never' });
    if (options.connectionId !== undefined) this.connectionId = options.connectionId;
    if (options.reason !== undefined) this.reason = options.reason;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `ByokError`, whichever copy of the package made it. */
  static override is(value: unknown): value is ByokError {
    return MortiseError.is(value) && MARKER in value;
  }
}

import type { IntegrationOwnershipMode } from '@mortise/core';
import type { ErrorClass } from './classify-error.ts';

/**
 * Codes that the guard itself gives. A provider error that carries a text `code` keeps its own, so a result's code can
 * be any text.
 */
export type GuardErrorCode =
  /** The application config has no binding for the slot. */
  | 'SLOT_NOT_BOUND'
  /** The connection is `disconnected` or in `error`. */
  | 'CONNECTION_NOT_READY'
  /** The connection belongs to another tenant than the application config. */
  | 'TENANT_MISMATCH'
  /** Slot, binding, connection and spec do not belong together. */
  | 'BINDING_MISMATCH'
  /** The spec's category is not the one that the slot asks for. */
  | 'CATEGORY_MISMATCH'
  /** The connection's ownership mode is not allowed by the slot or not supported by the spec. */
  | 'MODE_NOT_ALLOWED'
  /** The binding's scope does not cover the operation, workflow or feature. */
  | 'OUT_OF_SCOPE'
  /** The connection may not use the secret backend or reference. */
  | 'SECRET_NOT_ALLOWED'
  /** No secret backend handles the reference. */
  | 'SECRET_UNSUPPORTED'
  | 'SECRET_NOT_FOUND'
  | 'SECRET_FORBIDDEN'
  | 'SECRET_UNAVAILABLE'
  /** The secret was read and does not fit the spec's secret schema. */
  | 'SECRET_INVALID'
  /** The connection's OAuth grant is over: somebody has to authorise again. */
  | 'AUTH_REQUIRED'
  | 'AUTH_EXPIRED'
  | 'RATE_LIMITED'
  | 'CIRCUIT_OPEN'
  | 'BULKHEAD_FULL'
  | 'ATTEMPT_TIMEOUT'
  | 'DEADLINE_EXCEEDED'
  | 'ABORTED'
  /** The provider call failed without a code of its own. */
  | 'PROVIDER_ERROR'
  /** The policy of this one call is out of range. */
  | 'INVALID_OPTIONS'
  /** A part that the host injected (clock, limiter) failed. */
  | 'UNKNOWN_ERROR';

/** Why a call ended. */
export type StopReason =
  | 'succeeded'
  /** Refused before the first attempt. */
  | 'rejected'
  /** `shouldRetry` said no. */
  | 'not-retryable'
  /** All attempts were used. */
  | 'attempts'
  /** Too many retries to this provider lately. */
  | 'budget'
  /** The provider asked for a longer wait than the call may take. */
  | 'retry-after'
  | 'deadline'
  | 'circuit'
  | 'aborted';

/** A failed call, ready to be shown or logged: message and details hold no secret. */
export interface IntegrationCallError {
  readonly code: GuardErrorCode | (string & {});
  readonly message: string;
  /** Whether `shouldRetry` would try again; true with stop reason `attempts` means that retries ran out. */
  readonly retryable: boolean;
  /** Wait in milliseconds that the provider asked for. */
  readonly retryAfterMs?: number;
  readonly httpStatus?: number;
  /** What kind of failure it was; absent when the call never reached the provider. */
  readonly class?: ErrorClass;
  /** The original error, unredacted; not enumerable, so that printing or serialising the result leaves it out. */
  readonly cause?: unknown;
}

export interface IntegrationCallMetadata {
  /** Milliseconds from the start of the call to its end: secret, waits and attempts. */
  readonly latencyMs: number;
  /** `unknown` when the slot is not bound. */
  readonly connectionId: string;
  /** `managed` when the slot is not bound. */
  readonly ownershipMode: IntegrationOwnershipMode;
  /** How often the executor was started. */
  readonly attempts: number;
  readonly stopReason: StopReason;
}

export interface IntegrationCallSuccess<T> {
  readonly success: true;
  readonly data: T;
  readonly error?: never;
  readonly metadata: IntegrationCallMetadata;
}

export interface IntegrationCallFailure {
  readonly success: false;
  readonly data?: never;
  readonly error: IntegrationCallError;
  readonly metadata: IntegrationCallMetadata;
}

/** Outcome of a guarded call. Check `success` to get at `data` or `error`. */
export type IntegrationCallResult<T> = IntegrationCallSuccess<T> | IntegrationCallFailure;

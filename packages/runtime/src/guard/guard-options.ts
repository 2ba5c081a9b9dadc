import type { GuardClock } from '../clock.ts';
import type { TransportResolver } from '../context/transport-resolver.ts';
import type { CallPolicy } from '../policies/call-policy.ts';
import type { RateLimiter } from '../policies/rate-limiter.ts';
import type { IntegrationTelemetryEmitter } from '../telemetry/telemetry-event.ts';
import type { GuardState } from './guard-state.ts';
import type { SecretAccessCheck } from './secret-access.ts';

/** Settings of a guard; each has a default. */
export interface IntegrationCallGuardOptions {
  readonly telemetry?: IntegrationTelemetryEmitter;
  /** Executor starts at most, the first included. Default 3. Short for `policy.maxAttempts`. */
  readonly maxAttempts?: number;
  /** Upper bound in milliseconds of the wait before the second attempt. Default 250. Short for `policy.backoff.baseMs`. */
  readonly backoffMs?: number;
  /** Asked after every failed attempt. Default: the error has a truthy `retryable`. A throw counts as no. */
  readonly shouldRetry?: (error: unknown, attempt: number) => boolean;
  /** Waits between attempts. Default: a timer of `clock` that ends with the call. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Current time for records. Default: `clock.now`. */
  readonly now?: () => Date;
  /** How calls are protected. */
  readonly policy?: CallPolicy;
  /** Deviations for single integrations, by their key. */
  readonly policies?: Readonly<Record<string, CallPolicy>>;
  /** Default: counts in memory, per guard. */
  readonly rateLimiter?: RateLimiter;
  /** Breakers, bulkheads and budgets. Share one between the guards of a process. Default: one of its own. */
  readonly state?: GuardState;
  readonly clock?: GuardClock;
  /** Draws from [0, 1) for jitter. Default `Math.random`. */
  readonly random?: () => number;
  /** Whether tenants' own connections may use backends that hold the host's secrets, such as the environment. Default false. */
  readonly allowHostSecretsForByok?: boolean;
  /** Says which connection may read which reference, on top of what is always checked. */
  readonly secretAccess?: SecretAccessCheck;
  readonly transportResolver?: TransportResolver;
  /** Told when a telemetry sink or a shared rate limiter fails; neither failure reaches a call. */
  readonly onTelemetryError?: (error: unknown) => void;
}

/** Settings of one call. */
export interface GuardedCallOptions {
  /** Aborting ends the call with code `ABORTED`. */
  readonly signal?: AbortSignal;
  /** Key for the executor's `idempotencyKey`. Default: a new UUID per call. */
  readonly idempotencyKey?: string;
  /**
   * Whether a failed attempt may be repeated: `none` repeats only what certainly never left. Default `keyed`: the
   * executor sends the idempotency key, or the operation is harmless to repeat.
   */
  readonly idempotency?: 'safe' | 'idempotent' | 'keyed' | 'none';
  /** Workflow and feature that the call is made for; needed where the binding's scope names some. */
  readonly workflow?: string;
  readonly feature?: string;
  readonly policy?: CallPolicy;
}

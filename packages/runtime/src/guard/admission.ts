import type { Bulkhead } from '../policies/bulkhead.ts';
import type { CircuitBreaker } from '../policies/circuit-breaker.ts';
import type { EffectivePolicy } from '../policies/call-policy.ts';
import type { RateLimitDecision } from '../policies/rate-limiter.ts';
import type { CallEnvironment } from './call-environment.ts';
import { type CallFailure, callFailure } from './failure.ts';
import type { ConnectionState } from './guard-state.ts';
import { INTERRUPTED, type InterruptionWatch } from './interruption.ts';

/** What admission needs to know of a call. */
export interface AdmissionRequest {
  readonly env: CallEnvironment;
  readonly policy: EffectivePolicy;
  readonly state: ConnectionState;
  readonly breaker: CircuitBreaker | undefined;
  readonly bulkhead: Bulkhead | undefined;
  readonly watch: InterruptionWatch;
}

/** Refused, or cut short (`INTERRUPTED`), or admitted (undefined). */
export type AdmissionOutcome = CallFailure | typeof INTERRUPTED | undefined;

/**
 * Lets a call in, at once where nothing has to be waited for: past an open circuit, through the rate limit, into the
 * bulkhead. A call that was let in holds a place there until `leave`.
 */
export function admit(request: AdmissionRequest, nowMs: number): AdmissionOutcome | Promise<AdmissionOutcome> {
  const refused = refuseIfOpen(request, nowMs);
  if (refused !== undefined) return refused;
  const limited = takeRateLimit(request, nowMs);
  if (limited instanceof Promise) return limited.then((outcome) => outcome ?? enterBulkhead(request));
  return limited ?? enterBulkhead(request);
}

/** Gives the place in the bulkhead back. */
export function leave({ bulkhead }: AdmissionRequest): void {
  bulkhead?.release();
}

/** Refuses a call at once while the circuit is open, before it queues for anything. */
function refuseIfOpen({ breaker, state }: AdmissionRequest, nowMs: number): CallFailure | undefined {
  const refusalMs = breaker?.refusalMs(nowMs) ?? 0;
  return refusalMs > 0 ? circuitOpen(state, refusalMs) : undefined;
}

/** The failure of a call that the breaker refused. */
export function circuitOpen(state: ConnectionState, retryAfterMs: number): CallFailure {
  const waitS = Math.ceil(retryAfterMs / 1_000);
  return callFailure(
    'CIRCUIT_OPEN',
    `Connection "${state.connectionId}" failed too often and is left alone for another ${waitS} s`,
    { stopReason: 'circuit', retryable: true, retryAfterMs },
  );
}

/** Takes one request out of the rate limit; waits for it if that is within the policy. Answers at once if it can. */
export function takeRateLimit(request: AdmissionRequest, nowMs: number): AdmissionOutcome | Promise<AdmissionOutcome> {
  const { env, policy, state } = request;
  if (policy.rateLimitRules === false) return undefined;
  let decision: RateLimitDecision | Promise<RateLimitDecision>;
  try {
    decision = env.rateLimiter.acquire(state.key, policy.rateLimitRules, nowMs);
  } catch (error) {
    env.telemetry.report(error);
    return undefined;
  }
  if (!('then' in decision) && decision.retryAfterMs <= 0) return undefined;
  return waitForRateLimit(request, decision);
}

async function waitForRateLimit(
  request: AdmissionRequest,
  first: RateLimitDecision | Promise<RateLimitDecision>,
): Promise<AdmissionOutcome> {
  const { env, policy, state, watch } = request;
  const rules = policy.rateLimitRules || [];
  let pending = first;
  for (;;) {
    let decision: RateLimitDecision | typeof INTERRUPTED;
    try {
      decision = await watch.race(Promise.resolve(pending));
    } catch (error) {
      env.telemetry.report(error);
      return undefined;
    }
    if (decision === INTERRUPTED) return INTERRUPTED;
    const { retryAfterMs } = decision;
    if (!(retryAfterMs > 0)) return undefined;
    if (retryAfterMs > policy.maxRetryAfterMs || retryAfterMs >= watch.remainingMs(env.clock.monotonicMs())) {
      return callFailure(
        'RATE_LIMITED',
        `Connection "${state.connectionId}" has used up its rate limit for another ${Math.ceil(retryAfterMs)} ms`,
        { retryable: true, retryAfterMs },
      );
    }
    if (!(await watch.sleep(retryAfterMs))) return INTERRUPTED;
    try {
      pending = env.rateLimiter.acquire(state.key, rules, env.clock.monotonicMs());
    } catch (error) {
      env.telemetry.report(error);
      return undefined;
    }
  }
}

/** Takes a place in the bulkhead; queues for it if need be. Answers at once if it can. */
function enterBulkhead(request: AdmissionRequest): AdmissionOutcome | Promise<AdmissionOutcome> {
  const { bulkhead, state, watch } = request;
  if (bulkhead === undefined || bulkhead.tryEnter()) return undefined;
  const ticket = bulkhead.enqueue();
  if (ticket === undefined) {
    return callFailure(
      'BULKHEAD_FULL',
      `Connection "${state.connectionId}" has ${bulkhead.running} calls running and ${bulkhead.queued} waiting`,
      { retryable: true },
    );
  }
  return watch.race(ticket.admitted).then((outcome) => {
    if (outcome !== INTERRUPTED) return undefined;
    ticket.cancel();
    return INTERRUPTED;
  });
}

import type { ResolvedIntegration } from '@mortise/core';
import type { IntegrationRequestContext } from '../context/request-context.ts';
import { GuardOptionsError } from '../policies/call-policy.ts';
import type { CallEnvironment } from './call-environment.ts';
import type { CallRequest } from './call-request.ts';
import type { IntegrationCallMetadata, IntegrationCallResult } from './call-result.ts';
import { attemptEvent, callEvent } from './call-telemetry.ts';
import { type CallFailure, callFailure } from './failure.ts';

/** How a call ended: with data, or with a failure. */
export type CallOutcome<T> = { readonly data: T } | CallFailure;

/** What is known of a call when it ends. */
export interface EndedCall {
  readonly call: CallRequest<unknown>;
  readonly integration: ResolvedIntegration | undefined;
  readonly attempts: number;
  readonly latencyMs: number;
  /** Absent for a call that was refused before its request was thought of. */
  readonly request?: IntegrationRequestContext;
  readonly credentialVersion?: string | undefined;
  /** When the last attempt was reported, so that the call is not dated again. */
  readonly reportedAt?: Date | undefined;
}

/** Makes the result of a call and reports it. */
export function finishCall<T>(
  env: CallEnvironment,
  ended: EndedCall,
  outcome: CallOutcome<T>,
): IntegrationCallResult<T> {
  const { integration } = ended;
  const isSuccess = 'data' in outcome;
  const metadata: IntegrationCallMetadata = {
    latencyMs: ended.latencyMs,
    connectionId: integration?.connection.meta.id ?? 'unknown',
    ownershipMode: integration?.connection.ownershipMode ?? 'managed',
    attempts: ended.attempts,
    stopReason: isSuccess ? 'succeeded' : outcome.stopReason,
  };
  const result: IntegrationCallResult<T> = isSuccess
    ? { success: true, data: outcome.data, metadata }
    : { success: false, error: outcome.error, metadata };
  try {
    report(env, ended, result);
  } catch (error) {
    // Only telemetry asks for parts that the host injected (a transport resolver): the result stands.
    env.telemetry.report(error);
  }
  return result;
}

function report(env: CallEnvironment, ended: EndedCall, { metadata, error }: IntegrationCallResult<unknown>): void {
  const { telemetry, now } = env;
  const { call, integration } = ended;
  if (integration !== undefined && metadata.attempts === 0 && telemetry.wantsAttempts) {
    const attempt = { attempt: 0, durationMs: metadata.latencyMs, willRetry: false, error };
    telemetry.attempt(attemptEvent(call, integration, now(), attempt));
  }
  if (telemetry.wantsCalls) telemetry.call(callEvent(ended, ended.reportedAt ?? now(), metadata, error));
}

export function slotNotBound({ slotId, config }: Pick<CallRequest<unknown>, 'slotId' | 'config'>): CallFailure {
  return callFailure('SLOT_NOT_BOUND', `Slot "${slotId}" is not bound to a connection for tenant "${config.tenantId}"`);
}

/** The failure of a call in which a part that the host injected threw. */
export function internalFailure(error: unknown, operation: string, redactedMessage: string): CallFailure {
  const code = GuardOptionsError.is(error) && error.code === 'INVALID_OPTIONS' ? 'INVALID_OPTIONS' : 'UNKNOWN_ERROR';
  return callFailure(code, `The guard of call "${operation}" failed: ${redactedMessage}`, { cause: error });
}

import {
  type CapabilityRef,
  providesCapability,
  type ResolvedAppConfig,
  type ResolvedIntegration,
} from '@mortise/core';
import { MeetingRecorderGuardError, type MeetingRecorderGuardErrorCode } from './meeting-recorder-guard-error.ts';

/** Slot that is looked at unless another is named. */
export const PRIMARY_MEETING_RECORDER_SLOT = 'primaryMeetingRecorder';

export interface MeetingRecorderGuardOptions {
  /** Default `primaryMeetingRecorder`. */
  readonly slotId?: string;
  /** What the integration must provide, such as `meeting-recorder.transcripts.read`. Default nothing in particular. */
  readonly capabilities?: readonly CapabilityRef[];
}

/** Outcome of `ensurePrimaryMeetingRecorderIntegration`. The integration is there whenever the slot is bound. */
export type MeetingRecorderGuardResult =
  | { readonly ok: true; readonly integration: ResolvedIntegration }
  | {
      readonly ok: false;
      readonly integration?: ResolvedIntegration;
      readonly code: MeetingRecorderGuardErrorCode;
      /** For people; match on `code`. */
      readonly error: string;
    };

/**
 * Whether an application has a meeting recorder that it can use: bound, of the right kind and tenant, and not known to be
 * broken. A connection that was never checked (`unknown`) may be used, as the call guard has it. Never throws.
 */
export function ensurePrimaryMeetingRecorderIntegration(
  config: Pick<ResolvedAppConfig, 'tenantId' | 'integrations'>,
  options: MeetingRecorderGuardOptions = {},
): MeetingRecorderGuardResult {
  const { slotId = PRIMARY_MEETING_RECORDER_SLOT, capabilities = [] } = options;
  const integration = config.integrations.find(({ slot }) => slot.slotId === slotId);
  if (integration === undefined) {
    return { ok: false, code: 'NOT_BOUND', error: `Slot "${slotId}" is not bound to a connection` };
  }
  const { spec, connection } = integration;
  const refuse = (code: MeetingRecorderGuardErrorCode, error: string): MeetingRecorderGuardResult => ({
    ok: false,
    integration,
    code,
    error: `Slot "${slotId}" ${error}`,
  });
  if (spec.meta.category !== 'meeting-recorder') {
    return refuse('WRONG_CATEGORY', `must bind a meeting-recorder integration, got category "${spec.meta.category}"`);
  }
  if (connection.meta.tenantId !== config.tenantId) {
    return refuse('TENANT_MISMATCH', 'is bound to a connection of another tenant');
  }
  const missing = capabilities.find((wanted) => !providesCapability(spec.capabilities.provides, wanted));
  if (missing !== undefined) {
    return refuse('MISSING_CAPABILITY', `needs "${missing.key}" ${missing.version}, which "${spec.meta.key}" lacks`);
  }
  if (connection.status === 'error' || connection.status === 'disconnected') {
    return refuse('NOT_CONNECTED', `is bound to a connection in status "${connection.status}"`);
  }
  return { ok: true, integration };
}

/**
 * The integration of an application's meeting recorder.
 *
 * @throws {MeetingRecorderGuardError} There is none that can be used; `code` says why.
 */
export function assertPrimaryMeetingRecorderReady(
  config: Pick<ResolvedAppConfig, 'tenantId' | 'integrations'>,
  options: MeetingRecorderGuardOptions = {},
): ResolvedIntegration {
  const result = ensurePrimaryMeetingRecorderIntegration(config, options);
  if (result.ok) return result.integration;
  throw new MeetingRecorderGuardError({ code: result.code, message: result.error });
}

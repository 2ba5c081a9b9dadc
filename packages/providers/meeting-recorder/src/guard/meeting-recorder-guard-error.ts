import { MortiseError, type MortiseErrorOptions } from '@mortise/core';

/**
 * - `NOT_BOUND`: the slot has no connection.
 * - `WRONG_CATEGORY`: it has one of another kind of integration.
 * - `MISSING_CAPABILITY`: the integration does not provide what is needed.
 * - `TENANT_MISMATCH`: the connection belongs to another tenant.
 * - `NOT_CONNECTED`: its status is `error` or `disconnected`.
 */
export type MeetingRecorderGuardErrorCode =
  | 'NOT_BOUND'
  | 'WRONG_CATEGORY'
  | 'MISSING_CAPABILITY'
  | 'TENANT_MISMATCH'
  | 'NOT_CONNECTED';

const MARKER = Symbol.for('@mortise/meeting-recorder-guard-error');

/** An application has no meeting recorder that it can use. */
export class MeetingRecorderGuardError extends MortiseError<MeetingRecorderGuardErrorCode> {
  constructor(options: MortiseErrorOptions<MeetingRecorderGuardErrorCode>) {
    super(options);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `MeetingRecorderGuardError`, whichever copy of the package made it. */
  static override is(value: unknown): value is MeetingRecorderGuardError {
    return MortiseError.is(value) && MARKER in value;
  }
}

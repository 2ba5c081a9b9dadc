import { MortiseError, type MortiseErrorOptions } from '@mortise/core';

export type HealthTimeErrorCode =
  /** Text that is no instant with an offset. */
  | 'INVALID_INSTANT'
  /** Text that is no local time without an offset. */
  | 'INVALID_LOCAL_TIME'
  /** A local time that the zone's clocks skipped. */
  | 'LOCAL_TIME_SKIPPED'
  /** A local time that the zone's clocks showed twice. */
  | 'LOCAL_TIME_AMBIGUOUS'
  /** A zone that this runtime does not know. */
  | 'UNKNOWN_ZONE'
  /** An end before its start. */
  | 'NEGATIVE_DURATION';

const MARKER = Symbol.for('@mortise/health-time-error');

/** A time that cannot be worked with. The message never holds the text that was given. */
export class HealthTimeError extends MortiseError<HealthTimeErrorCode> {
  constructor(options: MortiseErrorOptions<HealthTimeErrorCode>) {
    super(options);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `HealthTimeError`, whichever copy of the package made it. */
  static override is(value: unknown): value is HealthTimeError {
    return MortiseError.is(value) && MARKER in value;
  }
}

/** Makes the error of a time that cannot be worked with. */
export function timeError(code: HealthTimeErrorCode, message: string): HealthTimeError {
  return new HealthTimeError({ code, message });
}

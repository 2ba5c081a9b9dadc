import { MortiseError } from '@mortise/core';

/** Why a tenant's health integration cannot be used. */
export type HealthGuardCode =
  /** Nothing is bound to the slot. */
  | 'SLOT_NOT_BOUND'
  /** What is bound is no health integration. */
  | 'WRONG_CATEGORY'
  /** The connection belongs to another tenant than the config. */
  | 'TENANT_MISMATCH'
  /** The integration does not provide a capability that was asked for. */
  | 'CAPABILITY_MISSING'
  /** The connection is disconnected or in error. */
  | 'CONNECTION_NOT_READY'
  /** Nobody has checked the connection yet. */
  | 'CONNECTION_UNCHECKED';

const MARKER = Symbol.for('@mortise/health-guard-error');

/** A tenant's health integration cannot be used. */
export class HealthGuardError extends MortiseError<HealthGuardCode> {
  readonly slotId: string;

  constructor(code: HealthGuardCode, message: string, slotId: string) {
    super({ code, message });
    this.slotId = slotId;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `HealthGuardError`, whichever copy of the package made it. */
  static override is(value: unknown): value is HealthGuardError {
    return MortiseError.is(value) && MARKER in value;
  }
}

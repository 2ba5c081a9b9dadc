import { MortiseError, type MortiseErrorOptions } from '@mortise/core';

/** Why a slot cannot be used for open banking. */
export type OpenBankingGuardCode =
  | 'SLOT_NOT_BOUND'
  | 'WRONG_CATEGORY'
  | 'WRONG_TENANT'
  | 'CAPABILITY_MISSING'
  | 'CONNECTION_NOT_WORKING'
  | 'CONNECTION_NOT_CHECKED';

const MARKER = Symbol.for('@mortise/openbanking-guard-error');

/** What `assertPrimaryOpenBankingReady` throws. */
export class OpenBankingGuardError extends MortiseError<OpenBankingGuardCode> {
  constructor(options: MortiseErrorOptions<OpenBankingGuardCode>) {
    super(options);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `OpenBankingGuardError`, whichever copy of the package made it. */
  static override is(value: unknown): value is OpenBankingGuardError {
    return MortiseError.is(value) && MARKER in value;
  }
}

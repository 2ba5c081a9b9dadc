import { MortiseError } from '@mortise/core';

/** Why a slot cannot be used for open banking. */
export type OpenBankingGuardCode =
  | 'SLOT_NOT_BOUND'
  | 'WRONG_CATEGORY'
  | 'WRONG_TENANT'
  | 'CAPABILITY_MISSING'
  | 'CONNECTION_NOT_WORKING'
  | 'CONNECTION_NOT_CHECKED';

/** What `assertPrimaryOpenBankingReady` throws. */
export class OpenBankingGuardError extends MortiseError<OpenBankingGuardCode> {}

import { MortiseError } from '@mortise/core';

/** An amount that is no money, or amounts that cannot be brought together. */
export class MoneyError extends MortiseError<
  'INVALID_AMOUNT' | 'INVALID_CURRENCY' | 'CURRENCY_MISMATCH' | 'AMOUNT_NOT_EXACT'
> {}

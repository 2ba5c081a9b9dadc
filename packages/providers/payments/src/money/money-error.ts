import { MortiseError, type MortiseErrorOptions } from '@mortise/core';

export type MoneyErrorCode = 'INVALID_AMOUNT' | 'INVALID_CURRENCY' | 'CURRENCY_MISMATCH' | 'AMOUNT_NOT_EXACT';

const MARKER = Symbol.for('@mortise/money-error');

/** An amount that is no money, or amounts that cannot be brought together. */
export class MoneyError extends MortiseError<MoneyErrorCode> {
  constructor(options: MortiseErrorOptions<MoneyErrorCode>) {
    super(options);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `MoneyError`, whichever copy of the package made it. */
  static override is(value: unknown): value is MoneyError {
    return MortiseError.is(value) && MARKER in value;
  }
}

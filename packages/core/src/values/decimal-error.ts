import { MortiseError } from '../errors/mortise-error.ts';

/** A text that is not an exact decimal number, or one that does not fit where it should go without being rounded. */
export class DecimalError extends MortiseError<'INVALID_DECIMAL' | 'DECIMAL_NOT_EXACT'> {}

import { type DecimalString, negateDecimal, parseDecimal } from '@mortise/core';
import type { OpenBankingTransaction } from './transaction.ts';

/** Sign rule of a provider: what a negative amount means there. */
export type OpenBankingSignRule = 'negative-is-outflow' | 'positive-is-outflow';

/**
 * A provider's signed amount in the terms of this interface. The number is the float nearest to the decimal; the
 * decimal keeps every digit that the bank sent, trailing zeros included. Zero is a credit.
 *
 * @param signed Decimal text as it came, such as `"-12.30"`; read it from the JSON text where it is a JSON number.
 * @param rule Plaid writes outflows as positive; Powens, the Berlin Group and most others as negative.
 * @throws {DecimalError} `INVALID_DECIMAL`
 */
export function toTransactionAmount(
  signed: DecimalString,
  rule: OpenBankingSignRule = 'negative-is-outflow',
): { amount: number; amountDecimal: DecimalString; direction: OpenBankingTransaction['direction'] } {
  const value = parseDecimal(signed);
  const isNegative = value.startsWith('-');
  const amountDecimal = isNegative ? negateDecimal(value) : value;
  const isOutflow = rule === 'negative-is-outflow' ? isNegative : !isNegative && /[1-9]/.test(value);
  return { amount: Number(amountDecimal), amountDecimal, direction: isOutflow ? 'debit' : 'credit' };
}

/** The amount with the sign of most ledgers: negative where money leaves the account. Exact where the decimal is there. */
export function signedAmountOf(transaction: OpenBankingTransaction): DecimalString {
  const value = transaction.amountDecimal ?? parseDecimal(String(transaction.amount));
  return transaction.direction === 'debit' ? negateDecimal(value) : value;
}

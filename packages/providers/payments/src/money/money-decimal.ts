import { decimalFromMinorUnits, type DecimalString, minorUnitsFromDecimal } from '@mortise/core';
import { type CurrencyExponents, currencyExponent } from './currency-exponents.ts';
import { type Money, money, normalizeCurrency } from './money.ts';
import { MoneyError } from './money-error.ts';

/**
 * Money from decimal text: `"12.3"` EUR is 1230 cents. Nothing is rounded.
 *
 * @param exponents Exponents of the provider, such as `STRIPE_CURRENCY_EXPONENTS`.
 * @throws {MoneyError} `AMOUNT_NOT_EXACT`: more digits than the currency has, or too large; `INVALID_CURRENCY`
 * @throws {DecimalError} `INVALID_DECIMAL`: not the text of a number.
 */
export function moneyFromDecimal(text: DecimalString, currency: string, exponents?: CurrencyExponents): Money {
  const exponent = currencyExponent(currency, exponents);
  const units = exactUnits(text, exponent, currency);
  if (units >= BigInt(Number.MIN_SAFE_INTEGER) && units <= BigInt(Number.MAX_SAFE_INTEGER)) {
    return money(Number(units), currency);
  }
  throw new MoneyError({ code: 'AMOUNT_NOT_EXACT', message: 'The amount is too large to be held exactly' });
}

/**
 * Decimal text with as many digits after the point as the currency has: `"12.30"`.
 *
 * @throws {MoneyError} `INVALID_AMOUNT`, `INVALID_CURRENCY`
 */
export function moneyToDecimal(value: Money, exponents?: CurrencyExponents): DecimalString {
  const { amount, currency } = money(value.amount, value.currency);
  return decimalFromMinorUnits(amount, currencyExponent(currency, exponents));
}

/**
 * The same money in the units of a provider that counts otherwise, or back: ISK 500 is 50000 units at Stripe.
 *
 * @throws {MoneyError} `AMOUNT_NOT_EXACT`: it does not go into whole units there.
 */
export function convertMinorUnits(value: Money, from: CurrencyExponents, to: CurrencyExponents): Money {
  return moneyFromDecimal(moneyToDecimal(value, from), value.currency, to);
}

function exactUnits(text: DecimalString, exponent: number, currency: string): bigint {
  try {
    return minorUnitsFromDecimal(text, exponent);
  } catch (cause) {
    const isTooExact = cause instanceof Error && Reflect.get(cause, 'code') === 'DECIMAL_NOT_EXACT';
    if (!isTooExact) throw cause;
    const message = `${normalizeCurrency(currency)} has ${exponent} digits after the point; round the amount before`;
    throw new MoneyError({ code: 'AMOUNT_NOT_EXACT', message, cause });
  }
}

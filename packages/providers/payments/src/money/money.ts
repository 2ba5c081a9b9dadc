import { type Static, Type } from '@mortise/core/schema';
import { MoneyError } from './money-error.ts';

/** Shape of `Money`, for whatever crosses a process. */
export const MoneySchema = Type.Object(
  {
    amount: Type.Integer({
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "Whole number of the currency's smallest unit: 1230 is EUR 12.30, JPY 1230 and KWD 1.230",
    }),
    currency: Type.String({ pattern: '^[A-Za-z]{3}$', description: 'ISO 4217 code; compared without regard to case' }),
  },
  { title: 'Money' },
);

/** An exact amount: whole minor units of a currency. Never a fraction, never beyond what a safe integer holds. */
export type Money = Static<typeof MoneySchema>;

/**
 * Money that can be relied on, its currency in upper case.
 *
 * @throws {MoneyError} `INVALID_AMOUNT`: not a safe integer; `INVALID_CURRENCY`: not three letters.
 */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) {
    const message = 'Expected an amount in minor units as a safe integer, such as 1230 for EUR 12.30';
    throw new MoneyError({ code: 'INVALID_AMOUNT', message });
  }
  // Minus zero is zero.
  return { amount: amount + 0 === 0 ? 0 : amount, currency: normalizeCurrency(currency) };
}

/**
 * The currency in upper case.
 *
 * @throws {MoneyError} `INVALID_CURRENCY`
 */
export function normalizeCurrency(currency: string): string {
  if (/^[A-Za-z]{3}$/.test(currency)) return currency.toUpperCase();
  const message = `Expected a currency of three letters (ISO 4217), got text of ${currency.length} characters`;
  throw new MoneyError({ code: 'INVALID_CURRENCY', message });
}

import { type Money, money } from './money.ts';
import { MoneyError } from './money-error.ts';

/**
 * The exact sum.
 *
 * @throws {MoneyError} `CURRENCY_MISMATCH`; `INVALID_AMOUNT` when the sum is not a safe integer.
 */
export function addMoney(left: Money, right: Money): Money {
  const [one, other] = sameCurrency(left, right);
  return money(one.amount + other.amount, one.currency);
}

/**
 * The exact difference.
 *
 * @throws {MoneyError} `CURRENCY_MISMATCH`; `INVALID_AMOUNT` when the difference is not a safe integer.
 */
export function subtractMoney(left: Money, right: Money): Money {
  const [one, other] = sameCurrency(left, right);
  return money(one.amount - other.amount, one.currency);
}

/**
 * Fits `Array.sort`.
 *
 * @throws {MoneyError} `CURRENCY_MISMATCH`: amounts of two currencies have no order.
 */
export function compareMoney(left: Money, right: Money): -1 | 0 | 1 {
  const [one, other] = sameCurrency(left, right);
  if (one.amount === other.amount) return 0;
  return one.amount < other.amount ? -1 : 1;
}

/**
 * Splits an amount by weights so that the parts sum to it exactly; what cannot be divided goes, unit by unit, to the
 * largest remainders, the first of equals first. No part differs from its exact share by a unit or more.
 *
 * @param weights Whole numbers of at least 0, not all 0.
 * @throws {MoneyError} `INVALID_AMOUNT`: weights that are none.
 */
export function allocateMoney(value: Money, weights: readonly number[]): Money[] {
  const { amount, currency } = money(value.amount, value.currency);
  const total = weights.reduce((sum, weight) => sum + (Number.isSafeInteger(weight) && weight >= 0 ? weight : NaN), 0);
  if (!Number.isSafeInteger(total) || total === 0) {
    const message = 'Expected weights that are whole numbers of at least 0, not all of them 0';
    throw new MoneyError({ code: 'INVALID_AMOUNT', message });
  }
  const sign = amount < 0 ? -1n : 1n;
  const units = BigInt(amount) * sign;
  const shares = weights.map((weight, index) => {
    const product = units * BigInt(weight);
    return { index, whole: product / BigInt(total), rest: product % BigInt(total) };
  });
  let left = units - shares.reduce((sum, { whole }) => sum + whole, 0n);
  const byRest = [...shares].sort((one, other) =>
    one.rest === other.rest ? one.index - other.index : one.rest > other.rest ? -1 : 1,
  );
  for (const share of byRest) {
    if (left === 0n) break;
    share.whole += 1n;
    left -= 1n;
  }
  return shares.map(({ whole }) => money(Number(whole * sign), currency));
}

function sameCurrency(left: Money, right: Money): [Money, Money] {
  const one = money(left.amount, left.currency);
  const other = money(right.amount, right.currency);
  if (one.currency === other.currency) return [one, other];
  const message = `Expected two amounts of one currency, got ${one.currency} and ${other.currency}`;
  throw new MoneyError({ code: 'CURRENCY_MISMATCH', message });
}

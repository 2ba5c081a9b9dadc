import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent, STRIPE_CURRENCY_EXPONENTS } from './currency-exponents.ts';
import { MortiseError } from '@mortise/core';
import { type Money, money } from './money.ts';
import { convertMinorUnits, moneyFromDecimal, moneyToDecimal } from './money-decimal.ts';
import { MoneyError } from './money-error.ts';
import { addMoney, allocateMoney, compareMoney, subtractMoney } from './money-math.ts';

const currencies = fc.constantFrom('JPY', 'EUR', 'KWD', 'ISK', 'CLF');
/** Small enough for sums of a few to be exact. */
const amounts = fc.maxSafeInteger().map((amount) => Math.trunc(amount / 8));
const coded = (code: string) => expect.objectContaining({ code });

describe('money', () => {
  it.each([[1.5], [Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53], [-(2 ** 53)]])('is never %d', (amount) => {
    expect(() => money(amount, 'EUR')).toThrow(coded('INVALID_AMOUNT'));
  });

  it.each([['EURO'], ['€'], [''], ['E1R']])('has no currency %j', (currency) => {
    expect(() => money(1, currency)).toThrow(coded('INVALID_CURRENCY'));
  });

  it('has its currency in upper case and no minus zero', () => {
    expect(money(-0, 'eur')).toEqual({ amount: 0, currency: 'EUR' });
  });
});

describe('MoneyError', () => {
  it('is told from other errors, those of the library included', () => {
    expect(MoneyError.is(new MoneyError({ code: 'INVALID_AMOUNT', message: 'no money' }))).toBe(true);
    for (const other of [new MortiseError({ code: 'OTHER', message: 'other' }), new Error('other'), null, 'text']) {
      expect(MoneyError.is(other)).toBe(false);
    }
  });
});

describe('decimal text', () => {
  it.each([
    ['12.3', 'EUR', 1230, '12.30'],
    ['12', 'JPY', 12, '12'],
    ['1.005', 'KWD', 1005, '1.005'],
    ['-0.01', 'USD', -1, '-0.01'],
    ['1999.00', 'HUF', 199_900, '1999.00'],
  ])('%s %s is %d units', (text, currency, amount, canonical) => {
    expect(moneyFromDecimal(text, currency)).toEqual({ amount, currency });
    expect(moneyToDecimal({ amount, currency })).toBe(canonical);
  });

  it.each([
    ['0.5', 'JPY'],
    ['0.001', 'EUR'],
    ['90071992547409.92', 'EUR'],
  ])('refuses %s %s rather than rounding it', (text, currency) => {
    expect(() => moneyFromDecimal(text, currency)).toThrow(coded('AMOUNT_NOT_EXACT'));
  });

  it('refuses what is no number', () => {
    expect(() => moneyFromDecimal('12,30', 'EUR')).toThrow(coded('INVALID_DECIMAL'));
  });

  it('goes there and back for every amount and currency', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currencies, (amount, currency) => {
        const value = money(amount, currency);
        expect(moneyFromDecimal(moneyToDecimal(value), currency)).toEqual(value);
      }),
    );
  });
});

describe('units of a provider', () => {
  it('knows what Stripe counts otherwise than ISO 4217', () => {
    expect([currencyExponent('isk'), currencyExponent('isk', STRIPE_CURRENCY_EXPONENTS)]).toEqual([0, 2]);
    expect([currencyExponent('MGA'), currencyExponent('MGA', STRIPE_CURRENCY_EXPONENTS)]).toEqual([2, 0]);
    expect(convertMinorUnits(money(500, 'ISK'), {}, STRIPE_CURRENCY_EXPONENTS)).toEqual(money(50_000, 'ISK'));
    expect(convertMinorUnits(money(50_000, 'ISK'), STRIPE_CURRENCY_EXPONENTS, {})).toEqual(money(500, 'ISK'));
  });

  it('refuses parts that the other side does not have', () => {
    expect(() => convertMinorUnits(money(50_050, 'ISK'), STRIPE_CURRENCY_EXPONENTS, {})).toThrow(
      coded('AMOUNT_NOT_EXACT'),
    );
  });

  it('is not led astray by names that every object has', () => {
    expect(currencyExponent('EUR', JSON.parse('{"__proto__": {"EUR": 7}}'))).toBe(2);
  });
});

describe('arithmetic', () => {
  it('adds, subtracts and compares exactly', () => {
    fc.assert(
      fc.property(amounts, amounts, (one, other) => {
        const [left, right] = [money(one, 'EUR'), money(other, 'eur')];
        expect(subtractMoney(addMoney(left, right), right)).toEqual(left);
        expect(addMoney(left, right)).toEqual(addMoney(right, left));
        expect(compareMoney(left, right)).toBe(Math.sign(one - other) + 0);
      }),
    );
  });

  it('does not bring two currencies together, nor go beyond what is exact', () => {
    const [eur, usd] = [money(1, 'EUR'), money(1, 'USD')];
    for (const work of [addMoney, subtractMoney, compareMoney]) {
      expect(() => work(eur, usd)).toThrow(coded('CURRENCY_MISMATCH'));
    }
    expect(() => addMoney(money(Number.MAX_SAFE_INTEGER, 'EUR'), eur)).toThrow(coded('INVALID_AMOUNT'));
  });

  it('splits so that nothing is lost and nobody gets a unit more or less than the share', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 8 })
      .filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(fc.maxSafeInteger(), weights, (amount, list) => {
        const total = BigInt(list.reduce((sum, weight) => sum + weight, 0));
        const parts = allocateMoney(money(amount, 'EUR'), list);
        expect(parts.reduce((sum, part) => sum + BigInt(part.amount), 0n)).toBe(BigInt(amount));
        for (const [index, part] of parts.entries()) {
          const off = BigInt(part.amount) * total - BigInt(amount) * BigInt(list[index] ?? 0);
          expect(off > -total && off < total).toBe(true);
        }
      }),
    );
  });

  it.each<[number, number[], number[]]>([
    [100, [1, 1, 1], [34, 33, 33]],
    [5, [3, 7], [2, 3]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [1, [0, 0, 1], [0, 0, 1]],
  ])('splits %d by %j into %j', (amount, weights, expected) => {
    expect(allocateMoney({ amount, currency: 'EUR' }, weights).map((part: Money) => part.amount)).toEqual(expected);
  });

  it.each([[[]], [[0]], [[-1, 2]], [[0.5]], [[Number.NaN]]])('refuses the weights %j', (weights) => {
    expect(() => allocateMoney(money(1, 'EUR'), weights)).toThrow(coded('INVALID_AMOUNT'));
  });
});

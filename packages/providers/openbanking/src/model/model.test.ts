import { decimalFromMinorUnits } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIban, maskIban, normalizeIban } from './iban.ts';
import { toDateOnly } from './to-date-only.ts';
import { signedAmountOf, toTransactionAmount } from './transaction-amount.ts';
import { OpenBankingTransactionSchema } from './transaction.ts';

const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.constantFrom(0, 2, 3))
  .map(([units, exponent]) => decimalFromMinorUnits(units, exponent));

const TRANSACTION = {
  id: 'tx-1',
  externalId: 'tx-1',
  tenantId: 'tenant-1',
  accountId: 'acc-1',
  connectionId: 'connection-1',
  currency: 'EUR',
} as const;

describe('amounts of transactions', () => {
  it.each([
    ['-12.30', 'negative-is-outflow', { amount: 12.3, amountDecimal: '12.30', direction: 'debit' }],
    ['12.30', 'negative-is-outflow', { amount: 12.3, amountDecimal: '12.30', direction: 'credit' }],
    ['12.30', 'positive-is-outflow', { amount: 12.3, amountDecimal: '12.30', direction: 'debit' }],
    ['-12.30', 'positive-is-outflow', { amount: 12.3, amountDecimal: '12.30', direction: 'credit' }],
    ['0.00', 'negative-is-outflow', { amount: 0, amountDecimal: '0.00', direction: 'credit' }],
    ['0.00', 'positive-is-outflow', { amount: 0, amountDecimal: '0.00', direction: 'credit' }],
    ['-1500', 'negative-is-outflow', { amount: 1500, amountDecimal: '1500', direction: 'debit' }],
    ['-1.005', 'negative-is-outflow', { amount: 1.005, amountDecimal: '1.005', direction: 'debit' }],
  ] as const)('reads %s where %s', (signed, rule, expected) => {
    expect(toTransactionAmount(signed, rule)).toEqual(expected);
  });

  it('go there and back without losing a digit, for currencies of 0, 2 and 3 digits and whatever size', () => {
    fc.assert(
      fc.property(amounts, (signed) => {
        const amount = toTransactionAmount(signed);
        expect(amount.amount).toBeGreaterThanOrEqual(0);
        expect(signedAmountOf({ ...TRANSACTION, ...amount })).toBe(signed);
      }),
    );
  });

  it('mean the same under either rule when the sign is turned round', () => {
    fc.assert(
      fc.property(amounts, (signed) => {
        const turned = signed.startsWith('-') ? signed.slice(1) : /[1-9]/.test(signed) ? `-${signed}` : signed;
        expect(toTransactionAmount(turned, 'positive-is-outflow')).toEqual(toTransactionAmount(signed));
      }),
    );
  });

  it('take the float where a provider of the first interface gives no decimal', () => {
    expect(signedAmountOf({ ...TRANSACTION, amount: 12.5, direction: 'debit' })).toBe('-12.5');
  });

  it('refuse what is no number', () => {
    expect(() => toTransactionAmount('12,30')).toThrow(expect.objectContaining({ code: 'INVALID_DECIMAL' }));
  });

  it('are refused by the schema when they are negative', () => {
    const of = (amount: number): unknown => ({ ...TRANSACTION, amount, direction: 'debit' });
    expect(validateAgainstSchema(OpenBankingTransactionSchema, of(1)).valid).toBe(true);
    expect(validateAgainstSchema(OpenBankingTransactionSchema, of(-1)).valid).toBe(false);
  });
});

describe('IBANs', () => {
  it.each([['GB82 WEST 1234 5698 7654 32'], ['DE89370400440532013000'], ['fr1420041010050500013m02606']])(
    'accepts %s',
    (iban) => {
      expect(isIban(iban)).toBe(true);
    },
  );

  it.each([['GB82WEST12345698765433'], ['DE8937040044053201300'], ['not an iban'], ['']])('refuses %j', (iban) => {
    expect(isIban(iban)).toBe(false);
  });

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 21 }), fc.integer({ min: 1, max: 9 }), (place, shift) => {
        const iban = 'DE89370400440532013000';
        const digit = (Number(iban[place]) + shift) % 10;
        expect(isIban(`${iban.slice(0, place)}${digit}${iban.slice(place + 1)}`)).toBe(false);
      }),
    );
  });

  it('shows country and two characters of one, and nothing of what is none', () => {
    expect(maskIban('GB82 WEST 1234 5698 7654 32')).toBe('GB** **** 32');
    expect(maskIban('Jane Doe, 12 High Street')).toBe('****');
    expect(normalizeIban('gb82 west 1234')).toBe('GB82WEST1234');
  });
});

describe('days', () => {
  it.each([
    ['2026-03-29', '2026-03-29'],
    ['2026-03-29T00:00:00Z', '2026-03-29'],
    ['2026-03-29T01:00:00+02:00', '2026-03-28'],
    [new Date('2026-03-29T00:00:00Z'), '2026-03-29'],
  ])('reads %s as %s', (value, expected) => {
    expect(toDateOnly(value)).toBe(expected);
  });

  it.each([['2026-02-30'], ['29.03.2026'], ['2026'], [''], [new Date(Number.NaN)]])('refuses %s', (value) => {
    expect(() => toDateOnly(value)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

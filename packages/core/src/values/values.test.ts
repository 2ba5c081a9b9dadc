import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDateOnly, parseDateOnly } from './date-only.ts';
import {
  addDecimals,
  compareDecimals,
  decimalFromMinorUnits,
  decimalFromNumber,
  formatDecimal,
  isDecimalString,
  minorUnitsFromDecimal,
  negateDecimal,
  parseDecimal,
} from './decimal.ts';
import { isOffset, isZoneId, offsetMinutes } from './time-zone.ts';

const exponents = fc.integer({ min: 0, max: 30 });
const amounts = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n });
const decimals = fc.tuple(amounts, exponents).map(([amount, exponent]) => decimalFromMinorUnits(amount, exponent));

describe('decimals', () => {
  it.each([
    ['12.30', '12.30'],
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['+07.50', '7.50'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1.5E-3', '0.0015'],
    ['-12.5e1', '-125'],
    ['00', '0'],
  ])('reads %j as %j', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected);
    expect(isDecimalString(text)).toBe(text === expected);
  });

  it.each([
    '',
    '.',
    '-',
    '1,5',
    '1_000',
    ' 1',
    '1 ',
    '0x10',
    'NaN',
    'Infinity',
    '1e',
    'e5',
    '--1',
    '1.2.3',
    '١',
    '1e9999',
  ])('refuses %j', (text) => {
    expect(() => parseDecimal(text)).toThrow(expect.objectContaining({ code: 'INVALID_DECIMAL' }));
    expect(isDecimalString(text)).toBe(false);
  });

  it('refuses very long text without working on it', () => {
    expect(() => parseDecimal('9'.repeat(1_000_000))).toThrow(expect.objectContaining({ code: 'INVALID_DECIMAL' }));
    expect(isDecimalString(12.3)).toBe(false);
  });

  it('never says in an error what the text was', () => {
    expect(() => parseDecimal('secret-value')).toThrow(/^(?!.*secret-value)/);
  });

  it('goes to minor units and back', () => {
    fc.assert(
      fc.property(amounts, exponents, (amount, exponent) => {
        const text = decimalFromMinorUnits(amount, exponent);
        expect(isDecimalString(text)).toBe(true);
        expect(minorUnitsFromDecimal(text, exponent)).toBe(amount);
      }),
    );
    expect(decimalFromMinorUnits(1230, 2)).toBe('12.30');
    expect(decimalFromMinorUnits(-5, 2)).toBe('-0.05');
    expect(decimalFromMinorUnits(700, 0)).toBe('700');
    expect(minorUnitsFromDecimal('12.3', 2)).toBe(1230n);
  });

  it('refuses minor units that are not exact', () => {
    for (const amount of [1.5, Number.NaN, 2 ** 53]) {
      expect(() => decimalFromMinorUnits(amount, 2)).toThrow(expect.objectContaining({ code: 'DECIMAL_NOT_EXACT' }));
    }
    for (const exponent of [-1, 0.5, Number.NaN, 1e9]) {
      expect(() => decimalFromMinorUnits(1, exponent)).toThrow(expect.objectContaining({ code: 'DECIMAL_NOT_EXACT' }));
    }
    expect(() => minorUnitsFromDecimal('0.001', 2)).toThrow(expect.objectContaining({ code: 'DECIMAL_NOT_EXACT' }));
    expect(minorUnitsFromDecimal('0.010', 2)).toBe(1n);
  });

  it('adds exactly, in any order and grouping', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3');
    expect(addDecimals('1', '-1.00')).toBe('0.00');
    fc.assert(
      fc.property(decimals, decimals, decimals, (one, other, third) => {
        expect(addDecimals(one, other)).toBe(addDecimals(other, one));
        expect(addDecimals(addDecimals(one, other), third)).toBe(addDecimals(one, addDecimals(other, third)));
        expect(compareDecimals(addDecimals(one, '0'), one)).toBe(0);
      }),
    );
  });

  it('negates so that the sum is zero', () => {
    expect(negateDecimal('0.00')).toBe('0.00');
    fc.assert(
      fc.property(decimals, (value) => {
        expect(negateDecimal(negateDecimal(value))).toBe(value);
        expect(compareDecimals(addDecimals(value, negateDecimal(value)), '0')).toBe(0);
      }),
    );
  });

  it('compares by value, as the same amounts in common units compare', () => {
    expect(compareDecimals('1.0', '1.00')).toBe(0);
    expect(compareDecimals('10', '9.99')).toBe(1);
    expect(compareDecimals('-10', '-9.99')).toBe(-1);
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        const difference = minorUnitsFromDecimal(left, 30) - minorUnitsFromDecimal(right, 30);
        expect(compareDecimals(left, right)).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
      }),
    );
  });

  it('writes a fixed number of digits and refuses to lose one', () => {
    expect(formatDecimal('12.3', 2)).toBe('12.30');
    expect(formatDecimal('12.300', 1)).toBe('12.3');
    expect(() => formatDecimal('12.345', 2)).toThrow(expect.objectContaining({ code: 'DECIMAL_NOT_EXACT' }));
  });

  it('reads floats as they print', () => {
    expect(decimalFromNumber(0.1)).toBe('0.1');
    expect(decimalFromNumber(1e21)).toBe('1000000000000000000000');
    expect(decimalFromNumber(-1.5e-7)).toBe('-0.00000015');
    expect(() => decimalFromNumber(Number.NaN)).toThrow(expect.objectContaining({ code: 'INVALID_DECIMAL' }));
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(decimalFromNumber(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('days', () => {
  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01'])('accepts %s', (text) => {
    expect(isDateOnly(text)).toBe(true);
  });

  it.each(['2023-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-1', '26-01-01'])(
    'refuses %s',
    (text) => {
      expect(isDateOnly(text)).toBe(false);
      expect(() => parseDateOnly(text)).toThrow(expect.objectContaining({ code: 'INVALID_DATE_ONLY' }));
    },
  );

  it.each(['2026-01-01T00:00:00Z', ' 2026-01-01', '2026-01-01\n', 20_260_101, null])('refuses %j', (value) => {
    expect(isDateOnly(value)).toBe(false);
  });

  it('agrees with the calendar on every day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseDateOnly(date.toISOString().slice(0, 10))).toEqual({
            year: date.getUTCFullYear(),
            month: date.getUTCMonth() + 1,
            day: date.getUTCDate(),
          });
        },
      ),
    );
  });
});

describe('zones and offsets', () => {
  it.each(['Europe/Paris', 'UTC', 'America/Argentina/Buenos_Aires'])('knows the zone %s', (zone) => {
    expect(isZoneId(zone)).toBe(true);
  });

  it.each(['Mars/Base', '+02:00', '', 'Europe', 1])('knows no zone %j', (zone) => {
    expect(isZoneId(zone)).toBe(false);
  });

  it.each([
    ['+02:00', 120],
    ['-05:30', -330],
    ['+00:00', 0],
    ['-00:00', 0],
  ])('reads %s as %d minutes', (offset, minutes) => {
    expect(isOffset(offset)).toBe(true);
    expect(offsetMinutes(offset)).toBe(minutes);
  });

  it.each(['02:00', '+2:00', '+24:00', '+02:60', 'Z', '+0200', null])('refuses %j', (offset) => {
    expect(isOffset(offset)).toBe(false);
    expect(() => offsetMinutes(String(offset))).toThrow(expect.objectContaining({ code: 'INVALID_OFFSET' }));
  });
});

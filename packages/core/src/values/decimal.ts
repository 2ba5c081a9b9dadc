import { DecimalError } from './decimal-error.ts';

/**
 * An exact number as text, such as `"12.30"` or `"-0.5"`: digits, at most one point, no exponent, no plus sign, no
 * leading zeros. Trailing zeros are kept: they tell how exact an amount is. At most 1000 characters.
 */
export type DecimalString = string;

const MAX_LENGTH = 1000;
const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const TOLERANT = /^(?<sign>[+-]?)0*(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:[eE](?<exponent>[+-]?\d{1,4}))?$/;

/** A decimal as `units / 10^scale`. */
interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

/** Whether a value is an exact decimal in the form that this library writes. */
export function isDecimalString(value: unknown): boolean {
  return (
    typeof value === 'string' && value.length <= MAX_LENGTH && CANONICAL.test(value) && !/^-0(?:\.0+)?$/.test(value)
  );
}

/**
 * Brings a number's text into canonical form: `"+07.50"` becomes `"7.50"`, `".5"` becomes `"0.5"`, `"1e3"` becomes
 * `"1000"`, `"-0"` becomes `"0"`. The value is never rounded.
 *
 * @throws {DecimalError} `INVALID_DECIMAL`
 */
export function parseDecimal(text: string): DecimalString {
  if (isDecimalString(text)) return text;
  const parts = text.length <= MAX_LENGTH ? TOLERANT.exec(text)?.groups : undefined;
  const { sign = '', whole = '', fraction = '', exponent = '0' } = parts ?? {};
  if (parts === undefined || !/\d/.test(text.split(/e/i, 1)[0] ?? '')) {
    throw new DecimalError({
      code: 'INVALID_DECIMAL',
      message: `Expected a decimal number such as "12.30", got text of ${text.length} characters`,
    });
  }
  const digits = BigInt(whole + fraction || '0');
  const scale = fraction.length - Number(exponent);
  const units = sign === '-' ? -digits : digits;
  const result = print(scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 });
  if (result.length <= MAX_LENGTH) return result;
  throw new DecimalError({
    code: 'INVALID_DECIMAL',
    message: `Expected a decimal number of at most ${MAX_LENGTH} characters`,
  });
}

/**
 * The decimal that a float prints as: `0.1` becomes `"0.1"`. Exact for what came from JSON text of up to 15 digits; a
 * float that was computed carries its rounding with it.
 *
 * @throws {DecimalError} `INVALID_DECIMAL`: not a finite number.
 */
export function decimalFromNumber(value: number): DecimalString {
  if (Number.isFinite(value)) return parseDecimal(String(value));
  throw new DecimalError({ code: 'INVALID_DECIMAL', message: `Expected a finite number, got ${value}` });
}

/**
 * The decimal with exactly this many digits after the point, filled up with zeros.
 *
 * @throws {DecimalError} `INVALID_DECIMAL`; `DECIMAL_NOT_EXACT` when digits other than zero would be lost.
 */
export function formatDecimal(value: DecimalString, fractionDigits: number): string {
  return print(rescale(read(value), fractionDigits));
}

/**
 * Compares by value, so that `"1.0"` equals `"1.00"`. Fits `Array.sort`.
 *
 * @throws {DecimalError} `INVALID_DECIMAL`
 */
export function compareDecimals(left: DecimalString, right: DecimalString): -1 | 0 | 1 {
  const [one, other] = align(read(left), read(right));
  if (one.units === other.units) return 0;
  return one.units < other.units ? -1 : 1;
}

/**
 * The exact sum, with as many digits after the point as the more exact of the two.
 *
 * @throws {DecimalError} `INVALID_DECIMAL`
 */
export function addDecimals(left: DecimalString, right: DecimalString): DecimalString {
  const [one, other] = align(read(left), read(right));
  return print({ units: one.units + other.units, scale: one.scale });
}

/**
 * The number with the other sign; zero stays zero.
 *
 * @throws {DecimalError} `INVALID_DECIMAL`
 */
export function negateDecimal(value: DecimalString): DecimalString {
  const { units, scale } = read(value);
  return print({ units: -units, scale });
}

/**
 * An amount in minor units, such as cents, as a decimal: `1230` with exponent 2 is `"12.30"`.
 *
 * @param exponent Digits after the point: 2 for EUR, 0 for JPY, 3 for KWD.
 * @throws {DecimalError} `DECIMAL_NOT_EXACT`: a number that is not a safe integer.
 */
export function decimalFromMinorUnits(amount: bigint | number, exponent: number): DecimalString {
  if (typeof amount === 'number' && !Number.isSafeInteger(amount)) {
    throw new DecimalError({
      code: 'DECIMAL_NOT_EXACT',
      message: 'Expected minor units as a safe integer or a bigint; a fraction or a larger number is not exact',
    });
  }
  return print({ units: BigInt(amount), scale: requireScale(exponent) });
}

/**
 * A decimal as an amount in minor units: `"12.3"` with exponent 2 is `1230n`.
 *
 * @throws {DecimalError} `INVALID_DECIMAL`; `DECIMAL_NOT_EXACT` when there are more digits than the exponent allows.
 */
export function minorUnitsFromDecimal(value: DecimalString, exponent: number): bigint {
  return rescale(read(value), exponent).units;
}

function read(value: DecimalString): Scaled {
  const [whole = '0', fraction = ''] = parseDecimal(value).split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function print({ units, scale }: Scaled): DecimalString {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function align(left: Scaled, right: Scaled): [Scaled, Scaled] {
  const scale = Math.max(left.scale, right.scale);
  return [rescale(left, scale), rescale(right, scale)];
}

function rescale({ units, scale }: Scaled, wanted: number): Scaled {
  requireScale(wanted);
  if (wanted >= scale) return { units: units * 10n ** BigInt(wanted - scale), scale: wanted };
  const divisor = 10n ** BigInt(scale - wanted);
  if (units % divisor === 0n) return { units: units / divisor, scale: wanted };
  throw new DecimalError({
    code: 'DECIMAL_NOT_EXACT',
    message: `Expected at most ${wanted} digits after the point, got ${scale}; round before`,
  });
}

function requireScale(scale: number): number {
  if (Number.isInteger(scale) && scale >= 0 && scale <= MAX_LENGTH) return scale;
  throw new DecimalError({
    code: 'DECIMAL_NOT_EXACT',
    message: `Expected a number of digits after the point from 0 to ${MAX_LENGTH}, got ${scale}`,
  });
}

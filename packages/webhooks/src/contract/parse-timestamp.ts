export type TimestampUnit = 'seconds' | 'ms' | 'iso';

/** Seconds until the year 9999. */
const MAX_SECONDS = 253_402_300_799;
const ISO = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * An instant in epoch milliseconds. Digits only, or ISO 8601 with an offset: no blanks, no signs, no exponents, since two
 * readers of anything looser could see two instants. Undefined for everything else.
 */
export function parseTimestamp(text: string, unit: TimestampUnit): number | undefined {
  if (unit === 'iso') return parseIso(text);
  if (text.length === 0 || text.length > 15) return undefined;
  let value = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  const ms = unit === 'seconds' ? value * 1000 : value;
  return ms >= (MAX_SECONDS + 1) * 1000 ? undefined : ms;
}

function parseIso(text: string): number | undefined {
  if (text.length > 40) return undefined;
  const [, seconds, fraction = '', zone = ''] = ISO.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  // Engines differ on more than three decimals and on offsets without a colon.
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const ms = Date.parse(`${seconds.toUpperCase()}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** An instant as the vendor writes it. */
export function formatTimestamp(ms: number, unit: TimestampUnit): string {
  if (unit === 'iso') return new Date(ms).toISOString();
  return String(Math.floor(unit === 'seconds' ? ms / 1000 : ms));
}

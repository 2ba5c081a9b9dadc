/** An instant as `timestamptz` literal, in UTC. PostgreSQL counts years before the first as BC, without a year 0. */
export function formatInstant(instant: Date): string {
  const year = instant.getUTCFullYear();
  const [, monthOn = ''] = /^[+-]?\d+-(.*)Z$/.exec(instant.toISOString()) ?? [];
  const written = String(year > 0 ? year : 1 - year).padStart(4, '0');
  return `${written}-${monthOn}+00${year > 0 ? '' : ' BC'}`;
}

const INSTANT =
  /^(?<year>\d{4,})-(?<month>\d\d)-(?<day>\d\d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d+))?(?<sign>[+-])(?<offsetHours>\d\d)(?::(?<offsetMinutes>\d\d))?(?::(?<offsetSeconds>\d\d))?(?<era> BC)?$/;

/**
 * Reads a `timestamptz` in the ISO style, whatever zone the server writes it in; microseconds are cut off.
 * What is no instant (`infinity`) or no `Date` can hold (after the year 275760) stays text.
 */
export function parseInstant(text: string): Date | string {
  const fields = INSTANT.exec(text)?.groups;
  if (fields === undefined) return text;
  const part = (name: string) => Number(fields[name] ?? 0);
  const year = fields['era'] === undefined ? part('year') : 1 - part('year');
  const instant = new Date(0);
  instant.setUTCFullYear(year, part('month') - 1, part('day'));
  const milliseconds = Number((fields['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  instant.setUTCHours(part('hour'), part('minute'), part('second'), milliseconds);
  const offsetSeconds = part('offsetHours') * 3600 + part('offsetMinutes') * 60 + part('offsetSeconds');
  instant.setTime(instant.getTime() - (fields['sign'] === '-' ? -1 : 1) * offsetSeconds * 1000);
  return Number.isNaN(instant.getTime()) ? text : instant;
}

import { IntegrationError, isZoneId } from '@mortise/core';
import type { DateRangeInput } from './paging.ts';

/** A window in epoch milliseconds. An absent end is open. */
export interface ResolvedDateRange {
  readonly fromMs?: number;
  /** Not included. */
  readonly toMs?: number;
}

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * The instants that a window names, the same in every zone that the process may run in.
 *
 * @throws {IntegrationError} `invalid_request` for a relative or unreadable bound, an unknown zone, or `from` after `to`.
 */
export function resolveDateRange(range: DateRangeInput): ResolvedDateRange {
  const { from, to, timezone = 'UTC' } = range;
  if (!isZoneId(timezone)) throw refusal('dateRange.timezone', 'expected an IANA time zone');
  const fromMs = from === undefined ? undefined : instantOf(from, timezone, 'dateRange.from');
  const toMs = to === undefined ? undefined : instantOf(to, timezone, 'dateRange.to');
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs) {
    throw refusal('dateRange', 'from must not lie after to');
  }
  return { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) };
}

function instantOf(bound: string | Date, timezone: string, field: string): number {
  const ms = bound instanceof Date ? bound.getTime() : textMs(bound, timezone);
  if (Number.isNaN(ms)) throw refusal(field, 'expected an instant, a calendar day or a local time (ISO 8601)');
  return ms;
}

function textMs(text: string, timezone: string): number {
  if (WITH_OFFSET.test(text)) return Date.parse(text);
  const match = LOCAL.exec(text);
  if (match === null) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const fraction = Number((match[7] ?? '0').padEnd(3, '0'));
  const wallMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, fraction);
  if (new Date(wallMs).toISOString().slice(0, 10) !== text.slice(0, 10)) return Number.NaN;
  // The offset at the wall time is not known before the instant is; a second look settles it. In the hour that a change
  // of the clocks leaves out, the later offset holds.
  const guessMs = wallMs - offsetMs(wallMs, timezone);
  return wallMs - offsetMs(guessMs, timezone);
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetMs(instantMs: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantMs);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? Number.NaN);
  const wallMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wallMs - Math.floor(instantMs / 1000) * 1000;
}

function refusal(field: string, what: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${what}` });
}

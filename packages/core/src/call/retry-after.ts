import { getHeader, type HeadersLike } from './headers-like.ts';

/** Longest wait that is reported: the largest delay that a timer takes without firing at once, 24.8 days. */
export const MAX_RETRY_AFTER_MS = 2_147_483_647;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = MONTHS.join('|');
const TIME = '(?<time>\\d{2}:\\d{2}:\\d{2})';

/** The three forms of an HTTP date that a recipient must read. */
const HTTP_DATES = [
  new RegExp(`^[A-Z][a-z]{2}, (?<day>\\d{2}) (?<month>${MONTH}) (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^[A-Z][a-z]{5,8}, (?<day>\\d{2})-(?<month>${MONTH})-(?<year>\\d{2}) ${TIME} GMT$`),
  new RegExp(`^[A-Z][a-z]{2} (?<month>${MONTH}) (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/**
 * Reads a `Retry-After` header: seconds, fractions allowed, or an HTTP date.
 *
 * @param nowMs Epoch milliseconds.
 * @returns Milliseconds to wait, 0 for a time that has passed, at most `MAX_RETRY_AFTER_MS`; undefined when the header
 * is absent or says anything else.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function parseRetryAfter(value: string | null | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (text.length > 64) return undefined;
  const seconds = parseNumber(text);
  if (seconds !== undefined) return toWait(seconds * 1000);
  const date = parseHttpDate(text, nowMs);
  return date === undefined ? undefined : toWait(date - nowMs);
}

/**
 * The wait in milliseconds that a response asks for: `retry-after-ms` and `x-amz-retry-after` (both milliseconds and
 * more exact) before `Retry-After`. A header that cannot be read gives way to the next. Undefined when none asks.
 */
export function retryAfterMsFromHeaders(headers: HeadersLike, nowMs: number): number | undefined {
  for (const name of ['retry-after-ms', 'x-amz-retry-after']) {
    const milliseconds = parseNumber(getHeader(headers, name)?.trim() ?? '');
    if (milliseconds !== undefined) return toWait(milliseconds);
  }
  return parseRetryAfter(getHeader(headers, 'retry-after'), nowMs);
}

function parseNumber(text: string): number | undefined {
  return text.length <= 64 && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function toWait(milliseconds: number): number {
  return Math.min(Math.max(Math.ceil(milliseconds), 0), MAX_RETRY_AFTER_MS);
}

function parseHttpDate(text: string, nowMs: number): number | undefined {
  for (const pattern of HTTP_DATES) {
    const parts = pattern.exec(text)?.groups;
    if (parts === undefined) continue;
    const { day = '', month = '', year = '', time = '' } = parts;
    const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
    const fullYear = year.length === 2 ? nearestYear(Number(year), nowMs) : Number(year);
    const monthIndex = MONTHS.indexOf(month);
    const date = new Date(Date.UTC(fullYear, monthIndex, Number(day), hours, minutes, Math.min(seconds, 59)));
    // `31 Feb` and `25:00` would roll over into the next month or day.
    const isReal = date.getUTCMonth() === monthIndex && date.getUTCHours() === hours && seconds <= 60 && minutes < 60;
    return isReal ? date.getTime() : undefined;
  }
  return undefined;
}

/** A two-digit year that seems more than 50 years ahead is the latest past year with these digits. */
function nearestYear(digits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = Math.floor(thisYear / 100) * 100 + digits;
  return year > thisYear + 50 ? year - 100 : year;
}

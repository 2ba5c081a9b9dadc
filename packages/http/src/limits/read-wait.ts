import { MAX_RETRY_AFTER_MS, parseRetryAfter, type ResetFormat } from '@mortise/core';

const NUMBER = /^-?\d{1,16}(?:\.\d{1,12})?$/;
const ISO = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})$/;
const DURATION_PART = /(\d{1,12}(?:\.\d{1,12})?)(ms|us|µs|μs|ns|d|h|m|s)/y;
const UNIT_MS: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ns: 1e-6,
};
const MAX_LENGTH = 64;

/** Below this a bare number is a number of seconds, from here on a moment: 2001 in seconds, 1970-01-12 in milliseconds. */
const FIRST_EPOCH_SECONDS = 1e9;
const FIRST_EPOCH_MS = 1e11;

/**
 * Milliseconds until what a provider wrote, 0 for what has passed, at most `MAX_RETRY_AFTER_MS`. Undefined for text that
 * is not of the format.
 *
 * @param format Absent: told by form and size.
 * @param nowMs Epoch milliseconds.
 */
export function readWait(value: unknown, format: ResetFormat | undefined, nowMs: number): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  if (text === '' || text.length > MAX_LENGTH) return undefined;
  const waitMs = rawWait(text, format ?? guessFormat(text), nowMs);
  if (waitMs === undefined || Number.isNaN(waitMs)) return undefined;
  return Math.min(Math.max(Math.ceil(waitMs), 0), MAX_RETRY_AFTER_MS);
}

function rawWait(text: string, format: ResetFormat, nowMs: number): number | undefined {
  const number = NUMBER.test(text) ? Number(text) : undefined;
  switch (format) {
    case 'delta-seconds':
      return number === undefined ? undefined : number * 1000;
    case 'delta-ms':
      return number;
    case 'delta-minutes':
      return number === undefined ? undefined : number * 60_000;
    case 'epoch-seconds':
      return number === undefined ? undefined : number * 1000 - nowMs;
    case 'epoch-ms':
      return number === undefined ? undefined : number - nowMs;
    case 'iso':
      return ISO.test(text) ? Date.parse(text.replace(' ', 'T')) - nowMs : undefined;
    case 'duration':
      return readDuration(text);
    case 'http-date':
      return number === undefined ? parseRetryAfter(text, nowMs) : undefined;
    default:
      return undefined;
  }
}

function guessFormat(text: string): ResetFormat {
  if (NUMBER.test(text)) {
    const number = Number(text);
    if (number < FIRST_EPOCH_SECONDS) return 'delta-seconds';
    return number < FIRST_EPOCH_MS ? 'epoch-seconds' : 'epoch-ms';
  }
  if (ISO.test(text)) return 'iso';
  return /^\d/.test(text) ? 'duration' : 'http-date';
}

/** `6m0s`, `1h2m`, `13.5s`, `250ms`. */
function readDuration(text: string): number | undefined {
  let totalMs = 0;
  DURATION_PART.lastIndex = 0;
  for (let position = 0; position < text.length; position = DURATION_PART.lastIndex) {
    const part = DURATION_PART.exec(text);
    if (part === null) return undefined;
    totalMs += Number(part[1]) * (UNIT_MS[part[2] ?? ''] ?? Number.NaN);
  }
  return totalMs;
}

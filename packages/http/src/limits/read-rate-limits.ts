import type { RateLimitHeaderNames, RateLimitReading, ResetFormat } from '@mortise/core';
import type { RateLimitSnapshot } from './rate-limit-snapshot.ts';
import { readWait } from './read-wait.ts';
import { parseStructuredDictionary, parseStructuredList, type StructuredMember } from './structured-list.ts';

/** Headers as every `Response` has them. */
export interface HeaderSource {
  get(name: string): string | null;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const MAX_HEADER_LENGTH = 8192;
/** More windows than any provider has; a longer list is no list of windows. */
const MAX_WINDOWS = 16;
const COUNT = /^\d{1,15}(?:\.\d{1,6})?$/;

/** Names under which many providers report one limit, tried where the spec names none. */
const COMMON_READINGS: readonly (RateLimitReading | ReadingWithoutFormat)[] = [
  {
    limit: 'ratelimit-limit',
    remaining: 'ratelimit-remaining',
    reset: 'ratelimit-reset',
    resetFormat: 'delta-seconds',
  },
  { limit: 'x-ratelimit-limit', remaining: 'x-ratelimit-remaining', reset: 'x-ratelimit-reset' },
  { limit: 'x-rate-limit-limit', remaining: 'x-rate-limit-remaining', reset: 'x-rate-limit-reset' },
];

type ReadingWithoutFormat = Omit<RateLimitReading, 'resetFormat'> & { readonly resetFormat?: ResetFormat };

/** The readings of a spec: its lists, and the short form beside them. */
export function listReadings(
  readings: readonly RateLimitReading[] | undefined,
  names: RateLimitHeaderNames | undefined,
): readonly RateLimitReading[] | undefined {
  if (names === undefined) return readings;
  return [names, ...(readings ?? [])];
}

/**
 * The limits that an answer reports: by the spec's readings, or by common header names where there are none, and by the
 * standard fields `RateLimit` and `RateLimit-Policy`. What cannot be read is left out. Never throws.
 *
 * @param nowMs Epoch milliseconds.
 */
export function readRateLimits(
  headers: HeaderSource,
  readings: readonly RateLimitReading[] | undefined,
  nowMs: number,
): RateLimitSnapshot[] {
  const snapshots: RateLimitSnapshot[] = [];
  for (const reading of readings ?? COMMON_READINGS) readOne(headers, reading, nowMs, snapshots);
  readStandardFields(headers, snapshots);
  return snapshots;
}

// Appends instead of returning: most answers report nothing, and every answer is read.
function readOne(headers: HeaderSource, reading: RateLimitReading, nowMs: number, into: RateLimitSnapshot[]): void {
  const remaining = valuesOf(headers, reading.remaining);
  const limit = valuesOf(headers, reading.limit);
  const used = valuesOf(headers, reading.used);
  const reset = valuesOf(headers, reading.reset);
  const count = Math.max(remaining.length, limit.length, used.length);
  if (count > MAX_WINDOWS) return;
  for (let index = 0; index < count; index += 1) {
    const snapshot: Mutable<RateLimitSnapshot> = { name: reading.name ?? 'requests' };
    set(snapshot, 'limit', countOf(limit[index]));
    set(snapshot, 'used', countOf(used[index]));
    set(snapshot, 'remaining', countOf(remaining[index]) ?? leftOf(snapshot));
    // One moment may stand for all windows, and a date has a comma of its own.
    const whole = reading.reset === undefined ? undefined : headers.get(reading.reset);
    const { resetFormat } = reading;
    const wait = readWait(reset[index], resetFormat, nowMs) ?? readWait(whole, resetFormat, nowMs);
    set(snapshot, 'resetMs', wait);
    if (snapshot.limit !== undefined || snapshot.remaining !== undefined) into.push(snapshot);
  }
}

function leftOf({ limit, used }: Mutable<RateLimitSnapshot>): number | undefined {
  return limit === undefined || used === undefined ? undefined : Math.max(0, limit - used);
}

function valuesOf(headers: HeaderSource, name: string | undefined): string[] {
  const text = name === undefined ? null : headers.get(name);
  if (text === null || text.length > MAX_HEADER_LENGTH) return [];
  return text.split(',', MAX_WINDOWS + 1).map((value) => value.trim());
}

function countOf(text: string | undefined): number | undefined {
  return text !== undefined && COUNT.test(text) ? Number(text) : undefined;
}

/**
 * `RateLimit-Policy: "burst";q=100;w=60` and `RateLimit: "burst";r=50;t=30`, or the earlier `limit=100, remaining=50, reset=30`.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (drafts 11 and 7)
 */
function readStandardFields(headers: HeaderSource, into: RateLimitSnapshot[]): void {
  const field = headers.get('ratelimit');
  const policy = headers.get('ratelimit-policy');
  if (field === null && policy === null) return;
  const byName = new Map<string, Mutable<RateLimitSnapshot>>();
  const entry = (name: string): Mutable<RateLimitSnapshot> => {
    const known = byName.get(name) ?? { name };
    byName.set(name, known);
    return known;
  };
  for (const { value, params } of parseStructuredList(policy ?? '') ?? []) {
    if (typeof value !== 'string') continue;
    const unit = params.get('qu');
    const snapshot = entry(typeof unit === 'string' && unit !== 'requests' ? `${value}:${unit}` : value);
    set(snapshot, 'limit', integerOf(params.get('q')));
    set(snapshot, 'windowMs', secondsOf(params.get('w')));
  }
  const members = parseStructuredList(field ?? '') ?? [];
  for (const { value, params } of members) {
    if (typeof value !== 'string') continue;
    const known = [...byName.keys()].find((name) => name.startsWith(`${value}:`));
    const snapshot = entry(byName.has(value) ? value : (known ?? value));
    set(snapshot, 'remaining', integerOf(params.get('r')));
    set(snapshot, 'resetMs', secondsOf(params.get('t')));
  }
  if (members.length === 0 && field !== null) readEarlierField(parseStructuredDictionary(field), entry);
  for (const snapshot of byName.values()) {
    if (snapshot.limit !== undefined || snapshot.remaining !== undefined) into.push(snapshot);
  }
}

function readEarlierField(
  members: ReadonlyMap<string, StructuredMember> | undefined,
  entry: (name: string) => Mutable<RateLimitSnapshot>,
): void {
  if (members === undefined) return;
  const snapshot = entry('requests');
  set(snapshot, 'limit', integerOf(members.get('limit')?.value));
  set(snapshot, 'remaining', integerOf(members.get('remaining')?.value));
  set(snapshot, 'resetMs', secondsOf(members.get('reset')?.value));
}

function integerOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function secondsOf(value: unknown): number | undefined {
  const seconds = integerOf(value);
  return seconds === undefined ? undefined : readWait(seconds, 'delta-seconds', 0);
}

type Measure = Exclude<keyof RateLimitSnapshot, 'name'>;

function set(snapshot: Mutable<RateLimitSnapshot>, key: Measure, value: number | undefined): void {
  if (value !== undefined) snapshot[key] = value;
}

import type { IntegrationConstraints } from '@mortise/core';
import { SlidingWindow } from './sliding-window.ts';

/** At most `limit` requests in any window of `windowMs`. */
export interface RateLimitRule {
  readonly limit: number;
  readonly windowMs: number;
}

/** `retryAfterMs` of 0 means admitted; otherwise nothing was taken and asking again before then is pointless. */
export interface RateLimitDecision {
  readonly retryAfterMs: number;
}

/**
 * Decides whether a request may be sent now. The default keeps its counts in memory; implement it over a shared store
 * to hold a limit across processes. A rejection or a throw lets the request pass and is reported, since a limiter
 * that is down must not take every provider with it.
 */
export interface RateLimiter {
  /**
   * Takes one request out of every rule's allowance, or none of them.
   *
   * @param key Names the connection.
   * @param nowMs Monotonic milliseconds of this process; a shared store uses its own clock.
   */
  acquire(key: string, rules: readonly RateLimitRule[], nowMs: number): RateLimitDecision | Promise<RateLimitDecision>;
  /** Admits nothing under the key for a while, since the provider said so. */
  pause?(key: string, durationMs: number, nowMs: number): void | Promise<void>;
}

const ADMITTED: RateLimitDecision = { retryAfterMs: 0 };
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const SLICES = 20;

/** The rules in a spec's constraints: requests per minute and per hour. */
export function rateLimitRules(constraints: IntegrationConstraints['rateLimit']): RateLimitRule[] {
  const rules: RateLimitRule[] = [];
  if (constraints?.rpm !== undefined) rules.push({ limit: constraints.rpm, windowMs: MINUTE_MS });
  if (constraints?.rph !== undefined) rules.push({ limit: constraints.rph, windowMs: HOUR_MS });
  return rules;
}

/** A rule and what has been used of it. */
interface Allowance extends RateLimitRule {
  readonly window: SlidingWindow;
}

interface Entry {
  /** Every rule that was asked for, so that calls with other rules lose no counts. */
  readonly known: Allowance[];
  /** The rules of the last request, and their allowances. */
  rules: readonly RateLimitRule[];
  allowances: readonly Allowance[];
  pausedUntilMs: number;
}

/** Counts in memory, over sliding windows: no window ever sees more than its limit. */
export class InMemoryRateLimiter implements RateLimiter {
  readonly #entries = new Map<string, Entry>();
  readonly #maxKeys: number;

  /** @param maxKeys Connections remembered; the one unused for longest is forgotten first. Default 10 000. */
  constructor(maxKeys: number = 10_000) {
    this.#maxKeys = maxKeys;
  }

  acquire(key: string, rules: readonly RateLimitRule[], nowMs: number): RateLimitDecision {
    const entry = this.#entry(key);
    if (entry.pausedUntilMs > nowMs) return { retryAfterMs: entry.pausedUntilMs - nowMs };
    if (entry.rules !== rules) adopt(entry, rules);
    let retryAfterMs = 0;
    for (const { window, limit } of entry.allowances) {
      if (window.total(nowMs) + 1 > limit) retryAfterMs = Math.max(retryAfterMs, window.waitUntil(limit - 1, nowMs));
    }
    if (retryAfterMs > 0) return { retryAfterMs };
    for (const { window } of entry.allowances) window.add(1, nowMs);
    return ADMITTED;
  }

  pause(key: string, durationMs: number, nowMs: number): void {
    const entry = this.#entry(key);
    entry.pausedUntilMs = Math.max(entry.pausedUntilMs, nowMs + durationMs);
  }

  #entry(key: string): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      // Recency only matters once the map can overflow; until then a look-up stays one read.
      if (this.#entries.size * 2 > this.#maxKeys) {
        this.#entries.delete(key);
        this.#entries.set(key, known);
      }
      return known;
    }
    if (this.#entries.size >= this.#maxKeys) {
      const oldest = this.#entries.keys().next();
      if (oldest.done !== true) this.#entries.delete(oldest.value);
    }
    const entry: Entry = { known: [], rules: [], allowances: [], pausedUntilMs: Number.NEGATIVE_INFINITY };
    this.#entries.set(key, entry);
    return entry;
  }
}

/** Turns to other rules. */
function adopt(entry: Entry, rules: readonly RateLimitRule[]): void {
  entry.allowances = rules.map(({ limit, windowMs }) => {
    const same = entry.known.find((allowance) => allowance.limit === limit && allowance.windowMs === windowMs);
    if (same !== undefined) return same;
    const allowance: Allowance = { limit, windowMs, window: new SlidingWindow(windowMs, SLICES) };
    entry.known.push(allowance);
    return allowance;
  });
  entry.rules = rules;
}

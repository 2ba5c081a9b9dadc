import type { ConnectionCheck } from '../check/connection-check.ts';

export interface HealthCacheOptions {
  /** Milliseconds for which a check is given again. Default 30,000. */
  readonly maxAgeMs?: number;
  /** Checks that are kept; the oldest is forgotten first. Default 10,000. */
  readonly maxEntries?: number;
}

/** A check, and whether it was made for this question. */
export interface CachedCheck {
  readonly check: ConnectionCheck;
  /** True: made before, or for another question at the same time. */
  readonly isShared: boolean;
}

interface Entry {
  readonly check: ConnectionCheck;
  readonly madeAtMs: number;
}

/** Recent checks, and those under way: however often a connection is asked for at once, it is asked once. */
export class HealthCache {
  readonly #maxAgeMs: number;
  readonly #maxEntries: number;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Map<string, Promise<ConnectionCheck>>();

  constructor({ maxAgeMs = 30_000, maxEntries = 10_000 }: HealthCacheOptions = {}) {
    this.#maxAgeMs = maxAgeMs;
    this.#maxEntries = maxEntries;
  }

  /**
   * The recent check of a connection, the one under way, or a new one.
   *
   * @param nowMs Monotonic milliseconds.
   */
  async get(key: string, nowMs: () => number, make: () => Promise<ConnectionCheck>): Promise<CachedCheck> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      if (nowMs() - known.madeAtMs < this.#maxAgeMs) return { check: known.check, isShared: true };
      this.#entries.delete(key);
    }
    const running = this.#running.get(key);
    if (running !== undefined) return { check: await running, isShared: true };
    const making = make();
    this.#running.set(key, making);
    try {
      const check = await making;
      // What could not be found out is asked again.
      if (check.status !== 'unknown') this.#keep(key, { check, madeAtMs: nowMs() });
      return { check, isShared: false };
    } finally {
      this.#running.delete(key);
    }
  }

  #keep(key: string, entry: Entry): void {
    if (this.#maxEntries <= 0 || this.#maxAgeMs <= 0) return;
    if (this.#entries.size >= this.#maxEntries) {
      const oldest = this.#entries.keys().next();
      if (oldest.done !== true) this.#entries.delete(oldest.value);
    }
    this.#entries.set(key, entry);
  }
}

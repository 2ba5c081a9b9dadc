import type { ReplayStore } from './replay-store.ts';

export interface MemoryReplayStoreOptions {
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Keys that are remembered; the oldest go first. Default 100,000, which takes about 15 MB. */
  readonly maxKeys?: number;
}

/** Remembers in the memory of one process: enough for one server, and lost when it restarts. */
export class MemoryReplayStore implements ReplayStore {
  readonly #expiresAt = new Map<string, number>();
  readonly #now: () => number;
  readonly #maxKeys: number;

  constructor(options: MemoryReplayStoreOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.#maxKeys = Math.max(1, options.maxKeys ?? 100_000);
  }

  /** Keys that are held, those that have just expired included. */
  get size(): number {
    return this.#expiresAt.size;
  }

  remember(key: string, ttlMs: number): boolean {
    const now = this.#now();
    const known = this.#expiresAt.get(key);
    if (known !== undefined && known > now) return false;
    this.#expiresAt.delete(key);
    this.#expiresAt.set(key, now + ttlMs);
    this.#dropOldest(now);
    return true;
  }

  forget(key: string): void {
    this.#expiresAt.delete(key);
  }

  /** Looks at two of the oldest for each new one, so that the expired ones go without anyone ever searching all. */
  #dropOldest(now: number): void {
    let looked = 0;
    for (const [key, expiresAt] of this.#expiresAt) {
      if (this.#expiresAt.size <= this.#maxKeys && (looked >= 2 || expiresAt > now)) return;
      this.#expiresAt.delete(key);
      looked += 1;
    }
  }
}

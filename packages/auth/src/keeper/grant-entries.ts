import type { StoredGrant } from './token-store.ts';

/** What one process remembers of a grant. */
export interface GrantEntry {
  /** The grant as this process last saw it. */
  cached: StoredGrant | undefined;
  /** Epoch milliseconds until which the cached grant is used without looking. */
  dueMs: number;
  /** From [0, 1), the same for one token. */
  draw: number;
  /** The renewal, or look-up, that is under way. */
  flight: Promise<StoredGrant> | undefined;
  /** A token that was obtained and is not stored yet: nobody has it. */
  unsaved: { readonly grant: StoredGrant; readonly replaces: string | undefined } | undefined;
}

/** The entries of one process. Old ones go, except those that something still depends on. */
export class GrantEntries {
  readonly #limit: number;
  readonly #random: () => number;
  readonly #entries = new Map<string, GrantEntry>();

  constructor(limit: number, random: () => number) {
    this.#limit = limit;
    this.#random = random;
  }

  of(grantId: string): GrantEntry {
    const known = this.#entries.get(grantId);
    if (known !== undefined) return known;
    const entry: GrantEntry = {
      cached: undefined,
      dueMs: Number.NEGATIVE_INFINITY,
      draw: this.#random(),
      flight: undefined,
      unsaved: undefined,
    };
    this.#entries.set(grantId, entry);
    if (this.#entries.size > this.#limit) this.#makeRoom(grantId);
    return entry;
  }

  forget(grantId: string): void {
    this.#entries.delete(grantId);
  }

  #makeRoom(newest: string): void {
    for (const [grantId, { flight, unsaved }] of this.#entries) {
      if (grantId === newest || flight !== undefined || unsaved !== undefined) continue;
      this.#entries.delete(grantId);
      return;
    }
  }
}

import type { DeltaClock } from '../delta-clock.ts';
import { leaseTiming } from '../rules/lease-rules.ts';
import type { DeltaStore } from '../store/delta-store.ts';
import type { DeltaLease } from '../store/lease.ts';
import { leaseLost } from '../store/store-errors.ts';

export interface LeaseKeeperOptions {
  readonly store: Pick<DeltaStore, 'renew' | 'release'>;
  readonly clock: DeltaClock;
  readonly ttlMs: number;
}

/**
 * Renews a lease in the background for as long as the work takes, and aborts the work when the lease is lost or could not
 * be renewed for so long that it may be.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #lost = new AbortController();
  readonly #stop = new AbortController();
  #lease: DeltaLease;
  #renewedAtMs: number;
  readonly #running: Promise<void>;

  /** @param askedAtMs Monotonic time before the lease was asked for: it runs from then at the earliest. */
  constructor(lease: DeltaLease, askedAtMs: number, options: LeaseKeeperOptions) {
    this.#lease = lease;
    this.#options = options;
    this.#renewedAtMs = askedAtMs;
    this.#running = this.#keep();
  }

  get lease(): DeltaLease {
    return this.#lease;
  }

  /** Aborts with `LEASE_LOST`. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** The work found out before the keeper did. */
  reportLost(): void {
    this.#lost.abort(leaseLost(this.#lease));
  }

  /** Stops renewing, and gives the lease back unless it is lost. Never rejects: a lease that stays ends by itself. */
  async release(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#lost.signal.aborted) return;
    try {
      await this.#options.store.release(this.#lease);
    } catch {
      // The store is not there; the lease ends in time.
    }
  }

  async #keep(): Promise<void> {
    const { clock, store, ttlMs } = this.#options;
    const { renewEveryMs, stopAfterMs } = leaseTiming(ttlMs);
    const signal = AbortSignal.any([this.#stop.signal, this.#lost.signal]);
    let waitMs = renewEveryMs;
    for (;;) {
      const leftMs = this.#renewedAtMs + stopAfterMs - clock.monotonicMs();
      if (leftMs <= 0) {
        this.reportLost();
        return;
      }
      try {
        await clock.sleep(Math.min(waitMs, leftMs), signal);
      } catch {
        return;
      }
      const askedAtMs = clock.monotonicMs();
      try {
        const renewed = await this.#beforeTooLate(store.renew(this.#lease, ttlMs), stopAfterMs);
        if (renewed === undefined) {
          this.reportLost();
          return;
        }
        this.#lease = renewed;
        this.#renewedAtMs = askedAtMs;
        waitMs = renewEveryMs;
      } catch {
        // The store may be back in a moment.
        waitMs = Math.max(1, Math.floor(renewEveryMs / 5));
      }
    }
  }

  /** A store that never answers counts as one that refuses once it is too late anyway. */
  async #beforeTooLate<Value>(answer: Promise<Value>, stopAfterMs: number): Promise<Value | undefined> {
    const { clock } = this.#options;
    const answered = new AbortController();
    const signal = AbortSignal.any([answered.signal, this.#stop.signal]);
    const leftMs = Math.max(0, this.#renewedAtMs + stopAfterMs - clock.monotonicMs());
    try {
      return await Promise.race([answer, clock.sleep(leftMs, signal).then(() => undefined)]);
    } finally {
      answered.abort();
      answer.catch(() => {});
    }
  }
}

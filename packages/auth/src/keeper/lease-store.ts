/** The right to renew one grant, for a while. */
export interface Lease {
  readonly key: string;
  /** Whoever took it; another text for each time it is taken. */
  readonly holder: string;
  /** Higher than that of every lease of this key before. What is written with a lower one comes from somebody who lost it. */
  readonly fence: number;
  /** Epoch milliseconds. */
  readonly expiresAtMs: number;
}

/** Somebody else has it. */
export interface HeldLease {
  /** Epoch milliseconds at which it ends unless it is renewed. */
  readonly heldUntilMs: number;
}

export interface LeaseRequest {
  readonly holder: string;
  readonly ttlMs: number;
  /** Aborting rejects with the signal's reason; the lease may have been taken, and ends by itself. */
  readonly signal?: AbortSignal;
}

export interface LeaseCallOptions {
  readonly signal?: AbortSignal;
}

/**
 * Leases that processes share. At any time at most one holder has a key, and a holder that died loses it when its time is
 * over. Failures are errors of the store's own; the keeper turns them into `STORE_FAILED`.
 */
export interface LeaseStore {
  /** Takes the lease if nobody has it. Never waits for it. */
  acquire(key: string, request: LeaseRequest): Promise<Lease | HeldLease>;
  /**
   * Prolongs a lease to `ttlMs` from now, with the same fence.
   *
   * @returns `undefined`: it is over, or somebody else has it; nothing was changed.
   */
  renew(lease: Lease, ttlMs: number, options?: LeaseCallOptions): Promise<Lease | undefined>;
  /** Gives it back. One that is over, or somebody else's, stays as it is. */
  release(lease: Lease, options?: LeaseCallOptions): Promise<void>;
}

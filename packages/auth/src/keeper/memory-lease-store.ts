import { type AuthClock, systemAuthClock } from '../auth-clock.ts';
import type { HeldLease, Lease, LeaseCallOptions, LeaseRequest, LeaseStore } from './lease-store.ts';

/** Leases in memory: for one process, for tests, and as the shortest complete `LeaseStore` to read. */
export class MemoryLeaseStore implements LeaseStore {
  readonly #now: () => number;
  readonly #leases = new Map<string, Lease>();
  /** One counter for all keys, so that a key need not be remembered after its lease is over. */
  #fence = 0;

  constructor(clock: Pick<AuthClock, 'now'> = systemAuthClock) {
    this.#now = () => clock.now();
  }

  async acquire(key: string, { holder, ttlMs, signal }: LeaseRequest): Promise<Lease | HeldLease> {
    signal?.throwIfAborted();
    const held = this.#leases.get(key);
    if (held !== undefined && held.expiresAtMs > this.#now()) return { heldUntilMs: held.expiresAtMs };
    this.#fence += 1;
    const lease = { key, holder, fence: this.#fence, expiresAtMs: this.#now() + ttlMs };
    this.#leases.set(key, lease);
    return lease;
  }

  async renew(lease: Lease, ttlMs: number, { signal }: LeaseCallOptions = {}): Promise<Lease | undefined> {
    signal?.throwIfAborted();
    if (!this.#has(lease)) return undefined;
    const renewed = { ...lease, expiresAtMs: this.#now() + ttlMs };
    this.#leases.set(lease.key, renewed);
    return renewed;
  }

  async release(lease: Lease, { signal }: LeaseCallOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    if (this.#has(lease)) this.#leases.delete(lease.key);
  }

  #has({ key, holder, fence }: Lease): boolean {
    const held = this.#leases.get(key);
    return held?.holder === holder && held.fence === fence && held.expiresAtMs > this.#now();
  }
}

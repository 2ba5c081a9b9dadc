import { boundedCall } from '../bounded-call.ts';
import { AuthError } from '../errors/auth-error.ts';
import type { KeeperEnvironment } from './keeper-options.ts';
import type { Lease } from './lease-store.ts';
import type { StoredGrant, VersionedGrant } from './token-store.ts';

/** The stores, as far as one grant is concerned, with their failures turned into errors of ours. */
export class GrantAccess {
  readonly #env: KeeperEnvironment;
  readonly #grantId: string;

  constructor(env: KeeperEnvironment, grantId: string) {
    this.#env = env;
    this.#grantId = grantId;
  }

  async load(): Promise<VersionedGrant | undefined> {
    return this.#guarded('load', async (signal) => this.#env.store.load(this.#grantId, { signal }));
  }

  /** @returns `undefined`: somebody else was faster. */
  async save(grant: StoredGrant, expected: string | undefined): Promise<string | undefined> {
    return this.#guarded('save', async (signal) => this.#env.store.save(this.#grantId, grant, { expected, signal }));
  }

  async remove(expected: string): Promise<boolean> {
    return this.#guarded('remove', async (signal) => this.#env.store.remove(this.#grantId, { expected, signal }));
  }

  /** @returns When another's lease ends, in epoch milliseconds, where another has it. */
  async acquire(): Promise<Lease | { readonly heldUntilMs: number }> {
    const holder = crypto.randomUUID();
    const { leases, leaseMs: ttlMs } = this.#env;
    return this.#guarded('lease', async (signal) => leases.acquire(this.#grantId, { holder, ttlMs, signal }));
  }

  /** A lease that lasts for a renewal and what follows it; `undefined` where it was lost. */
  async ensure(lease: Lease): Promise<Lease | undefined> {
    const { leases, leaseMs, renewalTimeoutMs, storeTimeoutMs, clock } = this.#env;
    if (lease.expiresAtMs - clock.now() >= renewalTimeoutMs + storeTimeoutMs) return lease;
    return this.#guarded('lease', async (signal) => leases.renew(lease, leaseMs, { signal }));
  }

  /** Gives the lease back as well as it can: without it, others wait until it ends. Never rejects. */
  async release(lease: Lease): Promise<void> {
    try {
      await this.#guarded('release', async (signal) => this.#env.leases.release(lease, { signal }));
    } catch {
      // It ends by itself.
    }
  }

  async #guarded<Result>(operation: string, run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const { clock, storeTimeoutMs: timeoutMs } = this.#env;
    const failed = (fault: string, cause?: unknown): AuthError =>
      new AuthError({
        code: 'STORE_FAILED',
        message: `The store could not ${operation} grant "${this.#grantId}"${fault}`,
        grantId: this.#grantId,
        cause,
      });
    try {
      const onTimeout = (): AuthError => failed(` within ${timeoutMs} ms`);
      return await boundedCall(run, { clock, timeoutMs, signal: undefined, onTimeout });
    } catch (error) {
      throw AuthError.is(error) ? error : failed('', error);
    }
  }
}

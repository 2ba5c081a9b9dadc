import { ByokError } from '../byok-error.ts';
import type { ByokKeyOwner, ByokKeyRecord, ByokLease } from '../record/byok-key-record.ts';
import { toInstant } from './byok-clock.ts';
import { RecordAccess } from './record-access.ts';
import { LEASE_MARGIN_MS, type RunnerEnvironment } from './runner-options.ts';

const MAX_LOST_RACES = 50;

/** The right to drive one connection's rotations, and the record as this runner last saw it. */
export class LeaseSession {
  readonly #env: RunnerEnvironment;
  readonly #records: RecordAccess;
  readonly #owner: ByokKeyOwner;
  #record: ByokKeyRecord;
  #lease: ByokLease;

  private constructor(
    env: RunnerEnvironment,
    records: RecordAccess,
    taken: { readonly record: ByokKeyRecord; readonly lease: ByokLease },
  ) {
    this.#env = env;
    this.#records = records;
    this.#owner = taken.record;
    this.#record = taken.record;
    this.#lease = taken.lease;
  }

  /**
   * Takes the lease if it is free, is over, or is this runner's own from before; a runner takes one at a time for each
   * connection.
   *
   * @returns When the other runner's lease ends, in epoch milliseconds, where another runner has it.
   */
  static async acquire(
    env: RunnerEnvironment,
    owner: ByokKeyOwner,
    signal: AbortSignal | undefined,
  ): Promise<LeaseSession | { readonly heldUntilMs: number } | undefined> {
    const records = new RecordAccess(env, owner, signal);
    for (let race = 0; race < MAX_LOST_RACES; race += 1) {
      const stored = await records.load();
      if (stored === undefined) return undefined;
      const held = stored.lease;
      const nowMs = env.clock.now();
      if (held !== undefined && held.holder !== env.holder && Date.parse(held.expiresAt) > nowMs) {
        return { heldUntilMs: Date.parse(held.expiresAt) };
      }
      const fence = stored.fence + 1;
      const lease = { holder: env.holder, token: fence, expiresAt: toInstant(nowMs + env.leaseMs) };
      const record = await records.save({ ...stored, fence, lease });
      if (record !== undefined) return new LeaseSession(env, records, { record, lease });
    }
    return { heldUntilMs: env.clock.now() + env.pollMs };
  }

  get record(): ByokKeyRecord {
    return this.#record;
  }

  /**
   * Changes the record and prolongs the lease. Somebody without the lease may have saved meanwhile (a validation, a request
   * that makes the rotation urgent): then the change is made again, to what they saved.
   *
   * @throws {ByokError} `LEASE_LOST`: another runner took over; nothing was changed.
   */
  async change(change: (record: ByokKeyRecord) => ByokKeyRecord): Promise<ByokKeyRecord> {
    return this.#save((record, expiresAt) => ({ ...change(record), lease: { ...this.#lease, expiresAt } }));
  }

  /** Changes the record and gives the lease back. */
  async release(change: (record: ByokKeyRecord) => ByokKeyRecord = (record) => record): Promise<ByokKeyRecord> {
    return this.#save((record) => {
      const { lease: _lease, ...rest } = change(record);
      return rest;
    });
  }

  /**
   * Gives the lease back as well as it can, also when the caller has aborted: without it, others wait until it ends.
   * Never rejects.
   */
  async abandon(): Promise<void> {
    const records = new RecordAccess(this.#env, this.#owner, undefined);
    try {
      const stored = await records.load();
      if (stored?.lease?.holder !== this.#lease.holder || stored.lease.token !== this.#lease.token) return;
      const { lease: _lease, ...rest } = stored;
      await records.save(rest);
    } catch {
      // It ends by itself.
    }
  }

  /**
   * Makes sure that an operation with a side effect ends within the lease.
   *
   * @throws {ByokError} `LEASE_LOST`
   */
  async ensure(durationMs: number): Promise<void> {
    const leftMs = Date.parse(this.#lease.expiresAt) - this.#env.clock.now();
    if (leftMs < durationMs + LEASE_MARGIN_MS) await this.change((record) => record);
  }

  async #save(make: (record: ByokKeyRecord, expiresAt: string) => ByokKeyRecord): Promise<ByokKeyRecord> {
    for (let race = 0; race < MAX_LOST_RACES; race += 1) {
      const expiresAt = toInstant(this.#env.clock.now() + this.#env.leaseMs);
      const saved = await this.#records.save(make(this.#record, expiresAt));
      if (saved !== undefined) {
        this.#record = saved;
        this.#lease = { ...this.#lease, expiresAt };
        return saved;
      }
      const stored = await this.#records.load();
      if (stored?.lease?.holder !== this.#lease.holder || stored.lease.token !== this.#lease.token) break;
      this.#record = stored;
    }
    const { tenantId, connectionId } = this.#owner;
    this.#env.emit({ type: 'lease_lost', at: toInstant(this.#env.clock.now()), tenantId, connectionId });
    throw new ByokError({
      code: 'LEASE_LOST',
      message: `Another runner took over connection "${connectionId}"`,
      connectionId,
    });
  }
}

import { ByokError } from '../byok-error.ts';
import type { ByokKeyOwner, ByokKeyRecord } from '../record/byok-key-record.ts';
import { boundedCall } from './bounded-call.ts';
import type { RunnerEnvironment } from './runner-options.ts';

/** Each lost race means that somebody else's save succeeded, so this many are a sign of something broken. */
const MAX_LOST_RACES = 50;

/** The store, with its failures turned into errors of the runner. */
export class RecordAccess {
  readonly #env: RunnerEnvironment;
  readonly #owner: ByokKeyOwner;
  readonly #signal: AbortSignal | undefined;

  constructor(env: RunnerEnvironment, owner: ByokKeyOwner, signal: AbortSignal | undefined) {
    this.#env = env;
    this.#owner = owner;
    this.#signal = signal;
  }

  async load(): Promise<ByokKeyRecord | undefined> {
    const record = await this.#guarded('load', async (options) => this.#env.store.load(this.#owner, options));
    if (record === undefined) return undefined;
    if (record.tenantId === this.#owner.tenantId && record.connectionId === this.#owner.connectionId) return record;
    throw new ByokError({
      code: 'STORE_CORRUPT',
      message: `The store gave another connection's record for connection "${this.#owner.connectionId}"`,
      connectionId: this.#owner.connectionId,
    });
  }

  /** @returns `undefined`: somebody else was faster. */
  async save(record: ByokKeyRecord): Promise<ByokKeyRecord | undefined> {
    return this.#guarded('save', async (options) => this.#env.store.save(record, options));
  }

  /**
   * Changes the record, starting over from the stored one whenever somebody else was faster.
   *
   * @param change Given the record as it is stored; must depend on nothing else that a save could change.
   */
  async change(change: (stored: ByokKeyRecord | undefined) => ByokKeyRecord): Promise<ByokKeyRecord> {
    for (let race = 0; race < MAX_LOST_RACES; race += 1) {
      const saved = await this.save(change(await this.load()));
      if (saved !== undefined) return saved;
    }
    throw new ByokError({
      code: 'CONFLICT',
      message: `The record of connection "${this.#owner.connectionId}" changes faster than it can be saved`,
      connectionId: this.#owner.connectionId,
    });
  }

  async #guarded<Result>(
    operation: 'load' | 'save',
    run: (options: { readonly signal: AbortSignal }) => Promise<Result>,
  ): Promise<Result> {
    const { clock, storeTimeoutMs: timeoutMs } = this.#env;
    try {
      return await boundedCall('The store', async (signal) => run({ signal }), {
        clock,
        timeoutMs,
        signal: this.#signal,
      });
    } catch (error) {
      this.#signal?.throwIfAborted();
      if (ByokError.is(error)) throw error;
      throw new ByokError({
        code: 'STORE_FAILED',
        message: `The store could not ${operation} the record of connection "${this.#owner.connectionId}"`,
        connectionId: this.#owner.connectionId,
        cause: error,
      });
    }
  }
}

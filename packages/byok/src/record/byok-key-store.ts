import type { ByokKeyOwner, ByokKeyRecord } from './byok-key-record.ts';

export interface ByokStoreOptions {
  /** Aborting rejects with the signal's reason; a save that was under way may have happened. */
  readonly signal?: AbortSignal;
}

/**
 * Keeps one record for each connection. The whole safety of the runner rests on `save`: of two that start from the same
 * revision, exactly one succeeds, and what was saved is still there after a crash.
 *
 * Failures are errors of the store's own; the runner turns them into `STORE_FAILED`.
 */
export interface ByokKeyStore {
  /** The record as last saved; `undefined` where there is none. */
  load(owner: ByokKeyOwner, options?: ByokStoreOptions): Promise<ByokKeyRecord | undefined>;
  /**
   * Replaces the record that has this one's revision; with revision 0, creates it where there is none.
   *
   * @returns What was saved, with its new and higher revision. `undefined`: the revision is not the stored one, and nothing
   *   was changed.
   */
  save(record: ByokKeyRecord, options?: ByokStoreOptions): Promise<ByokKeyRecord | undefined>;
  /**
   * Removes the record that has this revision. One that is made afterwards gets a higher revision than any before.
   *
   * @returns False: the revision is not the stored one, and nothing was changed.
   */
  remove(owner: ByokKeyOwner, revision: number, options?: ByokStoreOptions): Promise<boolean>;
  /** All records, in no order; one that is saved, made or removed meanwhile may come in either state or not at all. */
  list(options?: ByokStoreOptions): AsyncIterable<ByokKeyRecord>;
}

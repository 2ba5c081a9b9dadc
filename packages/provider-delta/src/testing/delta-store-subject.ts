import type { DeltaStore } from '../store/delta-store.ts';

/**
 * A store under test, empty for each check. Capability `transactional`: `write` and `rows` are there. Capability `shared`:
 * `reopen` gives another store over the same state, as another process would have it.
 */
export interface DeltaStoreSubject<Tx = unknown> {
  readonly store: DeltaStore<Tx>;
  /** Moves the time that the store goes by. A store with a clock of its own waits. */
  advance(this: void, ms: number): Promise<void>;
  /** Writes a row of the user's in the transaction of a commit. */
  write?(this: void, tx: Tx, row: string): Promise<void> | void;
  /** Rows of the user's that are committed. */
  rows?(this: void): Promise<readonly string[]>;
  reopen?(this: void): Promise<DeltaStore<Tx>>;
  close?(): Promise<void>;
}

import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { isBusy, storeFailed } from './sqlite-store-error.ts';

const FIRST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 50;

/**
 * Write transactions on one connection, one after another. Other processes may be writing, too: their turn is waited for
 * without blocking this process.
 */
export class WriteTurn {
  readonly #database: DatabaseSync;
  readonly #busyTimeoutMs: number;
  #last: Promise<void> = Promise.resolve();

  constructor(database: DatabaseSync, busyTimeoutMs: number) {
    this.#database = database;
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  /** Runs in a transaction: committed when it resolves, rolled back when it rejects, with its own error kept. */
  async transaction<Result>(run: () => Promise<Result> | Result): Promise<Result> {
    const before = this.#last;
    let done = (): void => {};
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    try {
      await this.#begin();
      return await this.#finish(run);
    } finally {
      done();
    }
  }

  /** Resolves when all transactions so far have ended. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async #begin(): Promise<void> {
    const untilMs = performance.now() + this.#busyTimeoutMs;
    let waitMs = FIRST_WAIT_MS;
    for (;;) {
      try {
        this.#database.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() >= untilMs) throw storeFailed('begin a transaction', error);
      }
      await delay(waitMs * (0.5 + Math.random() / 2));
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    }
  }

  async #finish<Result>(run: () => Promise<Result> | Result): Promise<Result> {
    try {
      const result = await run();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

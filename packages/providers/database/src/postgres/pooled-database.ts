import type { CompleteDatabaseProvider } from '../database-provider.ts';
import { DatabaseError } from '../errors/database-error.ts';
import type { DatabaseCapabilities } from '../model/capabilities.ts';
import type { DatabaseSessionOptions, DatabaseTransactionOptions } from '../model/transaction-options.ts';
import { invalidSql } from '../sql/invalid-sql.ts';
import { type CallScope, startCall, untilAborted } from './call-scope.ts';
import { ConnectionDatabase, makeHandle } from './connection-database.ts';
import { ConnectionLine } from './connection-line.ts';
import { refuseUnsupportedOptions } from './option-checks.ts';
import type { BorrowedLine } from './borrowed-line.ts';
import { StatementRunner } from './statement-runner.ts';
import { applySettingsStatement, RESET_SESSION } from './statements.ts';
import { toDatabaseError } from './to-database-error.ts';
import { runTransaction } from './transaction.ts';

/** A provider that borrows a connection for each call. */
export class PooledDatabase extends StatementRunner implements CompleteDatabaseProvider {
  /** Connections on loan, those that are still being cleaned up after an aborted call included. */
  readonly #loans = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  get capabilities(): DatabaseCapabilities {
    return this.runtime.capabilities;
  }

  async transaction<T>(
    run: (database: CompleteDatabaseProvider) => Promise<T>,
    options: DatabaseTransactionOptions = {},
  ): Promise<T> {
    refuseUnsupportedOptions(options);
    return this.#withConnection(options, ({ line }, { signal }) =>
      runTransaction({ runtime: this.runtime, place: { line, depth: 1, signal }, run, options, makeHandle }),
    );
  }

  async withSession<T>(
    run: (database: CompleteDatabaseProvider) => Promise<T>,
    { settings = {}, ...options }: DatabaseSessionOptions = {},
  ): Promise<T> {
    refuseUnsupportedOptions(options);
    const claims = checkSettings(settings);
    const apply = (database: CompleteDatabaseProvider, isLocal: boolean) =>
      database.query(applySettingsStatement(isLocal), [claims]);
    if (!this.runtime.driver.hasSessions) {
      return this.transaction(async (database) => {
        await apply(database, true);
        return run(database);
      }, options);
    }
    return this.#withConnection(options, async ({ line }, { signal }) => {
      const session = new ConnectionDatabase(this.runtime, { line, depth: 0, signal });
      try {
        await apply(session, false);
        return await untilAborted(signal, run(session));
      } finally {
        session.end();
        const cleaned = this.#cleanSession(line);
        if (!signal.aborted) await cleaned;
      }
    });
  }

  async close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  protected override outerSignal(): undefined {
    this.#checkOpen();
    return undefined;
  }

  protected override async borrow(signal: AbortSignal): Promise<BorrowedLine> {
    this.#checkOpen();
    let endLoan: () => void = () => undefined;
    const loan = new Promise<void>((resolve) => {
      endLoan = resolve;
    });
    // Counted from here on, so that `close` also waits for calls that have not got their connection yet.
    this.#loans.add(loan);
    void loan.then(() => this.#loans.delete(loan));
    try {
      const line = new ConnectionLine(await this.#acquire(signal));
      return { line, isInTransaction: false, giveBack: () => void line.release().finally(endLoan) };
    } catch (error) {
      endLoan();
      throw error;
    }
  }

  async #acquire(signal: AbortSignal) {
    try {
      return await this.runtime.driver.acquire(signal);
    } catch (error) {
      throw toDatabaseError(error, { phase: 'connect', isInTransaction: false });
    }
  }

  async #withConnection<T>(
    options: DatabaseTransactionOptions,
    work: (borrowed: BorrowedLine, call: CallScope) => Promise<T>,
  ): Promise<T> {
    const call = startCall(options, this.outerSignal());
    try {
      const borrowed = await this.borrow(call.signal);
      try {
        return await work(borrowed, call);
      } finally {
        borrowed.giveBack();
      }
    } finally {
      call.end();
    }
  }

  /** A session that cannot be cleaned must not be lent again: its settings are another tenant's claims. */
  async #cleanSession(line: ConnectionLine): Promise<void> {
    const { signal } = new AbortController();
    await line
      .perform({ signal, onAbort: 'ignore', phase: 'statement', isInTransaction: false }, (connection) =>
        connection.script(RESET_SESSION),
      )
      .catch(() => line.markBroken());
  }

  async #closeOnce(): Promise<void> {
    await Promise.all(this.#loans);
    await this.runtime.driver.close();
  }

  #checkOpen(): void {
    if (this.#closing === undefined) return;
    throw new DatabaseError({ code: 'closed', message: 'closed: the provider was closed; make a new one' });
  }
}

const SETTING_NAME = /^[a-z_][a-z0-9_$]*(?:\.[a-z_][a-z0-9_$]*)*$/i;

function checkSettings(settings: Readonly<Record<string, string>>): Record<string, string> {
  for (const [name, value] of Object.entries(settings)) {
    if (!SETTING_NAME.test(name)) throw invalidSql(`settings: "${name}" is not the name of a setting`, 'settings');
    if (typeof value !== 'string') throw invalidSql(`settings: the value of "${name}" must be text`, 'settings');
  }
  return { ...settings };
}

import type { CompleteDatabaseProvider } from '../database-provider.ts';
import { DatabaseError } from '../errors/database-error.ts';
import type { DatabaseCapabilities } from '../model/capabilities.ts';
import type { DatabaseSessionOptions, DatabaseTransactionOptions } from '../model/transaction-options.ts';
import { startCall } from './call-scope.ts';
import type { LineOptions } from './connection-line.ts';
import { refuseUnsupportedOptions } from './option-checks.ts';
import type { PostgresRuntime } from './runtime.ts';
import type { BorrowedLine } from './borrowed-line.ts';
import { StatementRunner } from './statement-runner.ts';
import { type HandlePlace, runTransaction, type TransactionHandle } from './transaction.ts';

/** The handle that the callback of a transaction or session gets: a provider on one connection, for a limited time. */
export class ConnectionDatabase extends StatementRunner implements TransactionHandle {
  readonly #place: HandlePlace;
  #isOpen = true;
  #hasOpenChild = false;
  #firstFailure: DatabaseError | undefined;

  constructor(runtime: PostgresRuntime, place: HandlePlace) {
    super(runtime);
    this.#place = place;
  }

  get capabilities(): DatabaseCapabilities {
    return this.runtime.capabilities;
  }

  /** First error that a statement on this handle gave; what makes a commit impossible. */
  get firstFailure(): DatabaseError | undefined {
    return this.#firstFailure;
  }

  /** From now on the handle refuses to be used. Statements that were already sent go on to their end. */
  end(): void {
    this.#isOpen = false;
  }

  async transaction<T>(
    run: (database: CompleteDatabaseProvider) => Promise<T>,
    options: DatabaseTransactionOptions = {},
  ): Promise<T> {
    const { line, depth, signal } = this.#place;
    refuseUnsupportedOptions(options, depth === 0 ? [] : ['isolation', 'readOnly', 'retries']);
    const call = startCall(options, signal);
    this.#checkUsable();
    this.#hasOpenChild = true;
    try {
      const place: HandlePlace = { line, depth: depth + 1, signal: call.signal };
      return await runTransaction({ runtime: this.runtime, place, run, options, makeHandle });
    } finally {
      this.#hasOpenChild = false;
      call.end();
    }
  }

  async withSession<T>(
    _run: (database: CompleteDatabaseProvider) => Promise<T>,
    _options?: DatabaseSessionOptions,
  ): Promise<T> {
    throw new DatabaseError({
      code: 'unsupported',
      message: 'unsupported: a session must be opened on the provider, before the transaction begins',
    });
  }

  async close(): Promise<void> {
    throw new DatabaseError({
      code: 'unsupported',
      message: 'unsupported: a handle ends with its callback; close the provider instead',
    });
  }

  protected override outerSignal(): AbortSignal {
    this.#checkUsable();
    return this.#place.signal;
  }

  protected override async borrow(): Promise<BorrowedLine> {
    this.#checkUsable();
    return {
      line: this.#place.line,
      isInTransaction: this.#place.depth > 0,
      check: () => this.#checkUsable(),
      giveBack: () => undefined,
    };
  }

  protected override async withLine<T>(
    options: Parameters<StatementRunner['withLine']>[0],
    work: (borrowed: BorrowedLine, lineOptions: LineOptions) => Promise<T>,
  ): Promise<T> {
    try {
      return await super.withLine(options, work);
    } catch (error) {
      if (DatabaseError.is(error)) this.#firstFailure ??= error;
      throw error;
    }
  }

  #checkUsable(): void {
    if (!this.#isOpen) {
      const message = 'closed: the handle was used after its transaction or session had ended';
      throw new DatabaseError({ code: 'closed', message });
    }
    if (this.#hasOpenChild) {
      const message =
        'precondition_failed: a transaction is open on this handle; use the handle of that one until it has ended';
      throw new DatabaseError({ code: 'precondition_failed', message });
    }
  }
}

/** Makes the handle of a transaction. */
export function makeHandle(runtime: PostgresRuntime, place: HandlePlace): TransactionHandle {
  return new ConnectionDatabase(runtime, place);
}

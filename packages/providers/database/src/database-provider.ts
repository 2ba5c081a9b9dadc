import type { DatabaseCapabilities } from './model/capabilities.ts';
import type { DatabasePing } from './model/ping.ts';
import type { DatabaseQueryOptions, DatabaseStreamOptions } from './model/query-options.ts';
import type { DatabaseQueryResult, DatabaseRow, DatabaseRunResult } from './model/query-result.ts';
import type { DatabaseStatement, DatabaseStatementParam } from './model/statement.ts';
import type { DatabaseSessionOptions, DatabaseTransactionOptions } from './model/transaction-options.ts';

/**
 * A SQL database. The four required methods are enough to be one; whatever else an implementation can do, it declares
 * in `capabilities`, and `complete()` makes up for what it cannot.
 *
 * Every method rejects with a `DatabaseError`, or with whatever a callback of the caller's threw.
 */
export interface DatabaseProvider {
  /** What the implementation can do. Data, no I/O. Absent: only the four required methods can be relied on. */
  readonly capabilities?: DatabaseCapabilities;

  /**
   * Runs one statement and gives its rows.
   *
   * @param statement One statement; values stand in it as placeholders (`$1`, `$2`, … unless `capabilities.paramStyle` says otherwise).
   * @param params Values of the placeholders, in order. Never put values into the text.
   */
  query<TRow extends DatabaseRow = DatabaseRow>(
    statement: string,
    params?: readonly DatabaseStatementParam[],
    options?: DatabaseQueryOptions,
  ): Promise<DatabaseQueryResult<TRow>>;

  /**
   * Runs a statement for its effect. Without parameters the text may be a script of several statements, which
   * then succeed or fail together.
   */
  execute(statement: string, params?: readonly DatabaseStatementParam[], options?: DatabaseQueryOptions): Promise<void>;

  /**
   * Runs `run` in one transaction: committed when it resolves, rolled back when it rejects, with its own error kept.
   * On a handle that is itself in a transaction, a savepoint is set instead and only what came after it is rolled back.
   *
   * @param run Gets a handle that is valid until the returned promise settles. Statements on it run one after another.
   *   With `retries` it may run more than once, so it must have no effect outside the database.
   */
  transaction<T>(run: (database: DatabaseProvider) => Promise<T>, options?: DatabaseTransactionOptions): Promise<T>;

  /** Releases all connections once running calls have ended. Calling it again changes nothing. */
  close(): Promise<void>;

  /** Runs one statement and gives counts instead of rows. */
  run?(
    statement: string,
    params?: readonly DatabaseStatementParam[],
    options?: DatabaseQueryOptions,
  ): Promise<DatabaseRunResult>;

  /**
   * Rows one by one, fetched from the server in chunks, so that a result of any size fits in memory. The iterable can be
   * iterated once; leaving it early gives the connection back. Nothing is sent before the first row is asked for.
   */
  stream?<TRow extends DatabaseRow = DatabaseRow>(
    statement: string,
    params?: readonly DatabaseStatementParam[],
    options?: DatabaseStreamOptions,
  ): AsyncIterable<TRow>;

  /** Runs statements in order in one transaction: all of them take effect, or none. One result for each, in order. */
  batch?(
    statements: readonly DatabaseStatement[],
    options?: DatabaseTransactionOptions,
  ): Promise<DatabaseQueryResult[]>;

  /**
   * Runs `run` on a connection of its own with the given settings, such as the claims that row-level security reads.
   * The settings are gone before anybody else gets the connection.
   */
  withSession?<T>(run: (database: DatabaseProvider) => Promise<T>, options?: DatabaseSessionOptions): Promise<T>;

  /** One cheap round trip that shows whether the database answers. */
  ping?(options?: DatabaseQueryOptions): Promise<DatabasePing>;
}

/** A provider with every method there, on the handles of its transactions and sessions too. */
export interface CompleteDatabaseProvider extends Required<DatabaseProvider> {
  transaction<T>(
    run: (database: CompleteDatabaseProvider) => Promise<T>,
    options?: DatabaseTransactionOptions,
  ): Promise<T>;

  withSession<T>(run: (database: CompleteDatabaseProvider) => Promise<T>, options?: DatabaseSessionOptions): Promise<T>;
}

import { IntegrationError, type IntegrationErrorCode, type IntegrationErrorOptions } from '@mortise/core';

/** What can go wrong in a call to a database: the codes of every domain, and these. */
export type DatabaseErrorCode =
  | IntegrationErrorCode
  | 'unique_violation'
  | 'foreign_key_violation'
  | 'not_null_violation'
  | 'check_violation'
  | 'exclusion_violation'
  | 'serialization_failure'
  | 'deadlock'
  | 'syntax_error'
  /** A table, column, function, type, schema or database that is not there. */
  | 'undefined_object'
  | 'insufficient_privilege'
  /** The server accepts no more connections. */
  | 'too_many_connections'
  /** The caller's own pool had no free connection in time. Nothing was sent. */
  | 'pool_exhausted'
  /** Cancelled by the server or by somebody else; a cancelled call of one's own is `aborted` or `timeout`. */
  | 'query_canceled'
  | 'read_only_transaction'
  /** An earlier statement failed, so the transaction was or will be rolled back. */
  | 'transaction_failed'
  /** The provider, or the handle of a transaction or session, is no longer open. */
  | 'closed';

/** Where in the schema the error arose, and the database's own code. */
export interface DatabaseErrorLocation {
  /** SQLSTATE, five characters. */
  readonly sqlState?: string;
  readonly constraint?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  /** Where in the statement, counted in characters from 1. */
  readonly position?: number;
}

/** The server's own words. May quote values of the statement or of rows. */
export interface DatabaseServerReport {
  readonly severity?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Call stack inside the database. */
  readonly where?: string;
}

export interface DatabaseErrorOptions extends IntegrationErrorOptions<DatabaseErrorCode>, DatabaseErrorLocation {
  readonly serverReport?: DatabaseServerReport;
}

const MARKER = Symbol.for('@mortise/database-error');

/**
 * A database call that failed. `retryable` is true only where repeating cannot do harm by itself: after a serialisation
 * failure, after a deadlock, and when nothing was sent yet.
 */
export class DatabaseError extends IntegrationError<DatabaseErrorCode> implements DatabaseErrorLocation {
  declare readonly sqlState?: string;
  declare readonly constraint?: string;
  declare readonly schema?: string;
  declare readonly table?: string;
  declare readonly column?: string;
  declare readonly position?: number;
  /** Private, so that neither inspection nor JSON shows it. */
  readonly #serverReport: DatabaseServerReport | undefined;

  constructor(options: DatabaseErrorOptions) {
    super(options);
    if (options.sqlState !== undefined) this.sqlState = options.sqlState;
    if (options.constraint !== undefined) this.constraint = options.constraint;
    if (options.schema !== undefined) this.schema = options.schema;
    if (options.table !== undefined) this.table = options.table;
    if (options.column !== undefined) this.column = options.column;
    if (options.position !== undefined) this.position = options.position;
    this.#serverReport = options.serverReport;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /**
   * The server's own message, detail and hint, or undefined when the error did not come from the server. They may quote
   * row data and parameters, so they are never part of the printed error: ask for them where it is safe to show them.
   */
  serverReport(): DatabaseServerReport | undefined {
    return this.#serverReport;
  }

  /** True for every `DatabaseError`, whichever copy of the package made it. */
  static override is(value: unknown): value is DatabaseError {
    return IntegrationError.is(value) && MARKER in value;
  }
}

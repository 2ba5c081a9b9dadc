import { invalidSql } from '../sql/invalid-sql.ts';
import type { DatabasePing } from '../model/ping.ts';
import type { DatabaseQueryOptions, DatabaseStreamOptions } from '../model/query-options.ts';
import type { DatabaseQueryResult, DatabaseRow, DatabaseRunResult } from '../model/query-result.ts';
import type { DatabaseStatement, DatabaseStatementParam } from '../model/statement.ts';
import type { DatabaseTransactionOptions } from '../model/transaction-options.ts';
import type { CompleteDatabaseProvider } from '../database-provider.ts';
import { type CallScope, startCall } from './call-scope.ts';
import { encodeParams } from './codec/encode-params.ts';
import type { BorrowedLine } from './borrowed-line.ts';
import type { LineOptions } from './connection-line.ts';
import type { PostgresRequest } from './driver.ts';
import { checkWholeNumber, refuseUnsupportedOptions, unsupportedOptionWarnings } from './option-checks.ts';
import type { PostgresRuntime } from './runtime.ts';
import { rowsAs } from './rows-as.ts';
import { readFirstRows, streamRows } from './row-stream.ts';
import { toQueryResult } from './result.ts';
import { canHaveCursor, refuseTransactionControl } from './statements.ts';

/** The statement methods of a provider, whether on a pool or on one connection. */
export abstract class StatementRunner {
  protected readonly runtime: PostgresRuntime;

  constructor(runtime: PostgresRuntime) {
    this.runtime = runtime;
  }

  /** Scope that every call on this object belongs to, if any. */
  protected abstract outerSignal(): AbortSignal | undefined;

  protected abstract borrow(signal: AbortSignal): Promise<BorrowedLine>;

  abstract transaction<T>(
    run: (database: CompleteDatabaseProvider) => Promise<T>,
    options?: DatabaseTransactionOptions,
  ): Promise<T>;

  async query<TRow extends DatabaseRow = DatabaseRow>(
    statement: string,
    params: readonly DatabaseStatementParam[] = [],
    options: DatabaseQueryOptions = {},
  ): Promise<DatabaseQueryResult<TRow>> {
    checkWholeNumber(options.maxRows, 'maxRows', 0, 1_000_000_000);
    refuseTransactionControl(checkStatement(statement));
    const request = this.#request(statement, params, options);
    const warnings = unsupportedOptionWarnings(options);
    if (options.name !== undefined && request.name === undefined) {
      warnings.push({ type: 'unsupported', field: 'name', message: 'The statement was not prepared under a name' });
    }
    return this.withLine(options, async (borrowed, lineOptions) => {
      const { maxRows } = options;
      const reply =
        maxRows !== undefined && canHaveCursor(statement)
          ? await readFirstRows(borrowed, lineOptions, request, maxRows + 1)
          : await borrowed.line.perform(lineOptions, (connection) => connection.query(request));
      const rows = rowsAs<TRow>(reply.rows);
      if (maxRows !== undefined && rows.length > maxRows) {
        rows.length = maxRows;
        warnings.push({ type: 'truncated', field: 'maxRows', message: `There were more than ${maxRows} rows` });
      }
      return toQueryResult(reply, rows, warnings);
    });
  }

  async execute(
    statement: string,
    params: readonly DatabaseStatementParam[] = [],
    options: DatabaseQueryOptions = {},
  ): Promise<void> {
    refuseUnsupportedOptions(options);
    if (params.length > 0 || options.name !== undefined) {
      await this.query(statement, params, options);
      return;
    }
    refuseTransactionControl(checkStatement(statement));
    await this.withLine(options, ({ line }, lineOptions) =>
      line.perform(lineOptions, (connection) => connection.script(statement)),
    );
  }

  async run(
    statement: string,
    params?: readonly DatabaseStatementParam[],
    options?: DatabaseQueryOptions,
  ): Promise<DatabaseRunResult> {
    const {
      rows: _rows,
      rowCount: _rowCount,
      fields: _fields,
      ...result
    } = await this.query(statement, params, options);
    return result;
  }

  stream<TRow extends DatabaseRow = DatabaseRow>(
    statement: string,
    params: readonly DatabaseStatementParam[] = [],
    options: DatabaseStreamOptions = {},
  ): AsyncIterable<TRow> {
    return streamRows<TRow>(options, {
      statement: () => checkStatement(statement),
      request: () => this.#request(statement, params, options),
      start: () => this.startLine(options),
    });
  }

  async batch(
    statements: readonly DatabaseStatement[],
    options?: DatabaseTransactionOptions,
  ): Promise<DatabaseQueryResult[]> {
    return this.transaction(async (database) => {
      const results: DatabaseQueryResult[] = [];
      for (const { statement, params } of statements) results.push(await database.query(statement, params));
      return results;
    }, options);
  }

  async ping(options?: DatabaseQueryOptions): Promise<DatabasePing> {
    const startedAt = this.runtime.now();
    const { rows } = await this.query(`select current_setting('server_version') as version`, [], options);
    const latencyMs = this.runtime.now() - startedAt;
    const version = rows[0]?.['version'];
    return { latencyMs, ...(typeof version === 'string' ? { serverVersion: version } : {}) };
  }

  /** Begins a call and borrows a connection for it. The caller must end the one and give back the other. */
  protected async startLine(
    options: DatabaseQueryOptions,
  ): Promise<{ borrowed: BorrowedLine; lineOptions: LineOptions; call: CallScope }> {
    const call = startCall(options, this.outerSignal());
    try {
      const borrowed = await this.borrow(call.signal);
      const { isInTransaction, check } = borrowed;
      const lineOptions: LineOptions = {
        signal: call.signal,
        onAbort: options.onAbort ?? 'cancel',
        phase: 'statement',
        isInTransaction,
        ...(check === undefined ? {} : { check }),
      };
      return { borrowed, lineOptions, call };
    } catch (error) {
      call.end();
      throw error;
    }
  }

  protected async withLine<T>(
    options: DatabaseQueryOptions,
    work: (borrowed: BorrowedLine, lineOptions: LineOptions) => Promise<T>,
  ): Promise<T> {
    const { borrowed, lineOptions, call } = await this.startLine(options);
    try {
      return await work(borrowed, lineOptions);
    } finally {
      borrowed.giveBack();
      call.end();
    }
  }

  #request(
    statement: string,
    params: readonly DatabaseStatementParam[],
    { name, rowMode = 'object', maxRows }: DatabaseQueryOptions,
  ): PostgresRequest {
    const isNamed = name !== undefined && this.runtime.capabilities.prepared && maxRows === undefined;
    return {
      statement,
      params: encodeParams(params),
      rowMode,
      parserOf: this.runtime.parserOf,
      ...(isNamed ? { name } : {}),
    };
  }
}

function checkStatement(statement: string): string {
  if (typeof statement !== 'string' || statement.trim() === '') {
    throw invalidSql('statement must be text that is not blank', 'statement');
  }
  if (/\0|\p{Surrogate}/u.test(statement)) {
    throw invalidSql('statement must not hold a NUL or half of a surrogate pair', 'statement');
  }
  return statement;
}

import type { DatabaseStreamOptions } from '../model/query-options.ts';
import type { DatabaseRow } from '../model/query-result.ts';
import { invalidSql } from '../sql/invalid-sql.ts';
import type { CallScope } from './call-scope.ts';
import type { LineOptions } from './connection-line.ts';
import type { PostgresReply, PostgresRequest } from './driver.ts';
import { checkWholeNumber, refuseUnsupportedOptions } from './option-checks.ts';
import type { BorrowedLine } from './borrowed-line.ts';
import { rowsAs } from './rows-as.ts';
import { canHaveCursor, notStreamable, refuseTransactionControl } from './statements.ts';

const DEFAULT_CHUNK_SIZE = 500;

/** What a stream is made from, asked for when the first row is. */
export interface RowStreamSource {
  statement(): string;
  request(): PostgresRequest;
  start(): Promise<{ borrowed: BorrowedLine; lineOptions: LineOptions; call: CallScope }>;
}

/** Rows of a cursor on the server, fetched in chunks. Can be iterated once. */
export function streamRows<TRow extends DatabaseRow>(
  options: DatabaseStreamOptions,
  source: RowStreamSource,
): AsyncIterable<TRow> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator]() {
      if (isTaken) throw invalidSql('a stream of rows can be iterated only once; call stream() again');
      isTaken = true;
      return iterateRows<TRow>(options, source);
    },
  };
}

async function* iterateRows<TRow extends DatabaseRow>(
  options: DatabaseStreamOptions,
  source: RowStreamSource,
): AsyncGenerator<TRow, void, undefined> {
  const { chunkSize = DEFAULT_CHUNK_SIZE } = options;
  checkWholeNumber(chunkSize, 'chunkSize', 1, 100_000);
  refuseUnsupportedOptions(options);
  const statement = source.statement();
  refuseTransactionControl(statement);
  if (!canHaveCursor(statement)) throw notStreamable();
  const request = source.request();
  const { borrowed, lineOptions, call } = await source.start();
  const cursor = new ServerCursor(borrowed, lineOptions, request);
  // An abort must free the connection even when nobody asks for the next row.
  const onAbort = () => cursor.abandon();
  call.signal.addEventListener('abort', onAbort, { once: true });
  try {
    await cursor.open();
    for (let hasMore = true; hasMore;) {
      const { rows } = await cursor.fetch(chunkSize);
      hasMore = rows.length === chunkSize;
      yield* rowsAs<TRow>(rows);
    }
  } finally {
    call.signal.removeEventListener('abort', onAbort);
    await cursor.close();
    call.end();
  }
}

/** The first rows of a statement, without the rest ever being computed. */
export async function readFirstRows(
  borrowed: BorrowedLine,
  lineOptions: LineOptions,
  request: PostgresRequest,
  count: number,
): Promise<PostgresReply> {
  const cursor = new ServerCursor({ ...borrowed, giveBack: () => undefined }, lineOptions, request);
  try {
    await cursor.open();
    return await cursor.fetch(count);
  } finally {
    await cursor.close();
  }
}

let cursorCount = 0;

/** A cursor declared on the server: in the transaction that is open, or in one of its own. */
class ServerCursor {
  readonly #borrowed: BorrowedLine;
  readonly #options: LineOptions;
  readonly #request: PostgresRequest;
  readonly #name: string;
  #isOver = false;

  constructor(borrowed: BorrowedLine, options: LineOptions, request: PostgresRequest) {
    this.#borrowed = borrowed;
    this.#options = options;
    this.#request = request;
    cursorCount += 1;
    this.#name = `mortise_cursor_${cursorCount}`;
  }

  async open(): Promise<void> {
    const { line, isInTransaction } = this.#borrowed;
    const declare = `declare ${this.#name} no scroll cursor for `;
    const request = { ...this.#request, statement: `${declare}${this.#request.statement}` };
    if (!isInTransaction) await line.perform(this.#options, (connection) => connection.script('begin'));
    const options = { ...this.#options, textOffset: declare.length };
    await line.perform(options, (connection) => connection.query(request));
  }

  fetch(count: number): Promise<PostgresReply> {
    const request = { ...this.#request, statement: `fetch forward ${count} from ${this.#name}`, params: [] };
    return this.#borrowed.line.perform(this.#options, (connection) => connection.query(request));
  }

  /** Closes the cursor and gives the connection back; when the call was aborted, without waiting for the server. */
  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const { line, isInTransaction } = this.#borrowed;
    // A scope of its own: the call's may have ended, and the connection must be cleaned all the same.
    const { check: _check, ...options } = { ...this.#options, signal: new AbortController().signal };
    const end = isInTransaction ? `close ${this.#name}` : 'commit';
    const closed = line
      .perform(options, (connection) => connection.script(end))
      .catch(() => {
        // After a failed statement the transaction is over for its owner anyway; outside of one the connection is not trusted.
        if (!isInTransaction) line.markBroken();
      });
    this.#borrowed.giveBack();
    if (!this.#options.signal.aborted) await closed;
  }

  abandon(): void {
    void this.close();
  }
}

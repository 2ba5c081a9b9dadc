import type { CallOptions } from '@mortise/core';

/**
 * What happens to a statement that is running when its call is aborted or runs out of time. The call itself ends at
 * once in every case; its connection is given back when the statement has ended.
 *
 * - `ignore`: the server works on until the statement is done.
 * - `cancel`: the server is asked to cancel the statement.
 * - `kill`: the server is asked to end the whole connection, for statements that do not react to a cancel request.
 */
export type DatabaseAbortStrategy = 'ignore' | 'cancel' | 'kill';

/**
 * Options of one statement. Of the general call options a database can honour `signal` and `timeoutMs`. Any other that is
 * set is named in the result's `warnings`, or refused with code `unsupported` where a method gives no result to carry them.
 */
export interface DatabaseQueryOptions extends CallOptions {
  /** Name under which the server keeps the prepared statement; the same name must always go with the same text. */
  readonly name?: string;
  /** Rows as objects by column name (default), or as arrays in column order (see `DatabaseArrayRow`). */
  readonly rowMode?: 'object' | 'array';
  /** Default `cancel`. */
  readonly onAbort?: DatabaseAbortStrategy;
  /** Largest number of rows in the result; when there are more, `warnings` says `truncated`. Default: no limit. */
  readonly maxRows?: number;
}

/** A stream is bounded by its chunks and by whoever stops reading, so `maxRows` and `name` have no place in it. */
export interface DatabaseStreamOptions extends Omit<DatabaseQueryOptions, 'maxRows' | 'name'> {
  /** Rows fetched from the server at a time, 1 to 100 000. Default 500. */
  readonly chunkSize?: number;
}

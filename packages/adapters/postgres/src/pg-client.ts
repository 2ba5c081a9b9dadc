/*
 * The part of node-postgres (`pg` 8) that the adapter uses, described by its shape: whichever copy or subclass of `pg` an
 * application has, its `Pool` fits.
 */

/** Configuration of one query. */
export interface PgQueryConfig {
  text: string;
  values?: unknown[];
  name?: string;
  rowMode?: string;
  queryMode?: string;
  types?: { getTypeParser(typeId: number, format?: string): (text: string) => unknown };
}

export interface PgQueryResult {
  rows: Record<string, unknown>[];
  command: string;
  rowCount: number | null;
  fields: { name: string; dataTypeID: number }[];
}

/** A connection. */
export interface PgClient {
  query(config: PgQueryConfig): Promise<PgQueryResult>;
  on(event: 'notice', listener: (notice: PgNotice) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'notice', listener: (notice: PgNotice) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
  /** Number of the backend that serves the connection; another number behind a pooler. */
  readonly processID?: number | null;
}

export interface PgNotice {
  severity?: string | undefined;
  message?: string | undefined;
  code?: string | undefined;
}

export interface PgPoolClient extends PgClient {
  release(destroy?: boolean): void;
}

/** A client of its own, outside of the pool. */
export interface PgSingleClient extends PgClient {
  connect(): Promise<unknown>;
  end(): Promise<void>;
}

export interface PgPool {
  connect(): Promise<PgPoolClient>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
  /** Requests that wait for a free connection. */
  readonly waitingCount?: number;
  /** Class of the pool's clients and what it makes them from: used to open the connection over which others are cancelled. */
  readonly Client?: new (options?: object) => PgSingleClient;
  readonly options?: object;
}

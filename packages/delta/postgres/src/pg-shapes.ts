/*
 * The part of node-postgres (`pg` 8) that the store uses, described by its shape: whichever copy or subclass of `pg` an
 * application has, its `Pool` fits.
 */

export interface PgQuery {
  readonly text: string;
  values?: unknown[];
  /** Parsed and planned once per connection under this name. */
  name?: string;
  /** Milliseconds after which the client gives up. */
  query_timeout?: number;
}

export interface PgResult {
  readonly rows: Record<string, unknown>[];
  readonly rowCount: number | null;
  /** What the server did, such as `COMMIT`. */
  readonly command: string;
}

export interface PgClient {
  query(query: PgQuery): Promise<PgResult>;
  query(text: string, values?: unknown[]): Promise<PgResult>;
}

export interface PgPoolClient extends PgClient {
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
  release(destroy?: boolean): void;
}

export interface PgPool<Client extends PgPoolClient = PgPoolClient> {
  connect(): Promise<Client>;
  end(): Promise<void>;
}

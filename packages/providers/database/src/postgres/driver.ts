import type { DatabaseNotice } from '../model/notice.ts';
import type { DatabaseRow } from '../model/query-result.ts';

/** A parameter as it goes over the wire: text, bytes or NULL. */
export type PostgresWireValue = string | Uint8Array | null;

/** Turns the text form of a value into what the caller gets. */
export type PostgresParser = (text: string) => unknown;

/** One statement, ready to be sent with the extended protocol, which takes exactly one. */
export interface PostgresRequest {
  readonly statement: string;
  readonly params: readonly PostgresWireValue[];
  /** Name under which the server shall keep the prepared statement. */
  readonly name?: string;
  readonly rowMode: 'object' | 'array';
  /** Parser of a type, by its number in `pg_type`. */
  parserOf(typeId: number): PostgresParser;
}

export interface PostgresReply {
  readonly rows: DatabaseRow[];
  /** First word of the command tag, such as `INSERT`. Absent: the driver does not know it. */
  readonly command?: string;
  /** Count of the command tag. */
  readonly count?: number;
  readonly fields: readonly { readonly name: string; readonly typeId: number }[];
  readonly notices: readonly DatabaseNotice[];
}

/** One connection while it is borrowed. Requests come one at a time; errors are those of the driver, unchanged. */
export interface PostgresConnection {
  query(request: PostgresRequest): Promise<PostgresReply>;

  /** Runs statements without parameters and results (simple protocol). Gives the command of the last one. */
  script(text: string): Promise<Pick<PostgresReply, 'command'>>;

  /**
   * Asks the server, from outside of this connection, to stop what it is doing here. Resolves when the request has been
   * delivered. Absent: the connection cannot be interrupted.
   */
  interrupt?(how: 'cancel' | 'kill'): Promise<void>;

  /** Ends the loan. `isBroken`: the connection is in an unknown state and must not be lent again. */
  release(isBroken: boolean): void;
}

/** Lends connections. What the PostgreSQL half of this package needs of a driver, and all that it needs. */
export interface PostgresDriver {
  /** Whether one borrowed connection is one server session. False behind a pooler in transaction mode. */
  readonly hasSessions: boolean;
  /** Whether several connections can be in use at the same time. */
  readonly isConcurrent: boolean;
  /** Whether the server keeps a named statement for as long as the connection lasts. */
  readonly canPrepare: boolean;
  /** Whether connections have `interrupt`. */
  readonly canInterrupt: boolean;

  /**
   * Waits for a free connection.
   *
   * @throws {DatabaseError} `pool_exhausted` when none became free in time.
   * @throws The reason of the signal, as soon as it is aborted.
   */
  acquire(signal: AbortSignal): Promise<PostgresConnection>;

  /** Ends all connections. Called once, when none is on loan. */
  close(): Promise<void>;
}

import type { CallOptions } from '@mortise/core';
import type { DatabaseAbortStrategy } from './query-options.ts';

/** Isolation levels of the SQL standard. */
export type DatabaseIsolationLevel = 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable';

/**
 * Options of one transaction; `signal` and `timeoutMs` hold for all of it, retries included. A nested transaction is a
 * savepoint of its parent and takes only these two and `onAbort`; any other option is refused with code `unsupported`.
 */
export interface DatabaseTransactionOptions extends CallOptions {
  /** Default: the database's own, which is `read committed` in PostgreSQL. */
  readonly isolation?: DatabaseIsolationLevel;
  /** Refuses writes with code `read_only_transaction`. Default false. */
  readonly readOnly?: boolean;
  /** How often `run` is started again after a serialisation failure or a deadlock, 0 to 100. Default 0. */
  readonly retries?: number;
  /** Default `cancel`. */
  readonly onAbort?: DatabaseAbortStrategy;
}

export interface DatabaseSessionOptions extends CallOptions {
  /** Values by setting name, such as `{ 'app.tenant_id': 'acme', role: 'tenant' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default `cancel`. */
  readonly onAbort?: DatabaseAbortStrategy;
}

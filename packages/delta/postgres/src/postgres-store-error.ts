import { MortiseError } from '@mortise/core';

export type PostgresDeltaStoreErrorCode =
  /** No connection, none in time, or it was lost. What was under way may have happened, as a whole. Retryable. */
  | 'UNAVAILABLE'
  /** The server undid the step in favour of another: a deadlock, a serialization failure, a lock not given. Retryable. */
  | 'CONTENDED'
  /** The server does not do it: a missing right, a full disk, an id that it cannot keep. `sqlState` says what. */
  | 'REFUSED'
  /** A newer version of this package made the tables, or, without `migrate`, an older one did, or none. */
  | 'INCOMPATIBLE'
  | 'CLOSED'
  | 'INVALID_OPTIONS';

export interface PostgresDeltaStoreErrorOptions {
  readonly code: PostgresDeltaStoreErrorCode;
  readonly message: string;
  readonly sqlState?: string;
  readonly cause?: unknown;
}

const MARKER = Symbol.for('@mortise/postgres-delta-store-error');

/** The store itself failed. Neither values nor addresses nor passwords are part of it. */
export class PostgresDeltaStoreError extends MortiseError<PostgresDeltaStoreErrorCode> {
  /** The server's five-character code. Absent: the server did not answer. */
  declare readonly sqlState?: string;

  constructor({ sqlState, ...options }: PostgresDeltaStoreErrorOptions) {
    const isPassing = options.code === 'UNAVAILABLE' || options.code === 'CONTENDED';
    super({ ...options, retry: isPassing ? 'transient' : 'never' });
    if (sqlState !== undefined) this.sqlState = sqlState;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `PostgresDeltaStoreError`, whichever copy of the package made it. */
  static override is(value: unknown): value is PostgresDeltaStoreError {
    return MortiseError.is(value) && MARKER in value;
  }
}

/** Undone for another's sake: 40001 serialization failure, 40P01 deadlock, 55P03 lock not available. */
const CONTENDED = new Set(['40001', '40P01', '55P03']);
/** Connection exceptions (08), resources (53, a full disk and such included) and operators' interventions (57). */
const UNAVAILABLE = /^(?:08|53|57)/;
/** Of these classes, what another try does not change by itself: a full disk. */
const DISK_FULL = '53100';

/** What `pg` threw as an error of the store. */
export function storeFailed(what: string, cause: unknown): PostgresDeltaStoreError {
  const sqlState = sqlStateOf(cause);
  if (sqlState === undefined) {
    const message = `The delta store could not ${what}: no answer from the server. The step may have happened, as a whole`;
    return new PostgresDeltaStoreError({ code: 'UNAVAILABLE', message, cause });
  }
  const isPassing = UNAVAILABLE.test(sqlState) && sqlState !== DISK_FULL;
  const code = CONTENDED.has(sqlState) ? 'CONTENDED' : isPassing ? 'UNAVAILABLE' : 'REFUSED';
  const message = `The delta store could not ${what}: the server answered with SQLSTATE ${sqlState}`;
  return new PostgresDeltaStoreError({ code, message, sqlState, cause });
}

/** Five characters with a digit among them; the codes of Node's own errors are letters alone. */
function sqlStateOf(error: unknown): string | undefined {
  const code: unknown = Reflect.get(Object(error), 'code');
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

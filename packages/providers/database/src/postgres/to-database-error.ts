import { DatabaseError } from '../errors/database-error.ts';
import { type DatabaseErrorReport, databaseErrorFromSqlState } from '../errors/database-error-from-sql-state.ts';
import type { DatabaseErrorPhase } from '../errors/sql-state.ts';

/** Fields of an error response as all JavaScript drivers of PostgreSQL name them. */
interface ServerError {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

function isServerError(error: unknown): error is ServerError {
  if (typeof error !== 'object' || error === null) return false;
  if (!('code' in error && 'severity' in error && 'message' in error)) return false;
  return typeof error.code === 'string' && typeof error.severity === 'string' && typeof error.message === 'string';
}

/** When an error came. */
export interface ErrorSituation {
  readonly phase: DatabaseErrorPhase;
  /** Whether losing the connection has certainly undone the statement. */
  readonly isInTransaction: boolean;
  /** Length of the text that was put before the caller's statement. */
  readonly textOffset?: number;
}

/** The error of the library for what a driver threw. */
export function toDatabaseError(error: unknown, situation: ErrorSituation): DatabaseError {
  if (DatabaseError.is(error)) return error;
  if (isServerError(error)) return databaseErrorFromSqlState(reportOf(error, situation.textOffset), situation.phase);
  return withoutServer(error, situation);
}

/** Whether the connection can be used on: true after an ordinary error response, false after a fatal one or a lost connection. */
export function isConnectionUsableAfter(error: unknown): boolean {
  if (DatabaseError.is(error)) return true;
  return isServerError(error) && error.severity !== 'FATAL' && error.severity !== 'PANIC';
}

function withoutServer(error: unknown, { phase, isInTransaction }: ErrorSituation): DatabaseError {
  const cause = error;
  if (phase === 'connect') {
    const message = `unavailable: no connection to the database could be made${systemCodeOf(error)}`;
    return new DatabaseError({ code: 'unavailable', message, retry: 'transient', cause });
  }
  if (phase === 'statement' && isInTransaction) {
    const message = 'unavailable: the connection was lost; the transaction was rolled back';
    return new DatabaseError({ code: 'unavailable', message, cause });
  }
  const message =
    'outcome_unknown: the connection was lost before the answer came; the statement may have taken effect';
  return new DatabaseError({ code: 'outcome_unknown', message, cause });
}

/** Such as ` (ECONNREFUSED)`: tells a wrong host from a firewall, and holds no secret. */
function systemCodeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(error.code) ? ` (${error.code})` : '';
}

function reportOf(error: ServerError, textOffset = 0): DatabaseErrorReport {
  const text = (field: string, name: string) => {
    const value = error[field];
    return typeof value === 'string' && value !== '' ? { [name]: value } : {};
  };
  const position = Number(error['position']) - textOffset;
  return {
    sqlState: error.code,
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
    ...text('severity', 'severity'),
    ...text('message', 'message'),
    ...text('detail', 'detail'),
    ...text('hint', 'hint'),
    ...text('where', 'where'),
    ...text('schema', 'schema'),
    ...text('table', 'table'),
    ...text('column', 'column'),
    ...text('constraint', 'constraint'),
  };
}

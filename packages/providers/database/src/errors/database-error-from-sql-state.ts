import {
  DatabaseError,
  type DatabaseErrorCode,
  type DatabaseErrorLocation,
  type DatabaseServerReport,
} from './database-error.ts';
import { databaseErrorCodeOf, databaseRetryAdvice, type DatabaseErrorPhase } from './sql-state.ts';

/** What a driver knows of an error that the server reported. */
export interface DatabaseErrorReport extends DatabaseErrorLocation, DatabaseServerReport {
  /** SQLSTATE, five characters. */
  readonly sqlState: string;
}

/**
 * The error for what a server reported.
 *
 * The printed message names the place (constraint, table, column) and the SQLSTATE. The server's own words are part of it only
 * for classes of errors in which servers quote names but no values; otherwise they are left to `serverReport()`.
 *
 * @param phase Default `statement`. Decides, with the code, whether the error is retryable.
 */
export function databaseErrorFromSqlState(
  report: DatabaseErrorReport,
  phase: DatabaseErrorPhase = 'statement',
): DatabaseError {
  const code = codeOf(report, phase);
  return new DatabaseError({
    code,
    message: messageOf(report, code),
    retry: databaseRetryAdvice(code, phase),
    providerCode: report.sqlState,
    sqlState: report.sqlState,
    ...(report.constraint === undefined ? {} : { constraint: report.constraint }),
    ...(report.schema === undefined ? {} : { schema: report.schema }),
    ...(report.table === undefined ? {} : { table: report.table }),
    ...(report.column === undefined ? {} : { column: report.column }),
    ...(report.position === undefined ? {} : { position: report.position }),
    serverReport: serverReportOf(report),
  });
}

function codeOf(report: DatabaseErrorReport, phase: DatabaseErrorPhase): DatabaseErrorCode {
  // Supavisor answers a wrong user with the state of an internal error.
  const isUnknownTenant = report.sqlState === 'XX000' && /tenant or user not found/i.test(report.message ?? '');
  if (phase === 'connect' && isUnknownTenant) return 'unauthenticated';
  return databaseErrorCodeOf(report.sqlState);
}

const WHAT_FAILED: Readonly<Partial<Record<DatabaseErrorCode, string>>> = {
  unique_violation: 'a row with the same key exists already',
  foreign_key_violation: 'a row that is referred to does not exist, or is still referred to',
  not_null_violation: 'a value is required',
  check_violation: 'a value is outside of what the schema allows',
  exclusion_violation: 'a row that excludes this one exists already',
  syntax_error: 'the statement is not valid SQL',
  invalid_request: 'the database refused a value or a statement',
  query_canceled: 'the statement was cancelled on the server',
  transaction_failed: 'an earlier statement of the transaction failed; only a rollback is possible',
};

/** In these classes PostgreSQL's primary message quotes names of objects and users, never values. */
const QUOTES_NAMES_ONLY = /^(?:08|0A|25|28|3D|3F|40|53|55|57)|^42(?!601)/;

function messageOf(report: DatabaseErrorReport, code: DatabaseErrorCode): string {
  const serverWords = QUOTES_NAMES_ONLY.test(report.sqlState) ? report.message : undefined;
  const what = serverWords ?? WHAT_FAILED[code] ?? 'the database reported an error';
  const places = [
    report.constraint === undefined ? '' : `constraint "${report.constraint}"`,
    report.table === undefined ? '' : `table "${report.table}"`,
    report.column === undefined ? '' : `column "${report.column}"`,
    report.position === undefined ? '' : `character ${report.position}`,
    `SQLSTATE ${report.sqlState}`,
  ];
  return `${code}: ${what} (${places.filter((place) => place !== '').join(', ')})`;
}

function serverReportOf(report: DatabaseErrorReport): DatabaseServerReport {
  return {
    ...(report.severity === undefined ? {} : { severity: report.severity }),
    ...(report.message === undefined ? {} : { message: report.message }),
    ...(report.detail === undefined ? {} : { detail: report.detail }),
    ...(report.hint === undefined ? {} : { hint: report.hint }),
    ...(report.where === undefined ? {} : { where: report.where }),
  };
}

import type { RetryAdvice } from '@mortise/core';
import type { DatabaseErrorCode } from './database-error.ts';

/** When an error arose: while connecting (nothing was sent), in a statement, or while committing. */
export type DatabaseErrorPhase = 'connect' | 'statement' | 'commit';

/**
 * Codes by SQLSTATE, or by its first two characters where the whole class means one thing.
 *
 * @see https://www.postgresql.org/docs/18/errcodes-appendix.html (the first two characters are those of the SQL standard)
 */
const CODE_BY_SQL_STATE: Readonly<Record<string, DatabaseErrorCode>> = {
  '08': 'unavailable',
  '08007': 'outcome_unknown',
  '08P01': 'invalid_request',
  '0A': 'unsupported',
  '21': 'invalid_request',
  '22': 'invalid_request',
  '23': 'conflict',
  '23001': 'foreign_key_violation',
  '23502': 'not_null_violation',
  '23503': 'foreign_key_violation',
  '23505': 'unique_violation',
  '23514': 'check_violation',
  '23P01': 'exclusion_violation',
  '25': 'precondition_failed',
  '25006': 'read_only_transaction',
  '25P02': 'transaction_failed',
  '25P03': 'timeout',
  '25P04': 'timeout',
  '26': 'precondition_failed',
  '28': 'unauthenticated',
  '2B': 'conflict',
  '2D': 'precondition_failed',
  '34': 'undefined_object',
  '3B': 'precondition_failed',
  '3D': 'undefined_object',
  '3F': 'undefined_object',
  '40': 'conflict',
  '40001': 'serialization_failure',
  '40003': 'outcome_unknown',
  '40P01': 'deadlock',
  '42': 'invalid_request',
  '42501': 'insufficient_privilege',
  '42601': 'syntax_error',
  '42602': 'syntax_error',
  '42622': 'syntax_error',
  '42701': 'conflict',
  '42703': 'undefined_object',
  '42704': 'undefined_object',
  '42710': 'conflict',
  '42712': 'conflict',
  '42723': 'conflict',
  '42883': 'undefined_object',
  '42P01': 'undefined_object',
  '42P02': 'undefined_object',
  '42P03': 'conflict',
  '42P04': 'conflict',
  '42P05': 'conflict',
  '42P06': 'conflict',
  '42P07': 'conflict',
  '44': 'check_violation',
  '53': 'unavailable',
  '53300': 'too_many_connections',
  '53400': 'quota_exceeded',
  '54': 'invalid_request',
  '55': 'conflict',
  '57': 'unavailable',
  '57014': 'query_canceled',
  '57P04': 'undefined_object',
  '58': 'provider_error',
};

/** What an error with this SQLSTATE means; `provider_error` for a state that is not listed. */
export function databaseErrorCodeOf(sqlState: string): DatabaseErrorCode {
  const own = (key: string) => (Object.hasOwn(CODE_BY_SQL_STATE, key) ? CODE_BY_SQL_STATE[key] : undefined);
  return own(sqlState) ?? own(sqlState.slice(0, 2)) ?? 'provider_error';
}

const RETRYABLE_ANYWHERE: ReadonlySet<DatabaseErrorCode> = new Set([
  'serialization_failure',
  'deadlock',
  'pool_exhausted',
]);

const RETRYABLE_BEFORE_SENDING: ReadonlySet<DatabaseErrorCode> = new Set([
  'unavailable',
  'too_many_connections',
  'timeout',
]);

/** Whether the same call may be tried again: only where it certainly had no effect. */
export function databaseRetryAdvice(code: DatabaseErrorCode, phase: DatabaseErrorPhase): RetryAdvice {
  if (RETRYABLE_ANYWHERE.has(code)) return 'transient';
  return phase === 'connect' && RETRYABLE_BEFORE_SENDING.has(code) ? 'transient' : 'never';
}

import type { DatabaseTransactionOptions } from '../model/transaction-options.ts';
import { DatabaseError } from '../errors/database-error.ts';
import { invalidSql } from '../sql/invalid-sql.ts';

/** Blanks and comments before the first word; a nested comment is left to the server to judge. */
const LEADING_BLANKS = /^(?:\s|--[^\n\r]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/;

/** First word of a statement in lower case, after blanks, comments and opening brackets. */
function leadingKeyword(statement: string): string {
  const text = statement.replace(LEADING_BLANKS, '').replace(/^[(\s]+/, '');
  return /^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? '';
}

const TRANSACTION_CONTROL =
  /^(?:begin|start\s+transaction|commit|end|abort|prepare\s+transaction|rollback(?!\s+(?:to|prepared|work\s+to|transaction\s+to)\b))\b/i;

/**
 * Transactions belong to `transaction()`: one begun by hand would be handed to the next borrower of the connection, and one
 * ended by hand would leave the rest of a callback without its protection. Scripts of several statements may use them.
 *
 * @throws {DatabaseError} `invalid_request`
 */
export function refuseTransactionControl(statement: string): void {
  const text = statement.replace(LEADING_BLANKS, '');
  if (!TRANSACTION_CONTROL.test(text) || /;\s*\S/.test(text)) return;
  throw invalidSql('use transaction() instead of a statement that begins or ends a transaction', 'statement');
}

const READS = new Set(['select', 'with', 'values', 'table']);

/** Whether a cursor can be declared for a statement. A `with` that writes is refused by the server. */
export function canHaveCursor(statement: string): boolean {
  return READS.has(leadingKeyword(statement));
}

const ISOLATION_SQL: Readonly<Record<NonNullable<DatabaseTransactionOptions['isolation']>, string>> = {
  'read uncommitted': 'read uncommitted',
  'read committed': 'read committed',
  'repeatable read': 'repeatable read',
  serializable: 'serializable',
};

export function beginStatement({ isolation, readOnly }: DatabaseTransactionOptions): string {
  const modes: string[] = [];
  if (isolation !== undefined) {
    // The value may come from untyped code; only a listed one becomes SQL.
    const level = Object.hasOwn(ISOLATION_SQL, isolation) ? ISOLATION_SQL[isolation] : undefined;
    if (level === undefined)
      throw invalidSql(`isolation must be one of ${Object.keys(ISOLATION_SQL).join(', ')}`, 'isolation');
    modes.push(`isolation level ${level}`);
  }
  if (readOnly !== undefined) modes.push(readOnly ? 'read only' : 'read write');
  return ['begin', modes.join(', ')].join(' ').trim();
}

/**
 * Sets settings from one JSON parameter. `role` comes last: the role may not be allowed to set the others.
 *
 * @param isLocal Whether they end with the transaction rather than with the session.
 */
export function applySettingsStatement(isLocal: boolean): string {
  return `select set_config(key, value, ${isLocal}) from jsonb_each_text($1::jsonb) order by lower(key) in ('role', 'session_authorization')`;
}

/**
 * All that a session may leave behind, as in `discard all`, but for prepared statements: drivers keep account of those.
 *
 * @see https://www.postgresql.org/docs/18/sql-discard.html
 */
export const RESET_SESSION = [
  'close all',
  'reset session authorization',
  'reset role',
  'reset all',
  'unlisten *',
  'select pg_advisory_unlock_all()',
  'discard sequences',
  'discard temporary',
].join('; ');

/** The error for a stream of a statement that no cursor can be declared for. */
export function notStreamable(): DatabaseError {
  return new DatabaseError({
    code: 'unsupported',
    message:
      'unsupported: only statements that read (select, values, table, with) can be streamed; use query() for others',
    field: 'statement',
  });
}

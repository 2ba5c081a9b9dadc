import type { DatabaseStatementParam } from '../../model/statement.ts';
import { invalidSql } from '../../sql/invalid-sql.ts';
import type { PostgresWireValue } from '../driver.ts';
import { formatArrayLiteral, type PostgresArrayItem } from './array-literal.ts';
import { formatBytea } from './bytes.ts';
import { formatInstant } from './instant.ts';

/**
 * Parameters in the form in which they are sent. Independent of the process's time zone; nothing is changed or lost on the way.
 *
 * @throws {DatabaseError} `invalid_request`, naming the parameter but not its value: an invalid `Date`, text that
 *   PostgreSQL cannot store (a NUL, half of a surrogate pair), or something that is no parameter.
 */
export function encodeParams(params: readonly DatabaseStatementParam[]): PostgresWireValue[] {
  return params.map((param, index) => (param instanceof Uint8Array ? param : encode(param, `params[${index}]`)));
}

function encode(value: unknown, field: string): string | null {
  switch (typeof value) {
    case 'string':
      return checkText(value, field);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? null : encodeObject(value, field);
    default:
      throw invalidSql(`${field} must be a value that a statement can take, got ${typeof value}`, field);
  }
}

function encodeObject(value: object, field: string): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw invalidSql(`${field} must be a valid date`, field);
    return formatInstant(value);
  }
  if (Array.isArray(value)) return formatArrayLiteral(value.map((item: unknown) => encodeItem(item, field)));
  return encodeJson(value, field);
}

function encodeItem(item: unknown, field: string): PostgresArrayItem {
  if (item instanceof Uint8Array) return formatBytea(item);
  return Array.isArray(item) ? item.map((inner: unknown) => encodeItem(inner, field)) : encode(item, field);
}

function encodeJson(value: object, field: string): string {
  try {
    return checkText(JSON.stringify(value), field);
  } catch (error) {
    // The reason may quote the value.
    if (error instanceof TypeError) throw invalidSql(`${field} must be an object that JSON can express`, field);
    throw error;
  }
}

function checkText(text: string, field: string): string {
  if (text.includes('\0'))
    throw invalidSql(`${field} must not hold the character NUL: PostgreSQL cannot store it`, field);
  if (/\p{Surrogate}/u.test(text)) throw invalidSql(`${field} must not hold half of a surrogate pair`, field);
  return text;
}

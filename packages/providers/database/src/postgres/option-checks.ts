import type { CallOptions, IntegrationWarning } from '@mortise/core';
import { DatabaseError } from '../errors/database-error.ts';
import { invalidSql } from '../sql/invalid-sql.ts';

/** General call options that have no counterpart in a database. */
const NOT_HONOURED = ['headers', 'idempotencyKey', 'providerOptions', 'traceparent'] as const;

/** One warning for each option that was given and cannot be honoured. */
export function unsupportedOptionWarnings(options: CallOptions = {}): IntegrationWarning[] {
  return NOT_HONOURED.filter((field) => options[field] !== undefined).map((field) => ({
    type: 'unsupported',
    field,
    message: `A database cannot honour the call option ${field}`,
  }));
}

/** For calls that give no result which could carry a warning. */
export function refuseUnsupportedOptions<Options extends CallOptions>(
  options: Options = Object.create(null),
  alsoRefused: readonly (keyof Options & string)[] = [],
): void {
  const field = [...NOT_HONOURED, ...alsoRefused].find((name) => options[name] !== undefined);
  if (field === undefined) return;
  throw new DatabaseError({ code: 'unsupported', message: `unsupported: this call cannot honour ${field}`, field });
}

/** @throws {DatabaseError} `invalid_request` unless the value is a whole number in the range, or absent. */
export function checkWholeNumber(value: number | undefined, field: string, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw invalidSql(`${field} must be a whole number from ${min} to ${max}, got ${value}`, field);
}

import { DatabaseError } from '../errors/database-error.ts';

/** The error for SQL that was put together wrongly, before anything is sent. */
export function invalidSql(message: string, field?: string): DatabaseError {
  return new DatabaseError({ code: 'invalid_request', message, ...(field === undefined ? {} : { field }) });
}

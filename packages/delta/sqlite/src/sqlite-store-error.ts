import { MortiseError } from '@mortise/core';

/** `UNAVAILABLE`: others write for too long, or the disk fails. `INCOMPATIBLE`: a newer version made the file. */
export type SqliteDeltaStoreErrorCode = 'UNAVAILABLE' | 'INCOMPATIBLE' | 'CLOSED' | 'INVALID_OPTIONS';

/** The store itself failed. What was asked for did not happen. */
export class SqliteDeltaStoreError extends MortiseError<SqliteDeltaStoreErrorCode> {}

const BUSY = new Set([5, 6]);

/** Whether another connection holds the file. */
export function isBusy(error: unknown): boolean {
  const code: unknown = Reflect.get(Object(error), 'errcode');
  // Extended codes carry the primary one in their low byte.
  return typeof code === 'number' && BUSY.has(code & 0xff);
}

export function storeFailed(what: string, cause: unknown): SqliteDeltaStoreError {
  const reason = isBusy(cause) ? 'another connection holds the file' : 'SQLite refused';
  return new SqliteDeltaStoreError({
    code: 'UNAVAILABLE',
    message: `The delta store could not ${what}: ${reason}`,
    retry: 'transient',
    cause,
  });
}

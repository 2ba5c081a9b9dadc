import { DatabaseError } from '../errors/database-error.ts';
import { invalidSql } from '../sql/invalid-sql.ts';

/** Time in which a call must end, and the signals that end it earlier. */
export interface CallScope {
  /** Aborted with a `DatabaseError` (`aborted` or `timeout`) as its reason. */
  readonly signal: AbortSignal;
  /** Clears the timer and the listeners. */
  end(): void;
}

/** `setTimeout` takes no longer wait. */
const MAX_TIMEOUT_MS = 2_147_483_647;

/**
 * @param outer Scope of the transaction or session that the call belongs to; its end ends the call too, for the same reason.
 * @throws {DatabaseError} `aborted`: the signal was aborted beforehand. `invalid_request`: not a usable `timeoutMs`.
 */
export function startCall(
  options: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {},
  outer?: AbortSignal,
): CallScope {
  const { signal, timeoutMs } = options;
  outer?.throwIfAborted();
  if (signal?.aborted === true) throw abortedError(signal.reason);
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS)) {
    throw invalidSql(`timeoutMs must be between 1 and ${MAX_TIMEOUT_MS}, got ${timeoutMs}`, 'timeoutMs');
  }
  const controller = new AbortController();
  const onAbort = () => controller.abort(abortedError(signal?.reason));
  const onOuterAbort = () => controller.abort(outer?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  outer?.addEventListener('abort', onOuterAbort, { once: true });
  const timer =
    timeoutMs === undefined ? undefined : setTimeout(() => controller.abort(timeoutError(timeoutMs)), timeoutMs);
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      outer?.removeEventListener('abort', onOuterAbort);
    },
  };
}

/** The promise's outcome, or the signal's reason as soon as it is aborted. The promise itself goes on. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function abortedError(cause: unknown): DatabaseError {
  return new DatabaseError({ code: 'aborted', message: 'aborted: the call was aborted by its signal', cause });
}

function timeoutError(timeoutMs: number): DatabaseError {
  return new DatabaseError({ code: 'timeout', message: `timeout: the call did not end within ${timeoutMs} ms` });
}

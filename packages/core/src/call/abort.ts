import { IntegrationError } from '../errors/integration-error.ts';

/** The error of a call that its caller ended. The signal's reason is its cause. */
export function callAborted(signal: AbortSignal | undefined): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller aborted the call', cause: signal?.reason });
}

/**
 * Throws when the signal has aborted.
 *
 * @throws {IntegrationError} `aborted`
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw callAborted(signal);
}

/** The promise, or a rejection with code `aborted` as soon as the signal aborts. Leaves no listener behind. */
export async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  let onAbort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(callAborted(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

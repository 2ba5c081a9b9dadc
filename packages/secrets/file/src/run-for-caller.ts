import { toProviderError } from './disk/system-error.ts';
import { failure, type Subject } from './reference/subject.ts';

/**
 * Runs one call of the contract: the caller's abort comes out as the signal's reason, the deadline as `TIMEOUT`, all else
 * as a `SecretProviderError`.
 */
export async function runForCaller<Result>(subject: Subject, run: () => Promise<Result>): Promise<Result> {
  const { signal } = subject;
  signal?.throwIfAborted();
  try {
    return await run();
  } catch (error) {
    if (signal?.aborted === true && error === signal.reason) {
      if (subject.deadline?.aborted !== true || error !== subject.deadline.reason) throw error;
      throw failure(subject, 'TIMEOUT', 'it took longer than the caller allowed (timeoutMs)');
    }
    throw toProviderError(error, subject);
  }
}

/**
 * Waits for something that cannot be stopped, but no longer than the caller wants: rejects with the signal's reason as
 * soon as it aborts. The work itself goes on and its outcome is dropped.
 */
export async function waitUnlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return work;
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    // No early return: the race also keeps a later failure of the work from going unhandled.
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

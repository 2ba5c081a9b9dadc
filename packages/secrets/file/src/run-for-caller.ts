import { toProviderError } from './disk/system-error.ts';
import type { Subject } from './reference/subject.ts';

/** Runs one call of the contract: an abort comes out as the signal's reason, all else as a `SecretProviderError`. */
export async function runForCaller<Result>(
  subject: Subject,
  signal: AbortSignal | undefined,
  run: () => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  try {
    return await run();
  } catch (error) {
    if (signal?.aborted === true && error === signal.reason) throw error;
    throw toProviderError(error, subject);
  }
}

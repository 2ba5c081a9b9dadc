import { SecretProviderError } from '@mortise/secrets';
import { failure, type Subject } from '../errors/subject.ts';
import { waitUnlessAborted } from './wait-unless-aborted.ts';

/** One call of the contract under way: what it does ends with the signal, and at its deadline. */
export interface Call {
  readonly subject: Subject;
  /** Aborts when the caller aborts, and at the deadline. */
  readonly signal: AbortSignal;
  /** Milliseconds to the deadline, at least 1. */
  remainingMs(): number;
}

export interface CallLimits {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs: number;
}

/** As long as a timer can wait. */
export const MAX_TIMEOUT_MS = 2_147_483_647;

/**
 * Runs one call of the contract: the caller's abort comes out as the signal's reason and the deadline as `TIMEOUT`, both
 * at once and whatever the work does; everything else as a `SecretProviderError`. No timer and no listener is left.
 */
export async function runForCaller<Result>(
  subject: Subject,
  { signal, timeoutMs }: CallLimits,
  run: (call: Call) => Promise<Result>,
): Promise<Result> {
  if (!(timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS)) {
    throw failure(subject, 'INVALID', `timeoutMs must be milliseconds from above 0 to ${MAX_TIMEOUT_MS}`);
  }
  signal?.throwIfAborted();
  const limit = new AbortController();
  const onAbort = (): void => limit.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const endsAtMs = performance.now() + timeoutMs;
  const late = failure(subject, 'TIMEOUT', `it took longer than ${timeoutMs} ms`);
  const timer = setTimeout(() => limit.abort(late), timeoutMs);
  const call: Call = {
    subject,
    signal: limit.signal,
    remainingMs: () => Math.max(1, Math.ceil(endsAtMs - performance.now())),
  };
  try {
    return await waitUnlessAborted(run(call), limit.signal);
  } catch (error) {
    if (limit.signal.aborted) throw limit.signal.reason;
    if (SecretProviderError.is(error)) throw error;
    throw failure(subject, 'UNKNOWN', 'the provider failed unexpectedly');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

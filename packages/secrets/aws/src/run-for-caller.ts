import { toProviderError } from './errors/to-provider-error.ts';
import { failure, type Subject } from './reference/subject.ts';

/** How long a call may take, and who may call it off. */
export interface CallLimits {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** Longest delay that a timer takes without firing at once. */
export const MAX_TIMEOUT_MS = 2_147_483_647;

/**
 * Runs one call of the contract: the caller's abort comes out as the signal's own reason, our deadline as `TIMEOUT`, all
 * else as a `SecretProviderError`. Both end the call at once and cancel what is under way through `run`'s signal.
 */
export async function runForCaller<Result>(
  subject: Subject,
  limits: CallLimits,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { signal, timeoutMs } = limits;
  signal?.throwIfAborted();
  if (!isTimeout(timeoutMs)) {
    throw failure(subject, 'INVALID', `"timeoutMs" must be a number from 1 to ${MAX_TIMEOUT_MS}`);
  }
  const controller = new AbortController();
  let end: 'caller' | 'deadline' | undefined;
  let stop = (_why: 'caller' | 'deadline', _reason: unknown): void => {};
  const ended = new Promise<never>((_, reject) => {
    stop = (why, reason) => {
      end ??= why;
      controller.abort(reason);
      reject(reason);
    };
  });
  const onAbort = (): void => stop('caller', signal?.reason);
  const timer = setTimeout(() => stop('deadline', new DOMException('The deadline passed', 'TimeoutError')), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    // Racing, because not everything under way heeds the signal: a credential provider, for one.
    return await Promise.race([run(controller.signal), ended]);
  } catch (error) {
    if (end === 'caller') throw signal?.reason;
    if (end === 'deadline') throw failure(subject, 'TIMEOUT', `it took longer than ${timeoutMs} ms (timeoutMs)`);
    throw toProviderError(error, subject, 'read');
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Whether a number can be a timeout in milliseconds. */
export function isTimeout(timeoutMs: unknown): timeoutMs is number {
  return typeof timeoutMs === 'number' && timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS;
}

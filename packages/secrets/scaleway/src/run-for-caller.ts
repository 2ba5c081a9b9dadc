import type { ScalewaySettings } from './options/scaleway-settings.ts';
import { checkTimeout } from './options/scaleway-settings.ts';
import { toProviderError } from './errors/to-provider-error.ts';
import { failure, type Subject } from './reference/subject.ts';

export interface CallerOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/**
 * Runs one operation of the contract within its time: an abort comes out as the caller's own reason, a late answer as
 * `TIMEOUT`, all else as a `SecretProviderError`. Both cancel what is under way, and neither waits for it.
 */
export async function runForCaller<Result>(
  subject: Subject,
  { signal, timeoutMs }: CallerOptions,
  settings: Pick<ScalewaySettings, 'timeoutMs' | 'setTimer'>,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const limitMs = timeoutMs ?? settings.timeoutMs;
  checkTimeout(limitMs, subject);
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(signal?.reason);
  const cancelTimer = settings.setTimer(() => {
    controller.abort(failure(subject, 'TIMEOUT', `it took longer than ${limitMs} ms; a write may have happened`));
  }, limitMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  const cancelled = new Promise<never>((_, reject) => {
    // The reason is whatever the caller chose, as with every Web API.
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  try {
    // A fetch or a token source of the host may not heed the signal, so the race must not wait for it.
    return await Promise.race([run(controller.signal), cancelled]);
  } catch (error) {
    if (controller.signal.aborted) throw controller.signal.reason;
    throw toProviderError(error, subject);
  } finally {
    cancelTimer();
    signal?.removeEventListener('abort', onAbort);
  }
}

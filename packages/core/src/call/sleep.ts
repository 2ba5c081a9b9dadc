import { callAborted } from './abort.ts';

/** Waits; rejects when the signal aborts. Injected wherever the library waits, so that tests do not. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * Waits on a real timer, which is cleared on abort.
 *
 * @throws {IntegrationError} `aborted`: the signal aborted before the time was over.
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(callAborted(signal));
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(callAborted(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

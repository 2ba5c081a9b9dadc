import { describeSecretReference } from '../reference/describe-secret-reference.ts';
import type { SecretFetchOptions, SecretProvider, SecretReference, SecretValue } from '../secret-provider.ts';
import { SecretProviderError } from '../secret-provider-error.ts';
import { toSecretProviderError } from '../manager/to-secret-provider-error.ts';
import type { CacheSettings } from './cache-secrets-options.ts';

/** One read of the backend on behalf of everyone who waits for it. */
export interface BoundedFetch {
  /** Settles by the deadline, whether or not the backend does. */
  readonly promise: Promise<SecretValue>;
  /** Ends it at once. */
  abort(reason: SecretProviderError): void;
}

interface FetchRequest {
  readonly reference: SecretReference;
  /** True: past what caches of its own the backend has. */
  readonly isRefresh: boolean;
  readonly options: SecretFetchOptions | undefined;
}

export function startBoundedFetch(
  provider: SecretProvider,
  { reference, isRefresh, options }: FetchRequest,
  settings: Pick<CacheSettings, 'fetchTimeoutMs' | 'setTimer'>,
): BoundedFetch {
  const controller = new AbortController();
  // Signal and deadline are one caller's; the fetch serves others too.
  const { signal: _signal, timeoutMs: _timeoutMs, ...rest } = options ?? {};
  let abort: BoundedFetch['abort'] = () => {};
  const promise = new Promise<SecretValue>((resolve, reject) => {
    const cancelTimer = settings.setTimer(() => {
      abort(readTimeout(provider, reference, settings.fetchTimeoutMs));
    }, settings.fetchTimeoutMs);
    abort = (reason) => {
      cancelTimer();
      reject(reason);
      controller.abort(reason);
    };
    const read = async (): Promise<void> => {
      try {
        const fetch = { ...rest, signal: controller.signal };
        const refreshed = isRefresh ? provider.refresh?.(reference, fetch) : undefined;
        resolve(await (refreshed ?? provider.getSecret(reference, fetch)));
      } catch (error) {
        reject(toSecretProviderError(error, { provider: provider.id, reference, operation: 'read' }));
      } finally {
        cancelTimer();
      }
    };
    void read();
  });
  return { promise, abort };
}

/** What a read comes to that nobody answered in time. */
export function readTimeout(
  provider: SecretProvider,
  reference: SecretReference,
  timeoutMs: number,
): SecretProviderError {
  const subject = JSON.stringify(describeSecretReference(reference));
  return new SecretProviderError({
    code: 'TIMEOUT',
    message: `Backend "${provider.id}" did not answer a read of ${subject} within ${timeoutMs} ms`,
    provider: provider.id,
    reference,
  });
}

import { type CallOptions, IntegrationError, type Sleep } from '@mortise/core';

/**
 * Runs one call until it settles, its caller aborts it or its time is over. The work's own signal aborts with it; the
 * timer and the listener are gone afterwards.
 *
 * @throws {IntegrationError} `aborted`, `timeout`; `invalid_request` for a time limit that is no positive number.
 */
export async function boundedCall<Value>(
  { signal, timeoutMs }: CallOptions,
  sleep: Sleep,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'timeoutMs',
      message: `timeoutMs: expected a positive number of milliseconds, got ${timeoutMs}`,
    });
  }
  if (signal?.aborted === true) throw abortedBy(signal);
  const ending = new AbortController();
  const closing = new AbortController();
  const ended = new Promise<never>((_resolve, reject) => {
    const end = (error: IntegrationError): void => {
      reject(error);
      ending.abort(error);
    };
    signal?.addEventListener('abort', () => end(abortedBy(signal)), { once: true, signal: closing.signal });
    if (timeoutMs !== undefined) {
      void sleep(timeoutMs, closing.signal).then(
        () => end(timedOut(timeoutMs)),
        // The only way to reject is by closing.
        () => undefined,
      );
    }
  });
  try {
    return await Promise.race([work(ending.signal), ended]);
  } finally {
    closing.abort();
  }
}

function abortedBy(signal: AbortSignal): IntegrationError {
  return new IntegrationError({ code: 'aborted', message: 'The caller aborted the call', cause: signal.reason });
}

function timedOut(timeoutMs: number): IntegrationError {
  return new IntegrationError({
    code: 'timeout',
    retry: 'transient',
    message: `The call did not end within ${timeoutMs} ms`,
  });
}

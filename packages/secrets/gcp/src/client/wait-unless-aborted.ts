/**
 * Waits for work, but rejects with the signal's reason as soon as it aborts. The work gets to know of the abort by itself;
 * what becomes of it then is dropped.
 */
export async function waitUnlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    // The reason is whatever the aborting side chose, as with every Web API.
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
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

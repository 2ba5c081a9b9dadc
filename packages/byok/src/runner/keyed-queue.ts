/** Runs tasks of one key one after the other, tasks of different keys at once. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** A caller that aborts while it waits leaves the queue, with the signal's reason. */
  async run<Result>(key: string, signal: AbortSignal | undefined, task: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const mine = waitUnlessAborted(before, signal).then(task);
    const tail = Promise.allSettled([before, mine]);
    this.#tails.set(key, tail);
    try {
      return await mine;
    } finally {
      void this.#forget(key, tail);
    }
  }

  async #forget(key: string, tail: Promise<unknown>): Promise<void> {
    await tail;
    if (this.#tails.get(key) === tail) this.#tails.delete(key);
  }
}

async function waitUnlessAborted(before: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  if (signal === undefined) {
    await before;
    return;
  }
  let onAbort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([before, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    aborted.catch(() => {});
  }
}

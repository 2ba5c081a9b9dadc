import { DatabaseError } from '../errors/database-error.ts';

/** Lets one through at a time, in the order of arrival. */
export class Turnstile {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  /**
   * @returns What the one who was let through must call to let the next one in.
   * @throws {DatabaseError} `pool_exhausted` after the time, or the reason of the signal.
   */
  async enter(signal: AbortSignal, timeoutMs: number): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#isTaken) await this.#wait(signal, timeoutMs);
    this.#isTaken = true;
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      this.#isTaken = false;
      this.#waiting.shift()?.();
    };
  }

  async #wait(signal: AbortSignal, timeoutMs: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const stop = (settle: () => void) => () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        const place = this.#waiting.indexOf(letIn);
        if (place !== -1) this.#waiting.splice(place, 1);
        settle();
      };
      const letIn = stop(() => {
        // Taken at once, so that nobody slips in before the waiting one goes on.
        this.#isTaken = true;
        resolve();
      });
      const onAbort = stop(() => reject(signal.reason));
      const timer = setTimeout(
        stop(() => reject(exhausted(timeoutMs))),
        timeoutMs,
      );
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(letIn);
    });
  }
}

function exhausted(timeoutMs: number): DatabaseError {
  return new DatabaseError({
    code: 'pool_exhausted',
    message: `pool_exhausted: the connection did not become free within ${timeoutMs} ms`,
    retry: 'transient',
  });
}

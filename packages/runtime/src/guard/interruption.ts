import type { GuardClock } from '../clock.ts';

/** What can cut a wait short: the caller's signal, the call's deadline, or the end of the attempt's time. */
export type Interruption = 'aborted' | 'deadline' | 'attempt-timeout';

/** Stands for a wait that was cut short. */
export const INTERRUPTED = Symbol('interrupted');

/**
 * Ends the waits of one call in time. One timer serves deadline and attempt alike: it is set to whichever may come
 * first and set again when it fires early, so that a call that goes well costs one timer.
 */
export class InterruptionWatch {
  readonly #clock: GuardClock;
  readonly #signal: AbortSignal | undefined;
  readonly #deadlineAt: number;
  #attemptEndsAt = Number.POSITIVE_INFINITY;
  #timerDueAt = Number.POSITIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;
  #onInterrupt: ((cause: Interruption) => void) | undefined;
  #isClosed = false;

  /** @param deadlineAt Monotonic milliseconds; `Infinity` for none. */
  constructor(clock: GuardClock, signal: AbortSignal | undefined, deadlineAt: number) {
    this.#clock = clock;
    this.#signal = signal;
    this.#deadlineAt = deadlineAt;
  }

  /** Starts watching. `firstDueAt` is when the first attempt may be over at the earliest. */
  open(firstDueAt: number, nowMs: number): void {
    this.#setTimer(Math.min(this.#deadlineAt, firstDueAt), nowMs);
    this.#signal?.addEventListener('abort', this, { once: true });
  }

  /** Stops watching: neither timer nor listener stays. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#signal?.removeEventListener('abort', this);
  }

  /** What has ended the call already, if anything has. */
  ended(nowMs: number): Exclude<Interruption, 'attempt-timeout'> | undefined {
    if (this.#signal?.aborted === true) return 'aborted';
    return nowMs >= this.#deadlineAt ? 'deadline' : undefined;
  }

  remainingMs(nowMs: number): number {
    return Math.max(0, Math.min(this.#deadlineAt, this.#attemptEndsAt) - nowMs);
  }

  /** Sets the end of the present attempt. */
  beginAttempt(endsAt: number, nowMs: number): void {
    this.#attemptEndsAt = endsAt;
    if (Math.min(endsAt, this.#deadlineAt) < this.#timerDueAt) {
      this.#setTimer(Math.min(endsAt, this.#deadlineAt), nowMs);
    }
  }

  endAttempt(): void {
    this.#attemptEndsAt = Number.POSITIVE_INFINITY;
  }

  /** Names who is told of an interruption: the wait that is under way. There is one at a time. */
  listen(listener: (cause: Interruption) => void): void {
    this.#onInterrupt = listener;
  }

  /**
   * The promise's outcome, or `INTERRUPTED` if that comes first. An outcome that comes later is dropped.
   *
   * @param recover Turns a rejection into a value. Default: rejects the same way.
   * @param stop Tells whoever works on the promise that nobody waits any more.
   */
  race<Value, Failure = never>(
    promise: PromiseLike<Value>,
    recover?: (error: unknown) => Failure,
    stop?: (cause: Interruption) => void,
  ): Promise<Value | Failure | typeof INTERRUPTED> {
    return new Promise((resolve, reject) => {
      this.#onInterrupt = (cause) => {
        resolve(INTERRUPTED);
        stop?.(cause);
      };
      promise.then(resolve, recover === undefined ? reject : (error: unknown) => resolve(recover(error)));
    });
  }

  /** Waits on the clock; false when interrupted. */
  sleep(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimer(() => resolve(true), Math.min(ms, MAX_TIMER_MS));
      this.#onInterrupt = () => {
        cancel();
        resolve(false);
      };
    });
  }

  /** Called by the caller's signal. */
  handleEvent(): void {
    this.#onInterrupt?.('aborted');
  }

  #setTimer(dueAt: number, nowMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#timerDueAt = dueAt;
    if (dueAt === Number.POSITIVE_INFINITY) return;
    // Longer timers would overflow to an immediate one; the timer is set again when it fires early.
    this.#cancelTimer = this.#clock.setTimer(
      () => this.#timerFired(),
      Math.min(Math.max(dueAt - nowMs, 0), MAX_TIMER_MS),
    );
  }

  #timerFired(): void {
    if (this.#isClosed) return;
    const nowMs = this.#clock.monotonicMs();
    this.#cancelTimer = undefined;
    this.#timerDueAt = Number.POSITIVE_INFINITY;
    if (nowMs >= this.#deadlineAt) {
      this.#onInterrupt?.('deadline');
      return;
    }
    if (nowMs >= this.#attemptEndsAt) this.#onInterrupt?.('attempt-timeout');
    // Timers may fire a fraction of a millisecond early.
    this.#setTimer(Math.max(Math.min(this.#deadlineAt, this.#pendingAttemptEnd(nowMs)), nowMs + 1), nowMs);
  }

  #pendingAttemptEnd(nowMs: number): number {
    return this.#attemptEndsAt > nowMs ? this.#attemptEndsAt : Number.POSITIVE_INFINITY;
  }
}

const MAX_TIMER_MS = 2_147_483_647;

import { TestingError } from '../testing-error.ts';
import { drainMicrotasks } from './drain.ts';
import { type HeapTimer, TimerHeap } from './timer-heap.ts';

/** 2026-01-01T00:00:00Z. */
const DEFAULT_START_MS = 1_767_225_600_000;
const DEFAULT_MAX_TIMERS = 10_000_000;
/** Below this many dead timers a sweep costs more than it frees. */
const COMPACT_FROM = 1024;

export interface FakeClockOptions {
  /** What `now()` says at first, in epoch milliseconds. Default 2026-01-01T00:00:00Z. */
  readonly startMs?: number;
}

export interface RunAllOptions {
  /** Default 10,000,000. A timer that always sets another would otherwise run for ever. */
  readonly maxTimers?: number;
}

/**
 * A clock that moves only when the test says so. Timers fire in order of due time, then of insertion; between two of
 * them every microtask runs, so that code awaiting a timer sees the world exactly as it would with real time.
 */
export class FakeClock {
  readonly #heap = new TimerHeap();
  #epochOffsetMs: number;
  #monotonicMs = 0;
  #order = 0;
  #pending = 0;
  #isDriven = false;

  constructor(options: FakeClockOptions = {}) {
    this.#epochOffsetMs = options.startMs ?? DEFAULT_START_MS;
  }

  /** Wall-clock time in epoch milliseconds. */
  readonly now = (): number => this.#epochOffsetMs + this.#monotonicMs;

  /** Milliseconds since the clock was made; never goes back. */
  readonly monotonicMs = (): number => this.#monotonicMs;

  /** Timers that are set and neither fired nor cancelled; sleeps included. Zero at the end proves that nothing leaks. */
  get pendingTimers(): number {
    return this.#pending;
  }

  /** Jumps the wall clock, as an operator or NTP does. Timers and `monotonicMs` do not notice. */
  setNow(epochMs: number): void {
    this.#epochOffsetMs = epochMs - this.#monotonicMs;
  }

  /**
   * Calls back once, `delayMs` from now; negative counts as 0.
   *
   * @returns Cancels the timer; harmless when it fired already.
   * @throws {TestingError} `INVALID_ARGUMENT`: the delay is not a finite number. Real timers turn that into 1 ms.
   */
  readonly setTimer = (callback: () => void, delayMs: number): (() => void) => {
    if (!Number.isFinite(delayMs)) {
      throw new TestingError('INVALID_ARGUMENT', `A timer needs a finite delay in milliseconds, not ${delayMs}`);
    }
    const timer: HeapTimer = {
      dueMs: this.#monotonicMs + Math.max(0, delayMs),
      order: (this.#order += 1),
      callback,
    };
    this.#heap.push(timer);
    this.#pending += 1;
    return () => {
      if (timer.callback === undefined) return;
      timer.callback = undefined;
      this.#pending -= 1;
      if (this.#heap.size > COMPACT_FROM && this.#heap.size > 2 * this.#pending) this.#heap.compact();
    };
  };

  /** Resolves `delayMs` from now. Rejects with the signal's reason when it aborts first; the timer is cancelled then. */
  readonly sleep = (delayMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const rejectWithReason = (): void => {
        // The reason is whatever the aborting side chose, as with every Web API.
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors
        reject(signal?.reason);
      };
      if (signal?.aborted === true) {
        rejectWithReason();
        return;
      }
      const onAbort = (): void => {
        cancel();
        rejectWithReason();
      };
      const cancel = this.setTimer(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, delayMs);
      signal?.addEventListener('abort', onAbort, { once: true });
    });

  /** Moves time on by `ms` and fires what falls due, timers set on the way included. Rejects with what a callback threw. */
  advance(ms: number): Promise<void> {
    if (!Number.isFinite(ms) || ms < 0) {
      throw new TestingError('INVALID_ARGUMENT', `advance needs milliseconds of at least 0, not ${ms}`);
    }
    return this.#drive(async () => {
      const targetMs = this.#monotonicMs + ms;
      for (;;) {
        const next = this.#heap.peek();
        if (next === undefined || next.dueMs > targetMs) break;
        this.#fireNext();
        await drainMicrotasks();
      }
      this.#monotonicMs = targetMs;
    });
  }

  /** Fires timers, moving time to each, until none is left. */
  runAll(options: RunAllOptions = {}): Promise<void> {
    const maxTimers = options.maxTimers ?? DEFAULT_MAX_TIMERS;
    return this.#drive(async () => {
      for (let fired = 0; this.#heap.peek() !== undefined; fired += 1) {
        if (fired >= maxTimers) {
          throw new TestingError('CLOCK_MISUSED', `More than ${maxTimers} timers fired and some are still set`);
        }
        this.#fireNext();
        await drainMicrotasks();
      }
    });
  }

  /**
   * Fires timers until the promise settles, and settles the same way: the usual way to run one call to its end.
   * Time stops there; timers due later stay set.
   *
   * @throws {TestingError} `CLOCK_STALLED`: it is pending and no timer is left. Real I/O does not wait for this clock.
   */
  settle<T>(promise: Promise<T>): Promise<T> {
    const state = { isSettled: false };
    const markSettled = (): void => {
      state.isSettled = true;
    };
    promise.then(markSettled, markSettled);
    return this.#drive(async () => {
      while (!state.isSettled) {
        if (this.#heap.peek() === undefined) {
          throw new TestingError('CLOCK_STALLED', 'The promise is still pending and no timer is left to settle it');
        }
        this.#fireNext();
        await drainMicrotasks();
      }
      return promise;
    });
  }

  #fireNext(): void {
    const timer = this.#heap.pop();
    const callback = timer?.callback;
    if (timer === undefined || callback === undefined) return;
    timer.callback = undefined;
    this.#pending -= 1;
    this.#monotonicMs = Math.max(this.#monotonicMs, timer.dueMs);
    callback();
  }

  /** Two drivers would interleave their timers and neither could say which time it is. */
  async #drive<T>(run: () => Promise<T>): Promise<T> {
    if (this.#isDriven) {
      throw new TestingError(
        'CLOCK_MISUSED',
        'The clock is being driven already; await that advance, runAll or settle',
      );
    }
    this.#isDriven = true;
    try {
      await drainMicrotasks();
      return await run();
    } finally {
      this.#isDriven = false;
    }
  }
}

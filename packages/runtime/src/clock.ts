/** Time as the guard sees it. Injectable, so that tests and simulations never wait. */
export interface GuardClock {
  /** Wall-clock time, for records. */
  now(): Date;
  /** Milliseconds from an arbitrary origin that never go back, for durations and deadlines. */
  monotonicMs(): number;
  /** Calls back once after `ms`; the returned function cancels it. */
  setTimer(callback: () => void, ms: number): () => void;
}

/** The clock of the machine. */
export const systemClock: GuardClock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  setTimer: (callback, ms) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

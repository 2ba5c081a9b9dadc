/** Time as the client sees it; the call guard's clock fits. Injectable, so that tests never wait. */
export interface HttpClock {
  /** Wall-clock time, for waits that are given as a moment. */
  now(): Date;
  /** Milliseconds from an arbitrary origin that never go back, for durations. */
  monotonicMs(): number;
  /** Calls back once after `ms`; the returned function cancels it. */
  setTimer(callback: () => void, ms: number): () => void;
}

/** The clock of the machine. */
export const systemClock: HttpClock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  setTimer: (callback, ms) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

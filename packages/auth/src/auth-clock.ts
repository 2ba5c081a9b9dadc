import { sleep } from '@mortise/core';

/** Time as this package sees it. Injectable, so that tests and simulations never wait. */
export interface AuthClock {
  /** Epoch milliseconds. Leases compare it with what other processes wrote: keep clocks within a few seconds. */
  now(): number;
  /** Waits; rejects as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after `ms`; the returned function cancels it. */
  setTimer(callback: () => void, ms: number): () => void;
}

/** The clock of the machine. */
export const systemAuthClock: AuthClock = {
  now: () => Date.now(),
  sleep,
  setTimer: (callback, ms) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

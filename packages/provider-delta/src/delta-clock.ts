import { sleep } from '@mortise/core';

/** Time as this package sees it. Injectable, so that tests and simulations never wait. */
export interface DeltaClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds that never go back; for how long something took. */
  monotonicMs(): number;
  /** Waits; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemDeltaClock: DeltaClock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep,
};

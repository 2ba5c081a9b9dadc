import { FakeClock } from '@mortise/testing';
import type { GuardClock } from '../clock.ts';

/** A virtual clock in the shape that the guard takes, with the fake behind it. */
export function virtualClock(): { readonly fake: FakeClock; readonly clock: GuardClock } {
  const fake = new FakeClock();
  const clock: GuardClock = {
    now: () => new Date(fake.now()),
    monotonicMs: () => fake.monotonicMs(),
    setTimer: (callback, ms) => fake.setTimer(callback, ms),
  };
  return { fake, clock };
}

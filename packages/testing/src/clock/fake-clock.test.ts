import { describe, expect, it, vi } from 'vitest';
import * as fc from 'fast-check';
import { TestingError } from '../testing-error.ts';
import { FakeClock } from './fake-clock.ts';
import { TimerHeap } from './timer-heap.ts';

const codeOf = (error: unknown): string =>
  TestingError.is(error) ? error.code : `not a TestingError: ${String(error)}`;
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (reason) => reason,
  );

describe('FakeClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new FakeClock({ startMs: 1000 });
    expect([clock.now(), clock.monotonicMs()]).toEqual([1000, 0]);
    await clock.advance(250);
    expect([clock.now(), clock.monotonicMs()]).toEqual([1250, 250]);
  });

  it('starts at 2026-01-01 unless told otherwise', () => {
    expect(new Date(new FakeClock().now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('fires by due time, and in order of insertion at one time', async () => {
    const clock = new FakeClock();
    const fired: string[] = [];
    for (const [name, delayMs] of [
      ['c', 20],
      ['a', 10],
      ['d', 20],
      ['b', 10],
    ] as const) {
      clock.setTimer(() => fired.push(`${name}@${clock.monotonicMs()}`), delayMs);
    }
    await clock.advance(100);
    expect(fired).toEqual(['a@10', 'b@10', 'c@20', 'd@20']);
  });

  it('fires in that order for any set of delays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(10), { maxLength: 40 }), async (delays) => {
        const clock = new FakeClock();
        const fired: number[] = [];
        for (const [index, delayMs] of delays.entries()) clock.setTimer(() => fired.push(index), delayMs);
        await clock.runAll();
        const expected = [...delays.keys()].sort(
          (one, other) => (delays[one] ?? 0) - (delays[other] ?? 0) || one - other,
        );
        expect(fired).toEqual(expected);
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves timers alone that are not due, and fires exactly at the edge', async () => {
    const clock = new FakeClock();
    const fired: number[] = [];
    clock.setTimer(() => fired.push(10), 10);
    clock.setTimer(() => fired.push(11), 11);
    await clock.advance(10);
    expect(fired).toEqual([10]);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(1);
    expect(fired).toEqual([10, 11]);
  });

  it('fires timers that were set by timers on the way', async () => {
    const clock = new FakeClock();
    const times: number[] = [];
    const tick = (): void => {
      times.push(clock.monotonicMs());
      if (times.length < 5) clock.setTimer(tick, 10);
    };
    clock.setTimer(tick, 10);
    await clock.advance(35);
    expect(times).toEqual([10, 20, 30]);
    await clock.runAll();
    expect(times).toEqual([10, 20, 30, 40, 50]);
  });

  it('runs every microtask between two timers, however long the chain', async () => {
    const clock = new FakeClock();
    const events: string[] = [];
    const run = async (): Promise<void> => {
      await clock.sleep(10);
      for (let turn = 0; turn < 500; turn += 1) await Promise.resolve();
      events.push('chain ended');
    };
    void run();
    clock.setTimer(() => events.push('second timer'), 10);
    await clock.advance(10);
    expect(events).toEqual(['chain ended', 'second timer']);
  });

  it('lets code run up to its first timer before time moves', async () => {
    const clock = new FakeClock();
    const started = Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => clock.sleep(5))
      .then(() => clock.monotonicMs());
    await clock.advance(5);
    expect(await started).toBe(5);
  });

  it('cancels a timer once, and not after it fired', async () => {
    const clock = new FakeClock();
    let fired = 0;
    const cancel = clock.setTimer(() => (fired += 1), 5);
    const cancelLate = clock.setTimer(() => (fired += 10), 5);
    cancel();
    cancel();
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(5);
    cancelLate();
    expect([fired, clock.pendingTimers]).toEqual([10, 0]);
  });

  it('counts a negative delay as none, and refuses one that is not finite', async () => {
    const clock = new FakeClock();
    let at = -1;
    clock.setTimer(() => (at = clock.monotonicMs()), -50);
    await clock.advance(0);
    expect(at).toBe(0);
    for (const delayMs of [Number.NaN, Infinity]) {
      expect(() => clock.setTimer(() => {}, delayMs)).toThrow(TestingError);
      expect(codeOf(await reasonOf(clock.sleep(delayMs)))).toBe('INVALID_ARGUMENT');
      expect(() => clock.advance(delayMs)).toThrow(TestingError);
    }
    expect(clock.pendingTimers).toBe(0);
  });

  it('jumps the wall clock without touching timers', async () => {
    const clock = new FakeClock({ startMs: 1000 });
    let fired = false;
    clock.setTimer(() => (fired = true), 100);
    clock.setNow(-5000);
    expect([clock.now(), clock.monotonicMs(), fired]).toEqual([-5000, 0, false]);
    await clock.advance(100);
    expect([clock.now(), clock.monotonicMs(), fired]).toEqual([-4900, 100, true]);
  });

  it('forgets cancelled timers, so that setting and cancelling for ever keeps little memory', () => {
    let largest = 0;
    const push = vi.spyOn(TimerHeap.prototype, 'push');
    const sample = (): void => {
      for (const heap of push.mock.contexts) if (heap instanceof TimerHeap) largest = Math.max(largest, heap.size);
      push.mockClear();
    };
    const clock = new FakeClock();
    clock.setTimer(() => {}, 1);
    for (let count = 0; count < 20_000; count += 1) {
      clock.setTimer(() => {}, 10_000)();
      sample();
    }
    expect(clock.pendingTimers).toBe(1);
    expect(largest).toBeLessThan(2000);
  });
});

describe('sleep', () => {
  it('rejects with the reason when the signal aborts, and leaves neither timer nor listener', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const slept = reasonOf(clock.sleep(100, controller.signal));
    expect(listeners()).toBe(1);
    await clock.advance(50);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await slept).toBe(reason);
    expect([clock.pendingTimers, listeners()]).toEqual([0, 0]);
  });

  it('rejects at once when the signal is aborted already', async () => {
    const clock = new FakeClock();
    expect(await reasonOf(clock.sleep(100, AbortSignal.abort('no')))).toBe('no');
    expect(clock.pendingTimers).toBe(0);
  });

  it('leaves no listener when it ends by itself', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const listeners = countListeners(controller.signal);
    const slept = clock.sleep(10, controller.signal);
    await clock.advance(10);
    await slept;
    expect(listeners()).toBe(0);
  });
});

describe('settle', () => {
  it('runs to the promise’s end and no further', async () => {
    const clock = new FakeClock();
    clock.setTimer(() => {}, 1000);
    expect(await clock.settle(clock.sleep(30).then(() => 'done'))).toBe('done');
    expect([clock.monotonicMs(), clock.pendingTimers]).toEqual([30, 1]);
  });

  it('rejects as the promise rejects', async () => {
    const clock = new FakeClock();
    const reason = new Error('boom');
    const failing = clock.sleep(3).then(() => {
      throw reason;
    });
    expect(await reasonOf(clock.settle(failing))).toBe(reason);
  });

  it('says so when nothing could settle the promise any more', async () => {
    const clock = new FakeClock();
    clock.setTimer(() => {}, 5);
    expect(codeOf(await reasonOf(clock.settle(new Promise(() => {}))))).toBe('CLOCK_STALLED');
  });
});

describe('misuse', () => {
  it('refuses a second driver while one is at work, and works again afterwards', async () => {
    const clock = new FakeClock();
    const first = clock.advance(10);
    expect(codeOf(await reasonOf(clock.runAll()))).toBe('CLOCK_MISUSED');
    await first;
    await clock.advance(1);
    expect(clock.monotonicMs()).toBe(11);
  });

  it('ends a run of timers that never ends by itself', async () => {
    const clock = new FakeClock();
    const again = (): void => {
      clock.setTimer(again, 1);
    };
    again();
    expect(codeOf(await reasonOf(clock.runAll({ maxTimers: 50 })))).toBe('CLOCK_MISUSED');
    expect(clock.monotonicMs()).toBe(50);
  });

  it('rejects with what a callback threw and stays usable', async () => {
    const clock = new FakeClock();
    const reason = new Error('in a timer');
    clock.setTimer(() => {
      throw reason;
    }, 1);
    clock.setTimer(() => {}, 2);
    expect(await reasonOf(clock.advance(5))).toBe(reason);
    expect([clock.monotonicMs(), clock.pendingTimers]).toEqual([1, 1]);
    await clock.runAll();
    expect(clock.monotonicMs()).toBe(2);
  });
});

describe('size', () => {
  it('carries 200,000 simulated calls with a timeout and a back-off each in seconds', async () => {
    const clock = new FakeClock();
    let ended = 0;
    const call = async (): Promise<void> => {
      const cancelTimeout = clock.setTimer(() => {}, 10_000);
      await clock.sleep(ended % 97);
      cancelTimeout();
      ended += 1;
    };
    const worker = async (): Promise<void> => {
      for (let count = 0; count < 200; count += 1) await call();
    };
    const startedMs = performance.now();
    await clock.settle(Promise.all(Array.from({ length: 1000 }, worker)));
    expect([ended, clock.pendingTimers]).toEqual([200_000, 0]);
    // 0.3 s on two slow cores; the bound only catches a heap that became a list.
    expect(performance.now() - startedMs).toBeLessThan(15_000);
  }, 20_000);
});

/** Counts listeners that are on the signal now. */
function countListeners(signal: AbortSignal): () => number {
  let count = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof add>) => {
      count += 1;
      add(...args);
      // A listener added with `once` removes itself when it is called.
      add('abort', () => (count = 0), { once: true });
    },
    removeEventListener: (...args: Parameters<typeof remove>) => {
      count -= 1;
      remove(...args);
    },
  });
  return () => count;
}

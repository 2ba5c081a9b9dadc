import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { boundedCall, unlessAborted } from './bounded-call.ts';

class Late extends Error {}

const boundsOf = (clock: FakeClock, signal?: AbortSignal) => ({
  clock,
  timeoutMs: 1_000,
  signal,
  onTimeout: () => new Late(),
});

describe('a bounded call', () => {
  it('ends with what it runs, and leaves neither timer nor listener', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    expect(await boundedCall(async () => 'done', boundsOf(clock, controller.signal))).toBe('done');
    await expect(boundedCall(async () => Promise.reject(new TypeError('x')), boundsOf(clock))).rejects.toThrow('x');
    expect(clock.pendingTimers).toBe(0);
    controller.abort('later');
  });

  it('rejects where foreign code throws at once', async () => {
    const clock = new FakeClock();
    const run = (): never => {
      throw new TypeError('at once');
    };
    await expect(boundedCall(run, boundsOf(clock))).rejects.toThrow('at once');
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends at its limit, also where the code ignores its signal, and tells it why', async () => {
    const clock = new FakeClock();
    let told: unknown;
    const call = boundedCall(async (signal) => {
      signal.addEventListener('abort', () => (told = signal.reason));
      return new Promise(() => {});
    }, boundsOf(clock));
    await expect(clock.settle(call)).rejects.toBeInstanceOf(Late);
    expect(told).toBeInstanceOf(Late);
  });

  it('ends with the caller’s reason, before or during the call', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const call = boundedCall(async () => new Promise(() => {}), boundsOf(clock, controller.signal));
    controller.abort('left');
    await expect(call).rejects.toBe('left');
    let ran = false;
    const late = boundedCall(async () => (ran = true), boundsOf(clock, controller.signal));
    await expect(late).rejects.toBe('left');
    expect([ran, clock.pendingTimers]).toEqual([false, 0]);
  });

  it('swallows what comes after its end', async () => {
    const clock = new FakeClock();
    const call = boundedCall(
      async () => clock.sleep(2_000).then(() => Promise.reject(new TypeError('late'))),
      boundsOf(clock),
    );
    await expect(clock.settle(call)).rejects.toBeInstanceOf(Late);
    await clock.runAll();
  });
});

describe('a wait that may be left', () => {
  it('ends with the promise or with the reason, whichever is first', async () => {
    const controller = new AbortController();
    expect(await unlessAborted(Promise.resolve(1), controller.signal)).toBe(1);
    expect(await unlessAborted(Promise.resolve(2), undefined)).toBe(2);
    const wait = unlessAborted(new Promise(() => {}), controller.signal);
    controller.abort('left');
    await expect(wait).rejects.toBe('left');
    await expect(unlessAborted(Promise.resolve(3), controller.signal)).rejects.toBe('left');
  });
});

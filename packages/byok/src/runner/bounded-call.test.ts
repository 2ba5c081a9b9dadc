import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { boundedCall, CallTimeoutError } from './bounded-call.ts';

describe('a bounded call', () => {
  it('gives what the call gives, and leaves no timer', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const options = { clock, timeoutMs: 1000, signal: controller.signal };
    expect(await boundedCall('It', async () => 7, options)).toBe(7);
    expect(clock.pendingTimers).toBe(0);
  });

  it('fails as the call fails, also when that throws at once', async () => {
    const clock = new FakeClock();
    const options = { clock, timeoutMs: 1000, signal: undefined };
    await expect(boundedCall('It', async () => Promise.reject(new TypeError('late')), options)).rejects.toThrow('late');
    const atOnce = (): Promise<never> => {
      throw new TypeError('at once');
    };
    await expect(boundedCall('It', atOnce, options)).rejects.toThrow('at once');
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends at its time limit and tells the call so', async () => {
    const clock = new FakeClock();
    let told: AbortSignal | undefined;
    const call = boundedCall(
      'The provider',
      async (signal) => {
        told = signal;
        return new Promise(() => {});
      },
      { clock, timeoutMs: 1000, signal: undefined },
    );
    const failure = call.catch((error: unknown) => error);
    await clock.advance(999);
    expect(told?.aborted).toBe(false);
    await clock.advance(1);
    expect(await failure).toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
      message: 'The provider did not answer within 1000 ms',
    });
    expect(told?.reason).toBeInstanceOf(CallTimeoutError);
    expect(clock.pendingTimers).toBe(0);
  });

  it('ends with the caller’s reason, before and during the call', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const reason = { why: 'left' };
    const options = { clock, timeoutMs: 1000, signal: controller.signal };
    const call = boundedCall('It', async () => new Promise(() => {}), options);
    const failure = call.catch((error: unknown) => error);
    controller.abort(reason);
    expect(await failure).toBe(reason);
    let isCalled = false;
    const late = boundedCall('It', async () => void (isCalled = true), options);
    await expect(late).rejects.toBe(reason);
    expect(isCalled).toBe(false);
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets the loser of the race fail in silence', async () => {
    const clock = new FakeClock();
    const call = boundedCall(
      'It',
      async (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new TypeError('aborted inside')));
        }),
      { clock, timeoutMs: 5, signal: undefined },
    );
    await expect(clock.settle(call)).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});

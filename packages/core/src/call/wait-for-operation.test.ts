import { describe, expect, it, vi } from 'vitest';
import { IntegrationError } from '../errors/integration-error.ts';
import type { Operation } from './operation.ts';
import { sleep } from './sleep.ts';
import { waitForOperation, type WaitForOperationOptions } from './wait-for-operation.ts';

type Step = Operation<string> | Error;

const base = { id: 'op-1', resumeToken: { id: 'op-1' } };
const running: Operation<string> = { ...base, status: 'running', progress: 0.5 };
const done: Operation<string> = { ...base, status: 'succeeded', result: 'video' };
const busy = new IntegrationError({ code: 'unavailable', message: 'busy', retry: 'transient' });

/** A provider that goes through the steps and stays at the last, and a clock that only sleeping moves. */
function play(steps: readonly Step[], options: WaitForOperationOptions<string> = {}) {
  const pauses: number[] = [];
  const timeouts: (number | undefined)[] = [];
  let looks = 0;
  let clock = 1_000_000;
  const result = waitForOperation<string>(
    {
      async get(token, callOptions) {
        expect(token).toEqual(base.resumeToken);
        timeouts.push(callOptions?.timeoutMs);
        const step = steps[Math.min(looks, steps.length - 1)];
        looks += 1;
        if (step === undefined || step instanceof Error) throw step;
        return step;
      },
    },
    base.resumeToken,
    {
      now: () => clock,
      sleep: async (ms) => {
        pauses.push(ms);
        clock += ms;
      },
      ...options,
    },
  );
  return { result, pauses, timeouts, looks: () => looks };
}

describe('waitForOperation', () => {
  it('returns the result at once when it is there', async () => {
    const { result, pauses } = play([done]);
    expect(await result).toBe('video');
    expect(pauses).toEqual([]);
  });

  it('looks again after growing pauses, up to a longest one', async () => {
    const { result, pauses } = play([running, running, running, running, done], {
      pollIntervalMs: 100,
      backoffFactor: 2,
      maxPollIntervalMs: 300,
    });
    expect(await result).toBe('video');
    expect(pauses).toEqual([100, 200, 300, 300]);
  });

  it('tells of progress', async () => {
    const seen: unknown[] = [];
    await play([running, done], { onProgress: (operation) => seen.push(operation.status) }).result;
    expect(seen).toEqual(['running', 'succeeded']);
  });

  it('ends with timeout at the deadline, to the millisecond, and passes what is left to each look', async () => {
    const { result, pauses, timeouts } = play([running], { timeoutMs: 250, pollIntervalMs: 100, backoffFactor: 1 });
    await expect(result).rejects.toMatchObject({ code: 'timeout', retryable: true });
    expect(pauses).toEqual([100, 100, 50]);
    expect(timeouts).toEqual([250, 150, 50]);
  });

  it('throws the own error of a failed operation', async () => {
    const error = new IntegrationError({ code: 'content_filtered', message: 'refused' });
    await expect(play([{ ...base, status: 'failed', error }]).result).rejects.toBe(error);
  });

  it.each([
    ['canceled', 'aborted'],
    ['expired', 'not_found'],
  ] as const)('throws for an operation that is %s', async (status, code) => {
    await expect(play([{ ...base, status }]).result).rejects.toMatchObject({ code });
    await expect(play([{ ...base, status, error: busy }]).result).rejects.toBe(busy);
  });

  it('bears a few retryable failures in a row and honours the wait that they ask for', async () => {
    const throttled = new IntegrationError({
      code: 'rate_limited',
      message: 'x',
      retry: 'throttled',
      retryAfterMs: 5000,
    });
    const { result, pauses } = play([busy, throttled, busy, running, busy, done], {
      pollIntervalMs: 10,
      backoffFactor: 1,
    });
    expect(await result).toBe('video');
    expect(pauses).toEqual([10, 5000, 10, 10, 10]);
  });

  it('gives up after more failures in a row, and at once on one that cannot be retried', async () => {
    const patient = play([busy], { maxPollFailures: 2 });
    await expect(patient.result).rejects.toBe(busy);
    expect(patient.looks()).toBe(3);
    const forbidden = play([new IntegrationError({ code: 'forbidden', message: 'x' })]);
    await expect(forbidden.result).rejects.toMatchObject({ code: 'forbidden' });
    expect(forbidden.looks()).toBe(1);
    await expect(play([new Error('bug')]).result).rejects.toThrow('bug');
  });

  it('ends with aborted before a look, during one and during a pause', async () => {
    const before = play([running], { signal: AbortSignal.abort() });
    await expect(before.result).rejects.toMatchObject({ code: 'aborted' });
    expect(before.looks()).toBe(0);

    const during = new AbortController();
    const hanging = waitForOperation({ get: () => new Promise<never>(() => {}) }, 'token', { signal: during.signal });
    during.abort();
    await expect(hanging).rejects.toMatchObject({ code: 'aborted' });

    const pausing = new AbortController();
    const waiting = waitForOperation<string>({ get: async () => running }, 'token', {
      signal: pausing.signal,
      onProgress: () => queueMicrotask(() => pausing.abort()),
    });
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('sleep', () => {
  it('resolves after the time and leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    Object.assign(signal, {
      addEventListener: (...args: Parameters<typeof add>) => ((listeners += 1), add(...args)),
      removeEventListener: (...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args)),
    });
    await sleep(0, signal);
    expect(listeners).toBe(0);
  });

  it('rejects at once for a signal that aborted, before or during the wait', async () => {
    await expect(sleep(60_000, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    vi.useFakeTimers();
    const controller = new AbortController();
    const waiting = sleep(60_000, controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  });
});

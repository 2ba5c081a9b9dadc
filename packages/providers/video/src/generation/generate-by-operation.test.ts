import { type CallOptions, IntegrationError, type Operation } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { generateByOperation } from './generate-by-operation.ts';
import type { VideoGenerationResult } from './video-generation.ts';

const DONE: VideoGenerationResult = { videos: [] };

/** Operations that end after a number of looks, and a record of what was asked of them. */
function operationsEndingAfter(looks: number) {
  const asked: string[] = [];
  let seen = 0;
  const running: Operation<VideoGenerationResult> = { id: 'a', resumeToken: 'token', status: 'running' };
  return {
    asked,
    start: async () => {
      asked.push('start');
      return running;
    },
    get: async (): Promise<Operation<VideoGenerationResult>> => {
      asked.push('get');
      seen += 1;
      return seen < looks ? running : { id: 'a', resumeToken: 'token', status: 'succeeded', result: DONE };
    },
    cancel: async () => {
      asked.push('cancel');
      return running;
    },
  };
}

describe('generating by an operation', () => {
  it('starts once and looks until it has ended', async () => {
    const clock = new FakeClock();
    const operations = operationsEndingAfter(3);
    const running = generateByOperation(operations, { prompt: 'a' }, {}, { sleep: clock.sleep, now: clock.now });
    await clock.advance(60_000);
    expect(await running).toBe(DONE);
    expect(operations.asked).toEqual(['start', 'get', 'get', 'get']);
  });

  it('cancels what nobody waits for any more', async () => {
    const clock = new FakeClock();
    const operations = operationsEndingAfter(Number.POSITIVE_INFINITY);
    const stop = new AbortController();
    const running = generateByOperation(
      operations,
      {},
      { signal: stop.signal },
      { sleep: clock.sleep, now: clock.now },
    );
    const failed = running.catch((error: unknown) => error);
    await clock.advance(1000);
    stop.abort();
    await clock.advance(0);
    expect(await failed).toMatchObject({ code: 'aborted' });
    expect(operations.asked.at(-1)).toBe('cancel');
    expect(clock.pendingTimers).toBe(0);
  });

  it('cancels what takes too long, and says how long was waited', async () => {
    const clock = new FakeClock();
    const operations = operationsEndingAfter(Number.POSITIVE_INFINITY);
    const running = generateByOperation(operations, {}, { timeoutMs: 5000 }, { sleep: clock.sleep, now: clock.now });
    const failed = running.catch((error: unknown) => error);
    await clock.advance(5000);
    expect(await failed).toMatchObject({ code: 'timeout' });
    expect(operations.asked.at(-1)).toBe('cancel');
  });

  it('gives each look a time limit that a timer can hold', async () => {
    const limits: (number | undefined)[] = [];
    const operations = operationsEndingAfter(1);
    const get = (_token: unknown, options?: CallOptions) => {
      limits.push(options?.timeoutMs);
      return operations.get();
    };
    await generateByOperation({ ...operations, get }, {});
    expect(limits).toHaveLength(1);
    expect(limits[0]).toBeLessThan(2 ** 31);
  });

  it('tells why the call ended even where canceling fails', async () => {
    const stop = new AbortController();
    const operations = {
      ...operationsEndingAfter(Number.POSITIVE_INFINITY),
      cancel: () => Promise.reject(new IntegrationError({ code: 'unavailable', message: 'Down' })),
    };
    const running = generateByOperation(operations, {}, { signal: stop.signal }, { pollIntervalMs: 1 });
    setTimeout(() => stop.abort(), 5);
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });

  it('does not cancel what failed by itself, and gives its own error', async () => {
    const failure = new IntegrationError({ code: 'content_filtered', message: 'Refused' });
    const operations = {
      ...operationsEndingAfter(1),
      get: async (): Promise<Operation<VideoGenerationResult>> => ({
        id: 'a',
        resumeToken: 'token',
        status: 'failed',
        error: failure,
      }),
    };
    await expect(generateByOperation(operations, {})).rejects.toBe(failure);
    expect(operations.asked).toEqual(['start']);
  });
});

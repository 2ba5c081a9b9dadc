import { IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { AnalyticsQueue, type AnalyticsQueueOptions } from './analytics-queue.ts';

const down = () => new IntegrationError({ code: 'unavailable', retry: 'transient', message: 'down' });

function queueOf(answers: (Error | undefined)[], options: Partial<AnalyticsQueueOptions<number>> = {}) {
  const clock = new FakeClock();
  const batches: number[][] = [];
  const dropped: [number, string][] = [];
  const queue = new AnalyticsQueue<number>({
    send: async (messages) => {
      batches.push([...messages]);
      const answer = answers.shift();
      if (answer !== undefined) throw answer;
    },
    onDrop: (message, reason) => dropped.push([message, reason]),
    sleep: clock.sleep,
    ...options,
  });
  return { queue, batches, dropped, clock };
}

describe('the queue', () => {
  it('sends in order, in batches', async () => {
    const { queue, batches } = queueOf([], { maxBatch: 2 });
    for (const message of [1, 2, 3]) queue.add(message);
    expect(await queue.flush()).toEqual({ sent: 3, dropped: 0, pending: 0 });
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it('tries a batch again after doubling waits, the same messages each time', async () => {
    const { queue, batches, clock } = queueOf([down(), down()], { backoffMs: 100 });
    queue.add(1);
    const flushed = queue.flush();
    await clock.advance(99);
    expect(batches).toHaveLength(1);
    await clock.advance(1);
    expect(batches).toHaveLength(2);
    await clock.advance(200);
    expect(await flushed).toEqual({ sent: 1, dropped: 0, pending: 0 });
    expect(batches).toEqual([[1], [1], [1]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('waits as long as the service asks for', async () => {
    const busy = new IntegrationError({
      code: 'rate_limited',
      retry: 'throttled',
      retryAfterMs: 7000,
      message: 'busy',
    });
    const { queue, batches, clock } = queueOf([busy]);
    queue.add(1);
    const flushed = queue.flush();
    await clock.advance(6999);
    expect(batches).toHaveLength(1);
    await clock.advance(1);
    expect((await flushed).sent).toBe(1);
  });

  it('keeps what could not be sent for the next flush', async () => {
    const { queue, batches } = queueOf([down()], { maxAttempts: 1 });
    queue.add(1);
    expect(await queue.flush()).toEqual({ sent: 0, dropped: 0, pending: 1 });
    expect(await queue.flush()).toEqual({ sent: 1, dropped: 0, pending: 0 });
    expect(batches).toEqual([[1], [1]]);
  });

  it('gives up what is refused, and goes on with the rest', async () => {
    const refused = new IntegrationError({ code: 'invalid_request', message: 'no' });
    const { queue, dropped } = queueOf([refused], { maxBatch: 1 });
    queue.add(1);
    queue.add(2);
    expect(await queue.flush()).toEqual({ sent: 1, dropped: 1, pending: 0 });
    expect(dropped).toEqual([[1, 'refused']]);
  });

  it('drops what comes when it is full', async () => {
    const { queue, dropped } = queueOf([], { maxQueued: 2 });
    for (const message of [1, 2, 3]) queue.add(message);
    expect(queue.report()).toEqual({ sent: 0, dropped: 1, pending: 2 });
    expect(dropped).toEqual([[3, 'full']]);
  });

  it.each([
    ['its time is over', { timeoutMs: 50 }],
    ['its signal aborts', { signal: AbortSignal.timeout(1) }],
  ])('ends a flush without an error when %s, and leaves no timer', async (_why, options) => {
    const { queue, clock } = queueOf([], { send: () => new Promise(() => {}) });
    queue.add(1);
    const flushed = queue.flush(options);
    await clock.advance(50);
    expect(await flushed).toMatchObject({ sent: 0, pending: 1 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('runs one flush at a time, so that nothing is sent twice', async () => {
    const { queue, batches } = queueOf([]);
    queue.add(1);
    await Promise.all([queue.flush(), queue.flush(), queue.close()]);
    expect(batches).toEqual([[1]]);
  });

  it('takes nothing after close', async () => {
    const { queue } = queueOf([]);
    await queue.close();
    expect(() => queue.add(1)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

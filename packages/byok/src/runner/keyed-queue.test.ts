import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

describe('a keyed queue', () => {
  it('runs tasks of one key in order and tasks of different keys at once', async () => {
    const clock = new FakeClock();
    const queue = new KeyedQueue();
    const log: string[] = [];
    const task = (name: string, ms: number) => async (): Promise<string> => {
      log.push(`start ${name}`);
      await clock.sleep(ms);
      log.push(`end ${name}`);
      return name;
    };
    const all = Promise.all([
      queue.run('a', undefined, task('a1', 10)),
      queue.run('a', undefined, task('a2', 1)),
      queue.run('b', undefined, task('b1', 5)),
    ]);
    expect(await clock.settle(all)).toEqual(['a1', 'a2', 'b1']);
    expect(log).toEqual(['start a1', 'start b1', 'end b1', 'end a1', 'start a2', 'end a2']);
  });

  it('goes on after a task that failed', async () => {
    const queue = new KeyedQueue();
    const failed = queue.run('a', undefined, async () => Promise.reject(new TypeError('no')));
    const next = queue.run('a', undefined, async () => 'next');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('next');
  });

  it('lets a caller leave while it waits, and keeps the order of the others', async () => {
    const clock = new FakeClock();
    const queue = new KeyedQueue();
    const log: string[] = [];
    const first = queue.run('a', undefined, async () => {
      await clock.sleep(10);
      log.push('first');
    });
    const controller = new AbortController();
    const leaving = queue.run('a', controller.signal, async () => void log.push('left'));
    const failure = leaving.catch((error: unknown) => error);
    const third = queue.run('a', new AbortController().signal, async () => void log.push('third'));
    controller.abort(new TypeError('gone'));
    expect(await failure).toMatchObject({ message: 'gone' });
    await clock.settle(Promise.all([first, third]));
    expect(log).toEqual(['first', 'third']);
    const late = queue.run('a', controller.signal, async () => 'late');
    await expect(late).rejects.toThrow('gone');
  });
});

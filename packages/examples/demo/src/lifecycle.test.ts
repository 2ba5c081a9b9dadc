import { describe, expect, it } from 'vitest';
import { InterruptedError, type Lifecycle, runWithLifecycle } from './lifecycle.ts';

const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (reason) => reason,
  );

describe('runWithLifecycle', () => {
  it('gives what main gives, after everything was put away in reverse order', async () => {
    const events: string[] = [];
    const code = await runWithLifecycle(async (lifecycle) => {
      lifecycle.onEnd(async () => void events.push('first'));
      lifecycle.onEnd(async () => void events.push('second'));
      return 3;
    });
    expect([code, events]).toEqual([3, ['second', 'first']]);
  });

  it('puts everything away when main fails, also when one task fails', async () => {
    const events: string[] = [];
    const reason = await reasonOf(
      runWithLifecycle(async (lifecycle) => {
        lifecycle.onEnd(async () => void events.push('reached'));
        lifecycle.onEnd(async () => {
          throw new Error('stuck');
        });
        throw new Error('main failed');
      }),
    );
    expect(events).toEqual(['reached']);
    expect(reason).toBeInstanceOf(AggregateError);
  });

  it('ends by a signal with its exit code, once main has heard of it', async () => {
    const before = process.listenerCount('SIGTERM');
    const code = await runWithLifecycle(async ({ signal }) => {
      expect(process.listenerCount('SIGTERM')).toBe(before + 1);
      process.emit('SIGTERM', 'SIGTERM');
      signal.throwIfAborted();
      return 0;
    });
    expect([code, process.listenerCount('SIGTERM')]).toEqual([143, before]);
  });

  it('takes an error that the signal caused for the signal', async () => {
    const code = await runWithLifecycle(async (lifecycle) => {
      lifecycle.interrupt('SIGINT');
      throw new Error('the database went away');
    });
    expect(code).toBe(130);
  });

  it('fails with what broke unheard', async () => {
    const broken = new Error('unheard');
    const run = async (lifecycle: Lifecycle): Promise<number> => {
      lifecycle.fail(broken);
      lifecycle.signal.throwIfAborted();
      return 0;
    };
    expect(await reasonOf(runWithLifecycle(run))).toBe(broken);
  });

  it('names the signal', () => {
    expect(new InterruptedError('SIGHUP')).toMatchObject({ message: 'Stopped by SIGHUP', exitCode: 129 });
  });
});

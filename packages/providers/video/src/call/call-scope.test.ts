import { FakeClock } from '@mortise/testing';
import { describe, expect, it, vi } from 'vitest';
import { openCallScope } from './call-scope.ts';

describe('the scope of a call', () => {
  it('ends with "timeout" when the time is over, and not before', async () => {
    const clock = new FakeClock();
    const scope = openCallScope({ timeoutMs: 100 }, clock.sleep);
    await clock.advance(99);
    expect(scope.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(scope.signal.reason).toMatchObject({ code: 'timeout', retry: 'transient' });
    expect(() => scope.throwIfEnded()).toThrow(/100 ms/);
    scope.close();
  });

  it('ends with "aborted" when the caller aborts, and keeps the reason as cause', () => {
    const stop = new AbortController();
    const scope = openCallScope({ signal: stop.signal });
    stop.abort('enough');
    expect(scope.explain(new Error('socket closed'))).toMatchObject({ code: 'aborted', cause: 'enough' });
  });

  it('stays with what ended it first', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const scope = openCallScope({ signal: stop.signal, timeoutMs: 10 }, clock.sleep);
    await clock.advance(10);
    stop.abort();
    expect(scope.explain(undefined)).toMatchObject({ code: 'timeout' });
  });

  it('passes an error on as it is while nothing ended the call', () => {
    const error = new Error('other');
    expect(openCallScope({}).explain(error)).toBe(error);
  });

  it('leaves no timer and no listener behind', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const added = vi.spyOn(stop.signal, 'addEventListener');
    const removed = vi.spyOn(stop.signal, 'removeEventListener');
    const scope = openCallScope({ signal: stop.signal, timeoutMs: 10 }, clock.sleep);
    scope.close();
    await Promise.resolve();
    expect(clock.pendingTimers).toBe(0);
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
    stop.abort();
    expect(scope.signal.aborted).toBe(false);
  });

  it('lets work win that is done, and leaves work that does not heed the signal', async () => {
    const stop = new AbortController();
    const scope = openCallScope({ signal: stop.signal });
    expect(await scope.race(Promise.resolve(7))).toBe(7);
    const stuck = scope.race(new Promise(() => undefined));
    stop.abort();
    await expect(stuck).rejects.toMatchObject({ code: 'aborted' });
    await expect(scope.race(new Promise(() => undefined))).rejects.toMatchObject({ code: 'aborted' });
  });

  it('does not open for a signal that is aborted already', () => {
    expect(() => openCallScope({ signal: AbortSignal.abort() })).toThrow(expect.objectContaining({ code: 'aborted' }));
  });

  it.each([0, -1, Number.NaN])('refuses a time limit of %d', (timeoutMs) => {
    expect(() => openCallScope({ timeoutMs })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'timeoutMs' }),
    );
  });

  it('takes an infinite time limit as none', () => {
    const clock = new FakeClock();
    openCallScope({ timeoutMs: Number.POSITIVE_INFINITY }, clock.sleep);
    expect(clock.pendingTimers).toBe(0);
  });
});

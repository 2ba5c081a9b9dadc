import { IntegrationError } from '@mortise/core';
import { FakeClock } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { waitUntilActive } from './wait-until-active.ts';

function connectionsOf(states: ('initiated' | 'active' | 'failed' | 'expired' | 'inactive' | Error)[]) {
  const looks: number[] = [];
  const clock = new FakeClock({ startMs: 0 });
  const get = async (userId: string, id: string) => {
    looks.push(clock.now());
    const state = states.length > 1 ? states.shift() : states[0];
    if (state instanceof Error) throw state;
    return { id, userId, toolkit: 'chat', state: state ?? ('unknown' as const) };
  };
  return {
    clock,
    looks,
    wait: (timeoutMs: number) => waitUntilActive({ get }, 'u', 'c', { timeoutMs, now: clock.now, sleep: clock.sleep }),
  };
}

describe('waiting for consent', () => {
  it('looks at growing intervals, up to ten seconds', async () => {
    const { clock, looks, wait } = connectionsOf(['initiated', 'initiated', 'initiated', 'active']);
    const waiting = wait(60_000);
    await clock.advance(10_000);
    expect((await waiting).state).toBe('active');
    expect(looks).toEqual([0, 1000, 2500, 4750]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('looks a last time when its time is over', async () => {
    const { clock, looks, wait } = connectionsOf(['initiated']);
    const waiting = wait(1500).catch((error: unknown) => error);
    await clock.advance(1500);
    expect(await waiting).toMatchObject({ code: 'timeout' });
    expect(looks).toEqual([0, 1000, 1500]);
  });

  it('goes on when a look fails in a way that may pass, and ends when it may not', async () => {
    const down = new IntegrationError({ code: 'unavailable', retry: 'transient', message: 'down' });
    const { clock, wait } = connectionsOf([down, 'active']);
    const waiting = wait(60_000);
    await clock.advance(1000);
    expect((await waiting).state).toBe('active');
    const gone = connectionsOf([new IntegrationError({ code: 'not_found', message: 'gone' })]);
    await expect(gone.wait(60_000)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['failed', 'expired', 'inactive'] as const)('ends at once where the account is %s', async (state) => {
    const { wait, clock } = connectionsOf([state]);
    await expect(wait(60_000)).rejects.toMatchObject({ code: 'forbidden' });
    expect(clock.pendingTimers).toBe(0);
  });
});

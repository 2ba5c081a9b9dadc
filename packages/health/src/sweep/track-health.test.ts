import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealthStatus } from '../health-status.ts';
import { type TrackedHealth, trackHealth, type TrackHealthOptions } from './track-health.ts';

function follow(statuses: readonly HealthStatus[], options?: TrackHealthOptions): HealthStatus[] {
  let tracked: TrackedHealth | undefined;
  return statuses.map((status, index) => {
    tracked = trackHealth(tracked, { status, checkedAt: new Date(index * 1000).toISOString() }, options);
    return tracked.status;
  });
}

describe('the status that holds', () => {
  it.each<[string, HealthStatus[], HealthStatus[]]>([
    ['is the first one that is found', ['unreachable'], ['unreachable']],
    [
      'turns bad after two bad checks',
      ['connected', 'unreachable', 'unreachable'],
      ['connected', 'connected', 'unreachable'],
    ],
    [
      'does not turn after one',
      ['connected', 'unreachable', 'connected', 'unreachable'],
      ['connected', 'connected', 'connected', 'connected'],
    ],
    [
      'turns good after two good checks',
      ['unreachable', 'connected', 'connected'],
      ['unreachable', 'unreachable', 'connected'],
    ],
    ['takes over which kind of bad it is at once', ['unreachable', 'auth_required'], ['unreachable', 'auth_required']],
    [
      'takes over which kind of good it is at once',
      ['connected', 'degraded', 'connected'],
      ['connected', 'degraded', 'connected'],
    ],
    [
      'counts kinds of bad together',
      ['connected', 'unreachable', 'auth_required'],
      ['connected', 'connected', 'auth_required'],
    ],
    [
      'stays through what says nothing',
      ['connected', 'unknown', 'rate_limited'],
      ['connected', 'connected', 'connected'],
    ],
    [
      'does not count what says nothing',
      ['connected', 'unreachable', 'unknown', 'unreachable'],
      ['connected', 'connected', 'connected', 'unreachable'],
    ],
    ['leaves what says nothing for anything else', ['unknown', 'connected'], ['unknown', 'connected']],
  ])('%s', (_name, statuses, expected) => {
    expect(follow(statuses)).toEqual(expected);
  });

  it('can be made to turn sooner or later', () => {
    expect(follow(['connected', 'unreachable'], { badAfter: 1 })).toEqual(['connected', 'unreachable']);
    expect(follow(['unreachable', 'connected', 'connected', 'connected'], { goodAfter: 3 }).at(-1)).toBe('connected');
  });

  it('says since when it holds', () => {
    const first = trackHealth(undefined, { status: 'connected', checkedAt: 'a' });
    const again = trackHealth(first, { status: 'connected', checkedAt: 'b' });
    const once = trackHealth(again, { status: 'unreachable', checkedAt: 'c' });
    expect([first, again, once, trackHealth(once, { status: 'unreachable', checkedAt: 'd' })]).toEqual([
      { status: 'connected', since: 'a', against: 0 },
      { status: 'connected', since: 'a', against: 0 },
      { status: 'connected', since: 'a', against: 1 },
      { status: 'unreachable', since: 'd', against: 0 },
    ]);
  });

  it('never turns from good to bad, or back, on a single check', () => {
    const status = fc.constantFrom<HealthStatus>(
      'connected',
      'degraded',
      'unreachable',
      'auth_required',
      'rate_limited',
      'unknown',
    );
    const isBad = (one: HealthStatus | undefined): boolean => one === 'unreachable' || one === 'auth_required';
    const isGood = (one: HealthStatus | undefined): boolean => one === 'connected' || one === 'degraded';
    fc.assert(
      fc.property(fc.array(status, { minLength: 2, maxLength: 40 }), (statuses) => {
        const held = follow(statuses);
        for (let index = 1; index < held.length; index += 1) {
          const turnedBad = isGood(held[index - 1]) && isBad(held[index]);
          const turnedGood = isBad(held[index - 1]) && isGood(held[index]);
          if (!turnedBad && !turnedGood) continue;
          const telling = statuses.slice(0, index + 1).filter((one) => isBad(one) || isGood(one));
          expect(telling.slice(-2).every(turnedBad ? isBad : isGood)).toBe(true);
        }
      }),
    );
  });
});

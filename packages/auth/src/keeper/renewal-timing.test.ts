import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiresAtMs, renewalDueMs } from './renewal-timing.ts';
import type { StoredGrant } from './token-store.ts';

const AT_MS = Date.parse('2026-06-15T12:00:00.000Z');
const MINUTE_MS = 60_000;

function grantOf(lifeMs: number | undefined, overrides: Partial<StoredGrant> = {}): StoredGrant {
  return {
    token: {
      accessToken: 'a',
      refreshToken: 'r',
      tokenType: 'Bearer',
      ...(lifeMs === undefined ? {} : { expiresAt: new Date(AT_MS + lifeMs).toISOString() }),
    },
    obtainedAt: new Date(AT_MS).toISOString(),
    ...overrides,
  };
}

const leadOf = (lifeMs: number, draw = 0): number => AT_MS + lifeMs - renewalDueMs(grantOf(lifeMs), undefined, draw);

describe('when a token is renewed', () => {
  it.each([
    ['an hour', 60 * MINUTE_MS, 6 * MINUTE_MS],
    ['a day', 24 * 60 * MINUTE_MS, 144 * MINUTE_MS],
    ['five minutes', 5 * MINUTE_MS, MINUTE_MS],
    ['a minute', MINUTE_MS, MINUTE_MS / 2],
  ])('that lives %s', (_name, lifeMs, leadMs) => {
    expect(leadOf(lifeMs)).toBe(leadMs);
  });

  it('within the lead, spread by a fifth of it, and never in the first half of the life', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 1e10 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (life, draw) => {
          const limit = Math.min(Math.max(MINUTE_MS, life / 10), life / 2);
          expect(leadOf(life, draw)).toBeLessThanOrEqual(limit + 1);
          expect(leadOf(life, draw)).toBeGreaterThanOrEqual(limit * 0.8 - 1);
        },
      ),
    );
  });

  it('not by itself where nobody said how long it lives', () => {
    expect(renewalDueMs(grantOf(undefined), undefined, 0)).toBe(Infinity);
    expect(expiresAtMs(grantOf(undefined))).toBe(Infinity);
  });

  it('a minute before its end where nobody knows when it began', () => {
    const { obtainedAt: _at, ...grant } = grantOf(60 * MINUTE_MS);
    expect(renewalDueMs(grant, undefined, 0)).toBe(AT_MS + 59 * MINUTE_MS);
  });

  it('at once where its end cannot be read', () => {
    const grant = grantOf(undefined, { token: { accessToken: 'a', tokenType: 'Bearer', expiresAt: 'soon' } });
    expect(renewalDueMs(grant, undefined, 0)).toBeLessThanOrEqual(0);
    expect(expiresAtMs(grant)).toBe(0);
  });

  it('in half the time after which the grant would die of idleness, a day at most', () => {
    const dueAfter = (idleLifetimeMs: number): number =>
      renewalDueMs(grantOf(undefined), { idleLifetimeMs }, 0) - AT_MS;
    expect(dueAfter(60 * MINUTE_MS)).toBe(30 * MINUTE_MS);
    expect(dueAfter(90 * 24 * 60 * MINUTE_MS)).toBe(24 * 60 * MINUTE_MS);
    const noRefresh = grantOf(undefined, { token: { accessToken: 'a', tokenType: 'Bearer' } });
    expect(renewalDueMs(noRefresh, { idleLifetimeMs: 1_000 }, 0)).toBe(Infinity);
  });
});

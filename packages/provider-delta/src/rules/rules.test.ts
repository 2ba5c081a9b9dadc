import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProviderDeltaEnvelope } from '../sync-state.ts';
import { channelsToStop, decideChannel } from './channel-rules.ts';
import { cursorMove, sameCursor, watermarkStart } from './cursor-rules.ts';
import { dedupeKeyOf, dedupeKeyOfEvent, idempotencyKeyOfEvent } from './dedupe-rules.ts';
import { decideSweep } from './generation-rules.ts';
import { isFenced, isLeaseExpired, isLeaseRenewalDue, leaseTiming } from './lease-rules.ts';
import { compareRevisions } from './order.ts';
import { isTombstoneExpired, tombstoneLifeMs } from './tombstone-rules.ts';

const at = (seconds: number): number => Date.UTC(2026, 0, 1, 0, 0, seconds);
const iso = (seconds: number): string => new Date(at(seconds)).toISOString();

describe('a lease', () => {
  const lease = { holder: 'w', expiresAt: iso(60), renewalWindowMs: 20_000 };

  it.each([
    [39, false, false],
    [40, true, false],
    [59, true, false],
    [60, false, true],
    [61, false, true],
  ])('at second %i: renewal due %s, expired %s', (second, isDue, isExpired) => {
    expect([isLeaseRenewalDue(lease, at(second)), isLeaseExpired(lease, at(second))]).toEqual([isDue, isExpired]);
    expect(isLeaseExpired({ ...lease, expiresAt: new Date(at(60)) }, at(second))).toBe(isExpired);
  });

  it('is not judged by a time that every host would read differently', () => {
    for (const expiresAt of ['2026-01-01T00:00:00', '2026-01-01', 'tomorrow', new Date(Number.NaN)]) {
      expect(() => isLeaseExpired({ ...lease, expiresAt }, at(0))).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTIONS', field: 'lease.expiresAt' }),
      );
    }
  });

  it('is renewed often enough to survive a lost renewal, and given up before it ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 10_000_000 }), (ttlMs) => {
        const { renewEveryMs, stopAfterMs } = leaseTiming(ttlMs);
        expect(renewEveryMs).toBeLessThanOrEqual(stopAfterMs);
        expect(stopAfterMs).toBeLessThan(ttlMs);
      }),
    );
  });

  it('has a token that fences off all before it', () => {
    expect([isFenced(4, 5), isFenced(5, 5), isFenced(6, 5)]).toEqual([true, false, false]);
  });
});

describe('revisions', () => {
  it.each([
    ['numeric', '9', '10', -1],
    ['numeric', '007', '7', 0],
    ['numeric', '90071992547409931', '90071992547409930', 1],
    ['lexical', '9', '10', 1],
    ['instant', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z', 0],
    ['instant', '2026-01-01T00:00:00.0001Z', '2026-01-01T00:00:00.0002Z', -1],
    ['instant', '2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.100000Z', 0],
    ['none', 'a', 'a', 0],
    ['none', 'a', 'b', undefined],
  ] as const)('by %s: %s and %s give %s', (order, left, right, expected) => {
    const compared = compareRevisions(left, right, order);
    expect(compared === undefined ? undefined : Math.sign(compared)).toBe(expected);
  });

  it.each([
    ['numeric', '1', '-1'],
    ['numeric', '1', ''],
    ['numeric', '1', '1.5'],
    ['instant', '2026-01-01T00:00:00Z', '2026-01-01'],
  ] as const)('by %s cannot be compared: %s and %s', (order, left, right) => {
    const refused = expect.objectContaining({ code: 'NOT_COMPARABLE' });
    expect(() => compareRevisions(left, right, order)).toThrow(refused);
    expect(() => compareRevisions(right, left, order)).toThrow(refused);
  });

  it('compare to opposite results the other way round, and in a chain', () => {
    const number = fc.bigInt({ min: 0n }).map(String);
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const compare = (left: string, right: string): number => compareRevisions(left, right, 'numeric') ?? Number.NaN;
        expect(compare(a, b) + compare(b, a)).toBe(0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('a cursor', () => {
  it.each([
    [undefined, { cursor: '1' }, 'first'],
    [{ cursor: '1' }, { cursor: '2' }, 'forward'],
    [{ cursor: '2' }, { cursor: '2' }, 'same'],
    [{ cursor: '10' }, { cursor: '9' }, 'backward'],
    [{ watermark: '5' }, { watermark: '6' }, 'forward'],
    [{ cursor: '1' }, {}, 'unknown'],
  ])('from %j to %j moves %s', (before, after, expected) => {
    expect(cursorMove(before, after, 'numeric')).toBe(expected);
  });

  it('that is opaque only tells same from different', () => {
    expect(cursorMove({ cursor: 'a' }, { cursor: 'b' }, 'none')).toBe('unknown');
    expect(cursorMove({ cursor: 'a' }, { cursor: 'a' }, 'none')).toBe('same');
  });

  it('of another scheme is not compared', () => {
    const move = (): unknown =>
      cursorMove({ cursor: '1', watermarkVersion: 'v1' }, { cursor: '2', watermarkVersion: 'v2' }, 'numeric');
    expect(move).toThrow(expect.objectContaining({ code: 'NOT_COMPARABLE', field: 'watermarkVersion' }));
    expect(move).toThrow(/v1 and v2/);
  });

  it('is the same by all its parts', () => {
    expect(sameCursor({ cursor: 'a' }, { cursor: 'a' })).toBe(true);
    expect(sameCursor({ cursor: 'a' }, { cursor: 'a', cursorId: 'x' })).toBe(false);
    expect(sameCursor(undefined, undefined)).toBe(true);
    expect(sameCursor({}, { watermark: 'a' })).toBe(false);
  });

  it('that is a time is read from an overlap before it, since equal times may come late', () => {
    expect(watermarkStart(iso(90))).toBe(iso(30));
    expect(watermarkStart('2026-01-01T01:01:30+01:00', 30_000)).toBe(iso(60));
    expect(watermarkStart('1970-01-01T00:00:10Z')).toBe('1970-01-01T00:00:00.000Z');
    expect(() => watermarkStart('2026-01-01')).toThrow(expect.objectContaining({ code: 'NOT_COMPARABLE' }));
  });
});

describe('a dedupe key', () => {
  const envelope = (delta: ProviderDeltaEnvelope['delta'], sourceId = 'r1'): ProviderDeltaEnvelope => ({
    providerKey: 'email.gmail',
    sourceId,
    payload: {},
    delta,
  });

  it('is the provider, the connection and the event, which cannot run into each other', () => {
    expect(dedupeKeyOfEvent('email.gmail', 'c1', 'e:1')).toBe('email.gmail:c1:e%3A1');
    expect(idempotencyKeyOfEvent('acme', 'email.gmail', 'e1')).toBe('acme:email.gmail:e1');
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (a, b, c, d) => {
        const same = dedupeKeyOfEvent('p', a, b) === dedupeKeyOfEvent('p', c, d);
        expect(same).toBe(a === c && b === d);
      }),
    );
  });

  it('is the one that the envelope brings, else of its event, else of its content', async () => {
    expect(await dedupeKeyOf(envelope({ dedupeKey: 'own', providerEventId: 'e1' }), 'c1')).toBe('own');
    expect(await dedupeKeyOf(envelope({ providerEventId: 'e1' }), 'c1')).toBe('email.gmail:c1:e1');
    const ofContent = await dedupeKeyOf(envelope({ providerRevision: '7' }), 'c1');
    expect(ofContent).toMatch(/^email\.gmail:c1:sha256-[0-9a-f]{64}$/);
    const others = [
      envelope({ providerRevision: '8' }),
      envelope({ providerRevision: '7' }, 'r2'),
      envelope({ tombstone: { deletedAt: iso(0), providerRevision: '7' } }),
    ];
    for (const other of others) expect(await dedupeKeyOf(other, 'c1')).not.toBe(ofContent);
  });

  it('does not exist where two changes could not be told apart', async () => {
    expect(await dedupeKeyOf(envelope({}), 'c1')).toBeUndefined();
    expect(await dedupeKeyOf(envelope({ tombstone: { deletedAt: iso(0) } }), 'c1')).toBeUndefined();
  });
});

describe('a full scan', () => {
  it.each([
    [0, 0, true],
    [10, 10, true],
    [100, 30, true],
    [100, 31, false],
    [12, 11, false],
    [1_000_000, 300_000, true],
  ])('of %i live records that missed %i may delete them: %s', (live, missing, isAllowed) => {
    expect(decideSweep({ live, missing }).isAllowed).toBe(isAllowed);
  });

  it('says how much it would have deleted', () => {
    expect(decideSweep({ live: 100, missing: 60 }, { maxShare: 0.5 })).toEqual({
      isAllowed: false,
      share: 0.6,
      maxShare: 0.5,
    });
    expect(decideSweep({ live: 20, missing: 5 }, { maxShare: 0.1, alwaysAllowed: 4 }).isAllowed).toBe(false);
  });
});

describe('a tombstone', () => {
  it('lives as long as an event, a cursor or a month could bring the record back', () => {
    const day = 86_400_000;
    expect(tombstoneLifeMs()).toBe(30 * day);
    expect(tombstoneLifeMs({ cursorLifeMs: 60 * day })).toBe(60 * day);
    expect(tombstoneLifeMs({ dedupeWindowMs: 90 * day, cursorLifeMs: 60 * day })).toBe(90 * day);
  });

  it('counts from when the deletion was learnt of', () => {
    const mark = { deletedAt: iso(0), observedAt: iso(50) };
    expect([isTombstoneExpired(mark, at(59), 10_000), isTombstoneExpired(mark, at(60), 10_000)]).toEqual([false, true]);
  });
});

describe('a push channel', () => {
  const channel = { channelId: 'a', expiresAt: iso(1000) };

  it.each([
    [0, 0.5, 'keep'],
    [449, 0, 'keep'],
    [450, 0, 'renew'],
    [549, 1, 'keep'],
    [550, 1, 'renew'],
    [799, 0.5, 'renew'],
    [800, 0.5, 'alarm'],
    [1000, 0.5, 'expired'],
  ])('at second %i of 1,000 with a draw of %d: %s', (second, draw, kind) => {
    expect(decideChannel(channel, iso(0), { nowMs: at(second), draw }).kind).toBe(kind);
  });

  it('says when it is renewed', () => {
    expect(decideChannel(channel, iso(0), { nowMs: at(1) })).toEqual({ kind: 'keep', renewAtMs: at(500) });
  });

  it('is stopped only once its successor sends', () => {
    const channels = [channel, { channelId: 'b', expiresAt: iso(2000) }];
    expect(channelsToStop(channels, undefined)).toEqual([]);
    expect(channelsToStop(channels, 'b')).toEqual([channel]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionOf, DAY_MS, HOUR_MS, OWNER } from '../__fixtures__/application.ts';
import type { ByokKeyRecord } from '../record/byok-key-record.ts';
import { newRecord } from '../record/new-record.ts';
import { type ByokKeyPolicy, resolveByokKeyPolicy } from './byok-key-policy.ts';
import { listDueWork, rotationDueAt, validationDueAt } from './due-work.ts';

const START = Date.parse('2026-06-01T00:00:00Z');
const at = (ms: number): string => new Date(START + ms).toISOString();
const policyOf = (policy: ByokKeyPolicy = {}) => resolveByokKeyPolicy({ jitter: 0, ...policy });
const recordOf = (more: Partial<ByokKeyRecord> = {}): ByokKeyRecord => ({
  ...newRecord({ connection: connectionOf({ meta: { ...connectionOf().meta, createdAt: at(0) } }) }, START),
  metadata: { createdAt: at(0), validationStatus: 'valid', lastValidatedAt: at(0) },
  ...more,
});
const unknowns = (count: number, more: object = {}): Partial<ByokKeyRecord> => ({
  validation: { outcome: 'unknown', checkedAt: at(0), unknownsInARow: count, ...more },
});

describe('validationDueAt', () => {
  it('is at half of the time that a validation is good for', () => {
    expect(validationDueAt(recordOf(), policyOf())).toBe(START + 12 * HOUR_MS);
    const policy = policyOf({ validationMaxAgeMs: 10 * HOUR_MS, validateAtShare: 0.8 });
    expect(validationDueAt(recordOf(), policy)).toBe(START + 8 * HOUR_MS);
  });

  it('is long past for a key that was never validated', () => {
    const metadata = { createdAt: at(0), validationStatus: 'unknown' as const };
    expect(validationDueAt(recordOf({ metadata }), policyOf())).toBe(-Infinity);
    expect(validationDueAt(recordOf({ metadata: { ...metadata, lastValidatedAt: 'soon' } }), policyOf())).toBe(
      -Infinity,
    );
  });

  it('comes back sooner after a check that could not tell, more slowly from one to the next', () => {
    const stale = { metadata: { createdAt: at(0), validationStatus: 'valid' as const, lastValidatedAt: at(-DAY_MS) } };
    const waits = [1, 2, 3, 4, 40].map((count) => {
      const due = validationDueAt(recordOf({ ...stale, ...unknowns(count) }), policyOf());
      return (due - START) / 60_000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 12 * 60]);
  });

  it('waits for as long as the provider asked for', () => {
    const record = recordOf(unknowns(1, { notBefore: at(20 * HOUR_MS) }));
    expect(validationDueAt(record, policyOf())).toBe(START + 20 * HOUR_MS);
    const told = recordOf(unknowns(0, { outcome: 'valid', notBefore: at(20 * HOUR_MS) }));
    expect(validationDueAt(told, policyOf())).toBe(START + 20 * HOUR_MS);
  });
});

describe('rotationDueAt', () => {
  const rotated = { createdAt: at(0), validationStatus: 'valid' as const, lastRotatedAt: at(5 * DAY_MS) };

  it('is never where neither age nor expiry calls for it', () => {
    expect(rotationDueAt(recordOf(), policyOf())).toBeUndefined();
    const metadata = { ...rotated, expiresAt: at(DAY_MS) };
    expect(rotationDueAt(recordOf({ metadata }), policyOf({ rotateBeforeExpiryMs: false }))).toBeUndefined();
    expect(rotationDueAt(recordOf({ metadata: { ...rotated, expiresAt: 'one day' } }), policyOf())).toBeUndefined();
  });

  it('counts from the last rotation, or from when the key came', () => {
    const policy = policyOf({ rotateEveryDays: 30 });
    expect(rotationDueAt(recordOf(), policy)).toBe(START + 30 * DAY_MS);
    expect(rotationDueAt(recordOf({ metadata: rotated }), policy)).toBe(START + 35 * DAY_MS);
  });

  it('comes before the expiry, whichever is sooner', () => {
    const metadata = { ...rotated, expiresAt: at(20 * DAY_MS) };
    const policy = policyOf({ rotateEveryDays: 30 });
    expect(rotationDueAt(recordOf({ metadata }), policy)).toBe(START + 13 * DAY_MS);
    const late = policyOf({ rotateEveryDays: 30, rotateBeforeExpiryMs: HOUR_MS });
    expect(rotationDueAt(recordOf({ metadata }), late)).toBe(START + 20 * DAY_MS - HOUR_MS);
  });

  it('is at once for a compromised key that is still in use', () => {
    const compromised = { compromise: { reportedAt: at(DAY_MS), isReplaced: false } };
    expect(rotationDueAt(recordOf(compromised), policyOf())).toBe(START + DAY_MS);
    const replaced = { compromise: { reportedAt: at(DAY_MS), isReplaced: true } };
    expect(rotationDueAt(recordOf(replaced), policyOf())).toBeUndefined();
  });

  it('waits longer after each rotation that was rolled back, up to a day', () => {
    const policy = policyOf({ rotateEveryDays: 1 });
    const waits = [1, 2, 3, 10, 100].map((failuresInARow) => {
      const lastRotation = {
        id: 'rotation1',
        reason: 'scheduled' as const,
        status: 'rolled_back' as const,
        finishedAt: at(10 * DAY_MS),
        failuresInARow,
      };
      return ((rotationDueAt(recordOf({ lastRotation }), policy) ?? 0) - START - 10 * DAY_MS) / HOUR_MS;
    });
    expect(waits).toEqual([1, 2, 4, 24, 24]);
  });

  it('waits for as long as the policy says after a failure, be it more than a day', () => {
    const policy = policyOf({ rotateEveryDays: 1, retryRotationAfterMs: 3 * DAY_MS });
    const finished = { id: 'rotation1', reason: 'manual' as const, finishedAt: at(10 * DAY_MS), failuresInARow: 1 };
    const record = recordOf({ lastRotation: { ...finished, status: 'rolled_back' } });
    expect(rotationDueAt(record, policy)).toBe(START + 13 * DAY_MS);
  });
});

describe('jitter', () => {
  it('brings each connection forward by its own constant share, spread over all of them', () => {
    const policy = policyOf({ jitter: 0.2, rotateEveryDays: 100 });
    const shares = Array.from({ length: 2000 }, (_, index) => {
      const record = recordOf({ connectionId: `connection-${index}` });
      expect(rotationDueAt(record, policy)).toBe(rotationDueAt(record, policy));
      return (START + 100 * DAY_MS - (rotationDueAt(record, policy) ?? 0)) / (20 * DAY_MS);
    });
    for (let part = 0; part < 10; part += 1) {
      const inside = shares.filter((share) => share >= part / 10 && share < (part + 1) / 10).length;
      expect(inside).toBeGreaterThan(140);
      expect(inside).toBeLessThan(260);
    }
  });

  it('never makes anything later than the policy says', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tenantId, connectionId, jitter) => {
          const expiresAt = at(50 * DAY_MS);
          const record = recordOf({ tenantId, connectionId, metadata: { ...recordOf().metadata, expiresAt } });
          const policy = resolveByokKeyPolicy({ jitter, rotateEveryDays: 90 });
          expect(validationDueAt(record, policy)).toBeLessThanOrEqual(START + 12 * HOUR_MS);
          expect(validationDueAt(record, policy)).toBeGreaterThanOrEqual(START);
          expect(rotationDueAt(record, policy)).toBeLessThanOrEqual(START + 43 * DAY_MS);
        },
      ),
    );
  });
});

describe('listDueWork', () => {
  const rotation = {
    id: 'rotation1',
    reason: 'manual',
    source: { kind: 'lifecycle' },
    step: 'stored',
    requestedAt: at(0),
    deadlineAt: at(HOUR_MS),
    overlapMs: 0,
    placement: 'staged',
    attempts: 1,
    nextAttemptAt: at(1000),
  } as const;
  const old = {
    rotationId: 'rotation0',
    reason: 'manual',
    place: { reference: 'memory://key', version: '1' },
    isOwned: false,
    retireAt: at(2000),
    attempts: 0,
  } as const;
  const due = (record: Partial<ByokKeyRecord>, ms: number, policy: ByokKeyPolicy = {}) =>
    listDueWork(recordOf(record), policyOf(policy), START + ms);

  it('goes on with a rotation when its next try is due', () => {
    expect(due({ rotation }, 999)).toEqual([]);
    expect(due({ rotation }, 1000)).toEqual(['resume']);
    const { nextAttemptAt: _next, ...untried } = rotation;
    expect(due({ rotation: untried }, 0)).toEqual(['resume']);
  });

  it('ends an old key when its overlap and its last failure are over', () => {
    expect(due({ retiring: [old] }, 1999)).toEqual([]);
    expect(due({ retiring: [old] }, 2000)).toEqual(['retire']);
    expect(due({ retiring: [{ ...old, nextAttemptAt: at(3000) }] }, 2999)).toEqual([]);
    expect(due({ retiring: [old], rotation }, 5000)).toEqual(['resume', 'retire']);
  });

  it('rotates a key for its age, but not beside another rotation, and not one that is refused', () => {
    const policy = { rotateEveryDays: 1 };
    expect(due({}, DAY_MS, policy)).toEqual(['validate', 'rotate']);
    expect(due({}, DAY_MS - 1, policy)).toEqual(['validate']);
    expect(due({ rotation }, DAY_MS, policy)).toEqual(['resume', 'validate']);
    const metadata = { ...recordOf().metadata, validationStatus: 'invalid' as const };
    expect(due({ metadata }, DAY_MS, policy)).toEqual(['validate']);
  });

  it('has nothing to do for most keys most of the time', () => {
    expect(due({}, HOUR_MS)).toEqual([]);
    expect(recordOf()).toMatchObject(OWNER);
  });
});

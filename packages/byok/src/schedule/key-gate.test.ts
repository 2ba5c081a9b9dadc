import fc from 'fast-check';
import { isByokKeyUsable } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { application, connectionOf, DAY_MS, HOUR_MS, OWNER } from '../__fixtures__/application.ts';
import type { ByokKeyRecord } from '../record/byok-key-record.ts';
import { newRecord } from '../record/new-record.ts';
import { MemoryByokKeyStore } from '../testing/memory-byok-key-store.ts';
import { assertByokKeyUsable, findByokUnusableReason, requireUsableByokKey } from './key-gate.ts';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const ago = (ms: number): string => new Date(NOW - ms).toISOString();
const recordOf = (
  metadata: Partial<ByokKeyRecord['metadata']> = {},
  more: Partial<ByokKeyRecord> = {},
): ByokKeyRecord => ({
  ...newRecord({ connection: connectionOf() }, NOW),
  metadata: { createdAt: ago(100 * DAY_MS), validationStatus: 'valid', lastValidatedAt: ago(HOUR_MS), ...metadata },
  ...more,
});
const trying = { validation: { outcome: 'unknown', checkedAt: ago(60_000), unknownsInARow: 3 } } as const;

describe('a key', () => {
  it.each<[string, ByokKeyRecord | undefined, string | undefined]>([
    ['with a good and recent validation', recordOf(), undefined],
    ['with a validation that is just good enough', recordOf({ lastValidatedAt: ago(DAY_MS) }), undefined],
    ['that nothing is known of', undefined, 'unknown_key'],
    ['that was never validated', recordOf({ validationStatus: 'unknown' }), 'never_validated'],
    ['that was refused', recordOf({ validationStatus: 'invalid' }), 'invalid'],
    ['whose validation is too old', recordOf({ lastValidatedAt: ago(DAY_MS + 1) }), 'stale'],
    ['whose validation lies ahead', recordOf({ lastValidatedAt: ago(-1) }), 'stale'],
    ['whose validation has no time', recordOf({ lastValidatedAt: 'today' }), 'stale'],
    ['that has expired', recordOf({ expiresAt: ago(0) }), 'expired'],
    ['whose expiry cannot be read', recordOf({ expiresAt: 'later' }), 'expired'],
    ['that expires later', recordOf({ expiresAt: ago(-1) }), undefined],
    ['that is compromised', recordOf({}, { compromise: { reportedAt: ago(0), isReplaced: false } }), undefined],
  ])('%s', (_what, record, reason) => {
    expect(findByokUnusableReason(record, { now: NOW })).toBe(reason);
  });

  it('that is compromised is refused where the host wants that', () => {
    const compromised = recordOf({}, { compromise: { reportedAt: ago(0), isReplaced: false } });
    expect(findByokUnusableReason(compromised, { now: NOW, refuseCompromised: true })).toBe('compromised');
    const replaced = recordOf({}, { compromise: { reportedAt: ago(0), isReplaced: true } });
    expect(findByokUnusableReason(replaced, { now: NOW, refuseCompromised: true })).toBeUndefined();
  });

  it('gets grace past its age only while checks cannot tell', () => {
    const old = { lastValidatedAt: ago(DAY_MS + HOUR_MS) };
    const options = { now: NOW, graceMs: 2 * HOUR_MS };
    expect(findByokUnusableReason(recordOf(old, trying), options)).toBeUndefined();
    expect(findByokUnusableReason(recordOf(old), options)).toBe('stale');
    expect(findByokUnusableReason(recordOf(old, trying), { now: NOW })).toBe('stale');
    expect(findByokUnusableReason(recordOf({ lastValidatedAt: ago(DAY_MS + 3 * HOUR_MS) }, trying), options)).toBe(
      'stale',
    );
    expect(findByokUnusableReason(recordOf({ ...old, validationStatus: 'invalid' }, trying), options)).toBe('invalid');
    expect(findByokUnusableReason(recordOf({ ...old, expiresAt: ago(1) }, trying), options)).toBe('expired');
  });

  it('is usable here exactly where core says so, without grace', () => {
    const time = fc.option(fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }).map(ago), { nil: undefined });
    fc.assert(
      fc.property(fc.constantFrom('valid', 'invalid', 'unknown'), time, time, (validationStatus, validated, expiry) => {
        const metadata = {
          createdAt: ago(DAY_MS),
          validationStatus,
          ...(validated === undefined ? {} : { lastValidatedAt: validated }),
          ...(expiry === undefined ? {} : { expiresAt: expiry }),
        };
        const isUsable = findByokUnusableReason({ ...recordOf(), metadata }, { now: NOW }) === undefined;
        expect(isUsable).toBe(isByokKeyUsable(metadata, DAY_MS, NOW));
      }),
    );
  });
});

describe('the gate', () => {
  it('lets a usable key through and says why it stops another', () => {
    expect(() => assertByokKeyUsable(recordOf(), { now: NOW })).not.toThrow();
    const stale = recordOf({ lastValidatedAt: ago(2 * DAY_MS) });
    const caught = (record: ByokKeyRecord | undefined): unknown => {
      try {
        assertByokKeyUsable(record, { now: NOW });
        return undefined;
      } catch (error) {
        return error;
      }
    };
    expect(caught(stale)).toMatchObject({
      name: 'ByokError',
      code: 'KEY_NOT_USABLE',
      reason: 'stale',
      connectionId: 'c1',
      message: 'The last validation of the key is too old; validate it again (connection "c1")',
    });
    expect(caught(undefined)).toMatchObject({ code: 'KEY_NOT_USABLE', reason: 'unknown_key' });
    expect(caught(undefined)).not.toHaveProperty('connectionId');
  });

  it('reads the clock when no time is given', () => {
    const validatedNow = recordOf({ lastValidatedAt: new Date().toISOString() });
    expect(findByokUnusableReason(validatedNow)).toBeUndefined();
  });

  it('looks the record up, and fails closed where it cannot', async () => {
    const app = application();
    await expect(requireUsableByokKey(app.store, OWNER)).rejects.toMatchObject({ reason: 'unknown_key' });
    await app.runner.validate(app.subject);
    const now = app.clock.now();
    expect(await requireUsableByokKey(app.store, OWNER, { now })).toMatchObject(OWNER);
    const signal = AbortSignal.abort(new TypeError('left'));
    await expect(requireUsableByokKey(app.store, OWNER, { now, signal })).rejects.toThrow('left');
    class Down extends MemoryByokKeyStore {
      override async load(): Promise<never> {
        throw new TypeError('down');
      }
    }
    await expect(requireUsableByokKey(new Down(), OWNER)).rejects.toThrow('down');
  });
});

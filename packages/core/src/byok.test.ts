import { describe, expect, it } from 'vitest';
import {
  type ByokKeyMetadata,
  DEFAULT_BYOK_VALIDATION_MAX_AGE_MS,
  isByokKeyUsable,
  isByokValidationStale,
} from './byok.ts';

const HOUR_MS = 3_600_000;
const now = Date.parse('2026-06-15T12:00:00Z');
const validatedHoursAgo = (hours: number, more: Partial<ByokKeyMetadata> = {}): ByokKeyMetadata => ({
  createdAt: '2026-01-01T00:00:00Z',
  validationStatus: 'valid',
  lastValidatedAt: new Date(now - hours * HOUR_MS).toISOString(),
  ...more,
});
const isStale = (metadata: ByokKeyMetadata, maxAgeMs = DEFAULT_BYOK_VALIDATION_MAX_AGE_MS) =>
  isByokValidationStale(metadata, maxAgeMs, now);

describe('isByokValidationStale', () => {
  it('is a day by default', () => {
    expect(isStale(validatedHoursAgo(1))).toBe(false);
    expect(isStale(validatedHoursAgo(24))).toBe(false);
    expect(isStale(validatedHoursAgo(48))).toBe(true);
  });

  it('respects another age both ways', () => {
    expect(isStale(validatedHoursAgo(2), HOUR_MS)).toBe(true);
    expect(isStale(validatedHoursAgo(48), 72 * HOUR_MS)).toBe(false);
  });

  it('is stale without a time, and with one that is none or lies ahead', () => {
    expect(isStale({ createdAt: '', validationStatus: 'valid' })).toBe(true);
    expect(isStale(validatedHoursAgo(0, { lastValidatedAt: 'today' }))).toBe(true);
    expect(isStale(validatedHoursAgo(-1))).toBe(true);
  });

  it('reads the clock when none is given', () => {
    expect(isByokValidationStale({ ...validatedHoursAgo(0), lastValidatedAt: new Date().toISOString() })).toBe(false);
  });
});

describe('isByokKeyUsable', () => {
  const isUsable = (metadata: ByokKeyMetadata) => isByokKeyUsable(metadata, DEFAULT_BYOK_VALIDATION_MAX_AGE_MS, now);

  it('wants a good and recent validation', () => {
    expect(isUsable(validatedHoursAgo(1))).toBe(true);
    expect(isUsable(validatedHoursAgo(48))).toBe(false);
    expect(isUsable(validatedHoursAgo(1, { validationStatus: 'invalid' }))).toBe(false);
    expect(isUsable(validatedHoursAgo(1, { validationStatus: 'unknown' }))).toBe(false);
  });

  it('wants a key that has not expired; an expiry that cannot be read counts as past', () => {
    expect(isUsable(validatedHoursAgo(1, { expiresAt: '2026-06-15T12:00:01Z' }))).toBe(true);
    expect(isUsable(validatedHoursAgo(1, { expiresAt: '2026-06-15T12:00:00Z' }))).toBe(false);
    expect(isUsable(validatedHoursAgo(1, { expiresAt: 'never' }))).toBe(false);
  });
});

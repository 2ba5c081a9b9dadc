import { describe, expect, it } from 'vitest';
import { isProviderDeltaTombstoned } from './sync-state.ts';

describe('isProviderDeltaTombstoned', () => {
  it('is true for a state that carries a tombstone', () => {
    expect(isProviderDeltaTombstoned({ tombstone: { deletedAt: '2026-04-30T13:00:00Z' } })).toBe(true);
  });

  it('is false for a state without one', () => {
    expect(isProviderDeltaTombstoned({ cursor: { cursor: 'gmail-history-123' } })).toBe(false);
  });

  it('is false without a state', () => {
    expect(isProviderDeltaTombstoned(undefined)).toBe(false);
  });
});

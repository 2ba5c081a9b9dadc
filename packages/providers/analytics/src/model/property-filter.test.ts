import { describe, expect, it } from 'vitest';
import { type AnalyticsPropertyFilter, matchesPropertyFilter } from './property-filter.ts';

const properties = { plan: 'Pro', seats: 5, since: '2026-01-01', trial: false, note: null };

describe('a property filter', () => {
  it.each<[AnalyticsPropertyFilter, boolean]>([
    [{}, true],
    [{ plan: 'Pro', seats: 5 }, true],
    [{ plan: 'Pro', seats: 6 }, false],
    [{ seats: '5' }, false],
    [{ note: null }, true],
    [{ missing: null }, false],
    [{ plan: { op: 'neq', value: 'Free' } }, true],
    [{ missing: { op: 'neq', value: 'Free' } }, true],
    [{ plan: { op: 'in', value: ['Free', 'Pro'] } }, true],
    [{ missing: { op: 'nin', value: ['Free'] } }, false],
    [{ plan: { op: 'nin', value: ['Free'] } }, true],
    [{ plan: { op: 'contains', value: 'RO' } }, true],
    [{ seats: { op: 'contains', value: '5' } }, false],
    [{ seats: { op: 'gt', value: 5 } }, false],
    [{ seats: { op: 'gte', value: 5 } }, true],
    [{ seats: { op: 'lt', value: 5 } }, false],
    [{ seats: { op: 'lte', value: 5 } }, true],
    [{ seats: { op: 'gt', value: '1' } }, false],
    [{ since: { op: 'gt', value: '2025-12-31' } }, true],
    [{ missing: { op: 'lt', value: 5 } }, false],
    [{ trial: { op: 'exists', value: true } }, true],
    [{ missing: { op: 'exists', value: false } }, true],
  ])('%j holds: %s', (filter, expected) => {
    expect(matchesPropertyFilter(properties, filter)).toBe(expected);
  });

  it('looks at own properties alone', () => {
    const filter: AnalyticsPropertyFilter = JSON.parse('{"constructor": {"op": "exists", "value": true}}');
    expect(matchesPropertyFilter(properties, filter)).toBe(false);
  });

  it('refuses an operator that does not exist', () => {
    const filter: AnalyticsPropertyFilter = JSON.parse('{"plan": {"op": "regex", "value": ".*"}}');
    expect(() => matchesPropertyFilter(properties, filter)).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'properties' }),
    );
  });
});

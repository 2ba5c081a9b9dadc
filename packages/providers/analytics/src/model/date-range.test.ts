import { describe, expect, it } from 'vitest';
import { resolveDateRange } from './date-range.ts';

const from = (bound: string | Date, timezone?: string): string => {
  const { fromMs = Number.NaN } = resolveDateRange({ from: bound, ...(timezone === undefined ? {} : { timezone }) });
  return new Date(fromMs).toISOString();
};

describe('a date range', () => {
  it('takes instants as they are, whatever the zone', () => {
    expect(from('2026-03-29T02:30:00+02:00', 'Asia/Tokyo')).toBe('2026-03-29T00:30:00.000Z');
    expect(from(new Date('2026-03-29T02:30:00.123Z'), 'Asia/Tokyo')).toBe('2026-03-29T02:30:00.123Z');
  });

  it.each([
    ['2026-01-15', 'Europe/Berlin', '2026-01-14T23:00:00.000Z'],
    ['2026-07-15', 'Europe/Berlin', '2026-07-14T22:00:00.000Z'],
    ['2026-01-15T08:30', 'America/New_York', '2026-01-15T13:30:00.000Z'],
    ['2026-01-15 08:30:15.5', 'Asia/Kolkata', '2026-01-15T03:00:15.500Z'],
    ['1969-06-01', 'Asia/Tokyo', '1969-05-31T15:00:00.000Z'],
    // The clocks go forward at 02:00 to 03:00: 03:00 is there, and comes an hour after 01:00.
    ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
  ])('takes %s in %s for %s', (bound, timezone, expected) => {
    expect(from(bound, timezone)).toBe(expected);
  });

  it('counts local times without a zone in UTC', () => {
    expect(from('2026-01-15')).toBe('2026-01-15T00:00:00.000Z');
  });

  it('leaves an absent end open', () => {
    expect(resolveDateRange({})).toEqual({});
    expect(resolveDateRange({ to: '2026-01-01' })).toEqual({ toMs: Date.UTC(2026, 0, 1) });
  });

  it.each([
    [{ from: '-7d' }, 'dateRange.from'],
    [{ to: '2026-02-30' }, 'dateRange.to'],
    [{ from: 'yesterday' }, 'dateRange.from'],
    [{ from: new Date(Number.NaN) }, 'dateRange.from'],
    [{ timezone: 'Mars/Base' }, 'dateRange.timezone'],
    [{ from: '2026-01-02', to: '2026-01-01' }, 'dateRange'],
  ])('refuses %j', (range, field) => {
    expect(() => resolveDateRange(range)).toThrow(expect.objectContaining({ code: 'invalid_request', field }));
  });
});

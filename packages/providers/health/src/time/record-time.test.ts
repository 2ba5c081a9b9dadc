import { describe, expect, it } from 'vitest';
import { sampleActivity, sampleBiometric, sampleSleep, sampleWorkout } from '../testing/sample-records.ts';
import { compareEntities, isInWindow, recordDayOf, recordTimeOf, sleepDay } from './record-time.ts';

const night = (fields: Parameters<typeof sampleSleep>[1]) => sampleSleep('night', fields).record;

describe('the time of a record', () => {
  it('is its start, its measurement or its logging', () => {
    expect(recordTimeOf(sampleSleep('a'))).toBe('2026-03-01T23:30:00+01:00');
    expect(recordTimeOf(sampleBiometric('a'))).toBe('2026-03-02T08:00:00+01:00');
  });

  it('is the beginning of its day where it has no other', () => {
    const { startedAt: _startedAt, ...untimed } = sampleActivity('a').record;
    const daily = { ...untimed, localDate: '2026-03-29' };
    expect(recordTimeOf({ entityType: 'activity', record: { ...daily, timeZone: 'Europe/Paris' } })).toBe(
      '2026-03-29T00:00:00+01:00',
    );
    expect(recordTimeOf({ entityType: 'activity', record: daily })).toBe('2026-03-29T00:00:00+00:00');
    expect(recordTimeOf({ entityType: 'activity', record: untimed })).toBeUndefined();
  });
});

describe('the day of a sleep', () => {
  it.each([
    ['a night over midnight', {}, '2026-03-02'],
    ['a nap', { startedAt: '2026-03-01T14:00:00+01:00', endedAt: '2026-03-01T14:30:00+01:00' }, '2026-03-01'],
    ['one that ends at midnight', { endedAt: '2026-03-02T00:00:00+01:00' }, '2026-03-02'],
    [
      'a night written in UTC with a zone',
      { startedAt: '2026-03-01T14:30:00Z', endedAt: '2026-03-01T22:00:00Z', timeZone: 'Asia/Tokyo' },
      '2026-03-02',
    ],
    [
      'a night written in UTC with an offset',
      { startedAt: '2026-03-02T09:30:00Z', endedAt: '2026-03-02T17:00:00Z', zoneOffset: '-10:00' },
      '2026-03-02',
    ],
    ['a night that the vendor filed elsewhere', { localDate: '2026-03-01' }, '2026-03-01'],
    // The offset of the start is no longer right at the end; the text of the end is.
    [
      'a night of the change of clocks',
      { startedAt: '2026-10-24T23:30:00+02:00', endedAt: '2026-10-25T23:30:00+01:00', zoneOffset: '+02:00' },
      '2026-10-25',
    ],
  ])('%s', (_what, fields, day) => {
    expect(sleepDay(night(fields))).toBe(day);
  });

  it('is not told where nobody said where', () => {
    expect(sleepDay(night({ startedAt: '2026-03-01T22:30:00Z', endedAt: '2026-03-02T06:00:00Z' }))).toBeUndefined();
  });

  it('is what recordDayOf gives; other records belong to the day of their start', () => {
    expect(recordDayOf(sampleSleep('a'))).toBe('2026-03-02');
    expect(recordDayOf(sampleWorkout('a', { startedAt: '2026-03-01T23:50:00+01:00' }))).toBe('2026-03-01');
  });
});

it('has half-open windows', () => {
  const window = { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' };
  expect(isInWindow('2026-03-02T01:00:00+01:00', window)).toBe(true);
  expect(isInWindow('2026-03-03T00:00:00Z', window)).toBe(false);
  expect(isInWindow('2026-03-02T23:59:59.999999999Z', window)).toBe(true);
  expect(isInWindow('1999-01-01T00:00:00Z', {})).toBe(true);
});

it('orders records of one time by id and connection, so that the order is the same everywhere', () => {
  const same = [sampleSleep('b'), sampleSleep('a', { connectionId: 'z' }), sampleSleep('a')];
  const names = same.sort(compareEntities).map(({ record }) => `${record.externalId} ${record.connectionId}`);
  expect(names).toEqual(['a connection-a', 'a z', 'b connection-a']);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealthBiometric } from '../model/biometric.ts';
import type { HealthWorkout } from '../model/workout.ts';
import { sampleBiometric, sampleWorkout } from '../testing/sample-records.ts';
import { dailyValues } from './daily-values.ts';
import { mergeSources } from './merge-sources.ts';
import { replaceRecords } from './replace-records.ts';

const workout = (externalId: string, device: string, fields: Partial<HealthWorkout> = {}): HealthWorkout =>
  sampleWorkout(externalId, { origin: { method: 'automatic', device: { id: device, type: 'watch' } }, ...fields })
    .record;
const biometric = (externalId: string, fields: Partial<HealthBiometric>): HealthBiometric =>
  sampleBiometric(externalId, fields).record;
const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 18) + minute * 60_000).toISOString();
const between = (start: number, end: number) => ({ startedAt: at(start), endedAt: at(end) });
const WATCH_FIRST = { priority: ['health.in-memory/watch', 'health.in-memory/phone'] };
const ids = (records: readonly { readonly externalId: string }[]) => records.map(({ externalId }) => externalId);

describe('mergeSources', () => {
  it('makes one of two recordings of one walk, by the better source, and tells what was left out', () => {
    const watch = workout('watch', 'watch', between(0, 45));
    const phone = workout('phone', 'phone', between(2, 44));
    const { records, leftOut } = mergeSources([phone, watch], WATCH_FIRST);
    expect(records).toEqual([watch]);
    expect(leftOut).toEqual([{ record: phone, inFavourOf: watch }]);
  });

  it('keeps sessions that only touch, or overlap for a while', () => {
    const [one, other] = [workout('ride', 'watch', between(0, 60)), workout('run', 'phone', between(55, 100))];
    expect(ids(mergeSources([one, other], WATCH_FIRST).records)).toEqual(['ride', 'run']);
    expect(ids(mergeSources([one, other], { ...WATCH_FIRST, sameFrom: 0.1 }).records)).toEqual(['ride']);
  });

  it('never holds two records of one source against each other', () => {
    const both = [workout('ride', 'watch', between(0, 60)), workout('climb', 'watch', between(10, 20))];
    expect(mergeSources(both, WATCH_FIRST).records).toHaveLength(2);
  });

  it('holds only records of one person, and of one group, against each other', () => {
    const watch = workout('watch', 'watch', between(0, 60));
    for (const other of [{ userId: 'user-b' }, { tenantId: 'tenant-b' }]) {
      const phone = workout('phone', 'phone', { ...between(0, 60), ...other });
      expect(mergeSources([watch, phone], WATCH_FIRST).records).toHaveLength(2);
    }
    const phone = workout('phone', 'phone', { ...between(0, 60), workoutType: 'Swim' });
    const groupOf = (record: HealthWorkout) => record.workoutType;
    expect(mergeSources([watch, phone], { ...WATCH_FIRST, groupOf }).records).toHaveLength(2);
  });

  it('keeps what has no extent, and takes intervals of measurements', () => {
    const steps = (externalId: string, device: string) =>
      biometric(externalId, {
        metricType: 'steps',
        interval: { start: at(0), end: at(60) },
        origin: { method: 'automatic', device: { id: device, type: 'watch' } },
      });
    expect(ids(mergeSources([steps('b', 'phone'), steps('a', 'watch')], WATCH_FIRST).records)).toEqual(['a']);
    const { interval: _interval, ...sample } = steps('c', 'phone');
    expect(mergeSources([steps('a', 'watch'), sample], WATCH_FIRST).records).toHaveLength(2);
  });

  it('loses nothing, gives the same whatever the order, and never keeps two of one time', () => {
    const record = fc
      .tuple(fc.constantFrom('watch', 'phone', 'ring'), fc.nat(200), fc.integer({ min: 1, max: 60 }))
      .map(([device, start, length]) => ({ device, start, length }));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), fc.nat(), (drafts, shift) => {
        const all = drafts.map(({ device, start, length }, index) =>
          workout(String(index), device, between(start, start + length)),
        );
        const shuffled = all
          .map((item, index) => [(index * 7 + shift) % 13, item] as const)
          .sort(([a], [b]) => a - b)
          .map(([, item]) => item);
        const merged = mergeSources(all, WATCH_FIRST);
        expect(mergeSources(shuffled, WATCH_FIRST).records).toEqual(merged.records);
        expect(merged.records.length + merged.leftOut.length).toBe(all.length);
        // Merging again finds nothing more.
        expect(mergeSources(merged.records, WATCH_FIRST).leftOut).toEqual([]);
      }),
    );
  });
});

describe('dailyValues', () => {
  const steps = (externalId: string, fields: Partial<HealthBiometric>) =>
    biometric(externalId, { metricType: 'steps', unit: '{steps}', ...fields });

  it('takes the total of a day and leaves its samples aside', () => {
    const records = [steps('s', { value: 400 }), steps('t', { value: 900, grain: 'daily_total' })];
    expect(dailyValues(records)).toEqual([
      { metricType: 'steps', localDate: '2026-03-02', value: 900, from: 'daily_total' },
    ]);
  });

  it('takes the latest of several totals: the day in progress is told more than once', () => {
    const totals = [
      steps('late', { value: 900, grain: 'daily_total', measuredAt: '2026-03-02T22:00:00+01:00' }),
      steps('early', { value: 300, grain: 'daily_total', measuredAt: '2026-03-02T09:00:00+01:00' }),
    ];
    expect(dailyValues(totals)).toMatchObject([{ value: 900 }]);
  });

  it('aggregates as the metric wants it', () => {
    const pulse = [60, 70, 80].map((value, index) => biometric(String(index), { value }));
    expect(dailyValues(pulse)).toMatchObject([{ value: 70, from: 'samples' }]);
    const weights = [
      biometric('b', { metricType: 'weight', value: 71, measuredAt: '2026-03-02T20:00:00+01:00' }),
      biometric('a', { metricType: 'weight', value: 70, measuredAt: '2026-03-02T07:00:00+01:00' }),
    ];
    expect(dailyValues(weights)).toMatchObject([{ value: 71 }]);
  });

  it('counts by the local day, and an interval over midnight for the day on which it began', () => {
    const records = [
      steps('a', { value: 10, measuredAt: '2026-03-02T23:59:00+01:00' }),
      steps('b', { value: 20, measuredAt: '2026-03-03T00:01:00+01:00' }),
      steps('c', {
        value: 30,
        measuredAt: '2026-03-03T00:30:00+01:00',
        interval: { start: '2026-03-02T23:30:00+01:00', end: '2026-03-03T00:30:00+01:00' },
      }),
    ];
    expect(dailyValues(records).map(({ localDate, value }) => [localDate, value])).toEqual([
      ['2026-03-02', 40],
      ['2026-03-03', 20],
    ]);
  });

  it('leaves out what has no day, what is deleted, and metrics that it cannot aggregate', () => {
    const utc = steps('a', { value: 10, measuredAt: '2026-03-02T23:59:00Z' });
    expect(dailyValues([utc])).toEqual([]);
    expect(dailyValues([utc], { zone: 'Asia/Tokyo' })).toMatchObject([{ localDate: '2026-03-03' }]);
    expect(dailyValues([steps('b', { value: 1, status: 'deleted' })])).toEqual([]);
    const own = biometric('c', { metricType: 'acme_vigour', value: 3 });
    expect(dailyValues([own])).toEqual([]);
    expect(dailyValues([own], { aggregation: 'max' })).toMatchObject([{ value: 3 }]);
  });

  it('adds many small figures without drifting', () => {
    const records = Array.from({ length: 10_000 }, (_, index) =>
      biometric(String(index), { metricType: 'distance', value: 0.1 }),
    );
    expect(dailyValues(records)).toMatchObject([{ value: 1000 }]);
  });
});

describe('replaceRecords', () => {
  const night = (fields: Partial<HealthWorkout>) => workout('same', 'watch', fields);

  it('takes the newer by updatedAt, else by revision, else the one that comes later', () => {
    const one = night({ updatedAt: '2026-03-02T10:00:00Z' });
    const two = night({ updatedAt: '2026-03-02T12:00:00+01:00' });
    expect(replaceRecords([one], [two])).toEqual([two]);
    expect(replaceRecords([two], [one])).toEqual([two]);
    expect(replaceRecords([night({ revision: '10' })], [night({ revision: '9' })])).toMatchObject([{ revision: '10' }]);
    expect(replaceRecords([night({ revision: 'b' })], [night({ revision: 'a' })])).toMatchObject([{ revision: 'a' }]);
  });

  it('does not bring back what was deleted by an older record that comes late', () => {
    const gone = night({ status: 'deleted', updatedAt: '2026-03-03T00:00:00Z' });
    const late = night({ updatedAt: '2026-03-02T00:00:00Z' });
    expect(replaceRecords([gone], [late])).toEqual([gone]);
  });

  it('tells tenants and connections apart, whatever their ids hold', () => {
    const records = [night({ tenantId: 'a","b' }), night({ tenantId: 'a', connectionId: 'b","c' }), night({})];
    expect(replaceRecords([], records)).toHaveLength(3);
  });

  it('gives the same when everything comes twice', () => {
    const records = [night({ updatedAt: '2026-03-02T10:00:00Z' }), workout('other', 'watch')];
    expect(replaceRecords(records, records)).toEqual(replaceRecords([], records));
  });
});

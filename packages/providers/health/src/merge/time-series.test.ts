import { describe, expect, it } from 'vitest';
import type { HealthBiometric } from '../model/biometric.ts';
import type { HealthSeriesResolution } from '../model/series.ts';
import { sampleBiometric } from '../testing/sample-records.ts';
import { timeSeriesOf } from './time-series.ts';

const steps = (externalId: string, measuredAt: string, value: number, fields: Partial<HealthBiometric> = {}) =>
  sampleBiometric(externalId, { metricType: 'steps', unit: '{steps}', measuredAt, value, ...fields }).record;
const WINDOW = { from: '2026-03-28T00:00:00Z', to: '2026-03-31T00:00:00Z' };
const series = (records: readonly HealthBiometric[], resolution: HealthSeriesResolution) =>
  timeSeriesOf(records, { ...WINDOW, metricTypes: ['steps'], resolution });

describe('timeSeriesOf', () => {
  const walk = [
    steps('c', '2026-03-29T10:04:59+02:00', 30),
    steps('a', '2026-03-29T10:00:00+02:00', 10),
    steps('b', '2026-03-29T10:05:00+02:00', 20),
    steps('total', '2026-03-29T22:00:00+02:00', 60, { grain: 'daily_total' }),
    steps('late', '2026-03-31T00:00:00Z', 99),
  ];

  it('gives figures as measured, in order, without totals and outside of the window', () => {
    expect(series(walk, 'raw')).toEqual([
      {
        metricType: 'steps',
        unit: '{steps}',
        resolution: 'raw',
        points: [
          { at: '2026-03-29T10:00:00+02:00', value: 10 },
          { at: '2026-03-29T10:04:59+02:00', value: 30 },
          { at: '2026-03-29T10:05:00+02:00', value: 20 },
        ],
      },
    ]);
  });

  it.each([
    ['1m', [10, 30, 20]],
    ['5m', [40, 20]],
    ['15m', [60]],
    ['1h', [60]],
  ] as const)('adds figures of %s up, each in one point', (resolution, expected) => {
    const [line] = series(walk, resolution);
    expect(line?.points.map(({ value }) => value)).toEqual(expected);
    expect(line?.points[0]?.at).toBe('2026-03-29T08:00:00.000Z');
    expect(line?.aggregation).toBe('sum');
  });

  it('gives points of local days, which begin when the day does', () => {
    const days = [
      steps('a', '2026-03-28T23:30:00+01:00', 1, { timeZone: 'Europe/Paris' }),
      steps('b', '2026-03-29T00:30:00+01:00', 2, { timeZone: 'Europe/Paris' }),
      steps('c', '2026-03-29T23:30:00+02:00', 4, { timeZone: 'Europe/Paris' }),
      steps('nowhere', '2026-03-29T12:00:00Z', 8),
    ];
    expect(series(days, '1d')[0]?.points).toEqual([
      { at: '2026-03-28T00:00:00+01:00', value: 1 },
      { at: '2026-03-29T00:00:00+01:00', value: 6 },
    ]);
  });

  it('keeps sources and units apart', () => {
    const origin = { method: 'automatic' as const, device: { type: 'watch' as const } };
    const mixed = [
      ...walk,
      steps('w', '2026-03-29T10:00:00+02:00', 5, { origin }),
      steps('k', '2026-03-29T10:00:00+02:00', 5, { unit: 'k' }),
    ];
    expect(series(mixed, '1h')).toHaveLength(3);
    expect(series(mixed, '1h').map(({ origin: from }) => from)).toContainEqual(origin);
  });

  it('needs to be told how to aggregate a metric that it does not know', () => {
    const own = [
      steps('a', '2026-03-29T10:00:00Z', 3, { metricType: 'vigour' }),
      steps('b', '2026-03-29T10:01:00Z', 5, { metricType: 'vigour' }),
    ];
    const params = { ...WINDOW, metricTypes: ['vigour'], resolution: '1h' as const };
    expect(timeSeriesOf(own, params)).toEqual([]);
    expect(timeSeriesOf(own, { ...params, aggregation: 'max' })[0]?.points).toMatchObject([{ value: 5 }]);
    expect(timeSeriesOf(own, { ...params, resolution: 'raw' })[0]?.points).toHaveLength(2);
  });
});

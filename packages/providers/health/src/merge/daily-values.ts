import type { DateOnly } from '@mortise/core';
import type { HealthBiometric } from '../model/biometric.ts';
import type { HealthAggregation } from '../model/series.ts';
import { healthMetric } from '../metrics/health-metric.ts';
import { compareInstants } from '../time/instant.ts';
import { localDateOf } from '../time/local-day.ts';
import { placeOf } from '../time/record-time.ts';
import type { ZoneOrOffset } from '../time/zone-offset.ts';

export interface DailyValuesOptions {
  /** Zone for records that tell neither day nor place. Absent: such records are left out. */
  readonly zone?: ZoneOrOffset;
  /** For metrics that are not in `HEALTH_METRICS`. Absent: they are left out. */
  readonly aggregation?: HealthAggregation;
}

/** The figure of one metric for one day of the person's calendar. */
export interface DailyValue {
  readonly metricType: string;
  readonly localDate: DateOnly;
  readonly value: number;
  /** `daily_total`: the vendor's own figure. Else what its samples and intervals give. */
  readonly from: 'daily_total' | 'samples';
}

/**
 * Measurements by day. A day that has a total takes it, the latest one, and leaves its samples aside: adding both would
 * count everything twice. Records must be those of one person, in the metric's unit (`normalizeBiometric`) and of one
 * source each (`mergeSources`). An interval over midnight counts for the day on which it began.
 */
export function dailyValues(records: readonly HealthBiometric[], options: DailyValuesOptions = {}): DailyValue[] {
  const byDay = new Map<string, { metricType: string; localDate: DateOnly; records: HealthBiometric[] }>();
  for (const record of records) {
    const localDate = dayOf(record, options);
    if (localDate === undefined || record.status === 'deleted') continue;
    const key = `${localDate} ${record.metricType}`;
    const day = byDay.get(key) ?? { metricType: record.metricType, localDate, records: [] };
    day.records.push(record);
    byDay.set(key, day);
  }
  const values: DailyValue[] = [];
  for (const [, { metricType, localDate, records: ofDay }] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const aggregation = healthMetric(metricType)?.aggregation ?? options.aggregation;
    if (aggregation === undefined) continue;
    const sorted = ofDay.sort((left, right) => compareInstants(left.measuredAt, right.measuredAt));
    const total = sorted.findLast(({ grain }) => grain === 'daily_total');
    values.push({
      metricType,
      localDate,
      value:
        total?.value ??
        aggregate(
          sorted.map((record) => record.value),
          aggregation,
        ),
      from: total === undefined ? 'samples' : 'daily_total',
    });
  }
  return values;
}

function dayOf(record: HealthBiometric, { zone }: DailyValuesOptions): DateOnly | undefined {
  if (record.localDate !== undefined) return record.localDate;
  const at = record.interval?.start ?? record.measuredAt;
  const own = localDateOf(at, placeOf(record));
  return own ?? (zone === undefined ? undefined : localDateOf(at, { timeZone: zone }));
}

/** @param values Not empty, in time order. */
export function aggregate(values: readonly number[], aggregation: HealthAggregation): number {
  switch (aggregation) {
    case 'sum':
      return sum(values);
    case 'avg':
      return sum(values) / values.length;
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    case 'last':
      return values.at(-1) ?? Number.NaN;
    default:
      return aggregation satisfies never;
  }
}

/** Neumaier's sum: 86,400 small floats add up without drifting. */
function sum(values: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

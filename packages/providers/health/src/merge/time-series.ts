import { localDateOf, localDayBounds } from '../time/local-day.ts';
import type { HealthBiometric } from '../model/biometric.ts';
import type { HealthListTimeSeriesParams, HealthSeries, HealthSeriesPoint } from '../model/series.ts';
import { healthMetric } from '../metrics/health-metric.ts';
import { compareInstants, epochMsOf } from '../time/instant.ts';
import { compareText, isInWindow, placeOf } from '../time/record-time.ts';
import { aggregate } from './daily-values.ts';
import { defaultSourceOf } from './merge-sources.ts';

const WIDTHS_MS: Readonly<Record<string, number>> = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 };

/**
 * Measurements as series, one for each metric and source, in time order. Daily totals are left out: they hold the
 * samples. Points of a day (`1d`) begin with the local day of the record; records whose place nobody told are left out
 * there, as are those of a metric for which neither the registry nor the caller says how to aggregate.
 */
export function timeSeriesOf(
  records: readonly HealthBiometric[],
  params: Pick<HealthListTimeSeriesParams, 'metricTypes' | 'from' | 'to' | 'resolution' | 'aggregation'>,
): HealthSeries[] {
  const { metricTypes, resolution } = params;
  const groups = new Map<string, HealthBiometric[]>();
  for (const record of records) {
    const isWanted = metricTypes.includes(record.metricType) && isInWindow(record.measuredAt, params);
    if (!isWanted || record.grain === 'daily_total' || record.status === 'deleted') continue;
    // Figures in different units never share a line.
    const key = JSON.stringify([record.metricType, defaultSourceOf(record), record.unit ?? null]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const { metricType, unit, origin } = first;
      const aggregation = params.aggregation ?? healthMetric(metricType)?.aggregation;
      const sorted = group.sort((left, right) => compareInstants(left.measuredAt, right.measuredAt));
      if (resolution !== 'raw' && aggregation === undefined) return [];
      const points =
        resolution === 'raw' || aggregation === undefined
          ? sorted.map(({ measuredAt, value }) => ({ at: measuredAt, value }))
          : pointsOf(sorted, resolution, (values) => aggregate(values, aggregation));
      return [
        {
          metricType,
          resolution,
          points,
          ...(unit === undefined ? {} : { unit }),
          ...(origin === undefined ? {} : { origin }),
          ...(resolution === 'raw' || aggregation === undefined ? {} : { aggregation }),
        },
      ];
    });
}

/** @param records In time order. */
function pointsOf(
  records: readonly HealthBiometric[],
  resolution: string,
  combine: (values: readonly number[]) => number,
): HealthSeriesPoint[] {
  const values = new Map<string, number[]>();
  for (const record of records) {
    const at = startOfPoint(record, resolution);
    if (at === undefined) continue;
    const ofPoint = values.get(at);
    if (ofPoint === undefined) values.set(at, [record.value]);
    else ofPoint.push(record.value);
  }
  return [...values].map(([at, ofPoint]) => ({ at, value: combine(ofPoint) }));
}

function startOfPoint(record: HealthBiometric, resolution: string): string | undefined {
  const widthMs = WIDTHS_MS[resolution];
  if (widthMs !== undefined) {
    return new Date(Math.floor(epochMsOf(record.measuredAt) / widthMs) * widthMs).toISOString();
  }
  const day = record.localDate ?? localDateOf(record.measuredAt, placeOf(record));
  const zone = record.timeZone ?? record.zoneOffset ?? /[+-]\d{2}:\d{2}$/.exec(record.measuredAt)?.[0];
  return day === undefined || zone === undefined ? undefined : localDayBounds(day, zone).start;
}

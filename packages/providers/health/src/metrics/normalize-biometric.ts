import type { IntegrationWarning } from '@mortise/core';
import type { HealthBiometric } from '../model/biometric.ts';
import { toMetricUnit } from './convert-unit.ts';
import { healthMetric } from './health-metric.ts';

/**
 * A measurement in the unit of its metric. The vendor's figure and unit stay in `metadata.original` where they were
 * others. A vendor's own metric is given back as it is.
 *
 * @throws {HealthUnitError} `UNKNOWN_UNIT`
 */
export function normalizeBiometric(record: HealthBiometric): HealthBiometric {
  const metric = healthMetric(record.metricType);
  if (metric === undefined) return record;
  const components = record.components?.map((component) => {
    const own = healthMetric(component.metricType);
    return own === undefined || component.value === undefined
      ? component
      : { ...component, value: toMetricUnit(component.value, component.unit, own), unit: own.unit };
  });
  const isSame = record.unit === undefined || record.unit === metric.unit;
  return {
    ...record,
    value: toMetricUnit(record.value, record.unit, metric),
    unit: metric.unit,
    ...(components === undefined ? {} : { components }),
    ...(isSame ? {} : { metadata: { ...record.metadata, original: { value: record.value, unit: record.unit } } }),
  };
}

/**
 * Doubts about a measurement: a figure that no living person has, or a unit that is not the metric's. The record stays;
 * the warning names record and metric, never the figure.
 */
export function doubtBiometric(record: HealthBiometric): IntegrationWarning[] {
  const figures = [record, ...(record.components ?? [])];
  return figures.flatMap(({ metricType, value, unit }) => {
    const metric = healthMetric(metricType);
    if (metric === undefined || value === undefined) return [];
    const warn = (message: string): IntegrationWarning[] => [
      { type: 'other', field: 'value', message: `${metricType} of record "${record.externalId}" ${message}` },
    ];
    if (unit !== undefined && unit !== metric.unit) return warn(`is not in ${metric.unit}`);
    const { min, max } = metric.plausible;
    return Number.isFinite(value) && value >= min && value <= max ? [] : warn('is implausible');
  });
}

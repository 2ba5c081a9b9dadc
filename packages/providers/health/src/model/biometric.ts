import type { HealthGrain, HealthRecordBase } from './record-base.ts';

/** Why there is no figure, after the reasons of FHIR's data-absent-reason. */
export type HealthAbsentReason = 'not_measured' | 'not_permitted' | 'error' | 'unsupported' | 'unknown';

/** One figure of a measurement that has several, such as the two of a blood pressure. */
export interface HealthBiometricComponent {
  metricType: string;
  /** Absent: `absentReason` says why. */
  value?: number;
  unit?: string;
  absentReason?: HealthAbsentReason;
}

/** A measurement. Figures are in the unit of `HEALTH_METRICS` where the metric is one of them. */
export interface HealthBiometric extends HealthRecordBase {
  /** Id of a metric, such as `resting_heart_rate`. Open: a vendor's own name is kept where there is no metric for it. */
  metricType: string;
  /** With `components`, the value of the first one. */
  value: number;
  /** UCUM code, such as `/min` or `kg`. Absent: a bare number, or not told. */
  unit?: string;
  /** Instant. For an interval, its end. */
  measuredAt: string;

  /** What the figure covers; the end is exclusive. */
  interval?: { start: string; end: string };
  /** Absent: `sample`, or `interval` where there is one. */
  grain?: HealthGrain;
  components?: HealthBiometricComponent[];
  bodySite?: string;
  relationToMeal?: 'before' | 'after' | 'fasting' | 'unknown';
  relationToSleep?: 'before' | 'during' | 'after' | 'unknown';
}

import type { DateOnly, Operation } from '@mortise/core';
import type { HealthSleep } from './sleep.ts';
import type { HealthOrigin } from './record-base.ts';
import type { HealthListActivitiesParams } from './list.ts';

/** Width of the points of a series. `raw`: as measured. */
export type HealthSeriesResolution = 'raw' | '1m' | '5m' | '15m' | '1h' | '1d';

/** How several figures become one. */
export type HealthAggregation = 'sum' | 'avg' | 'min' | 'max' | 'last';

/** Which series are wanted. The window is half-open, as with lists. */
export interface HealthListTimeSeriesParams extends HealthListActivitiesParams {
  metricTypes: string[];
  /** Instant, inclusive. */
  from: string;
  /** Instant, exclusive. */
  to: string;
  resolution: HealthSeriesResolution;
  /** Default: that of the metric in `HEALTH_METRICS`. */
  aggregation?: HealthAggregation;
}

export interface HealthSeriesPoint {
  /** Instant; for a resolution other than `raw`, the start of the point's time. */
  at: string;
  value: number;
}

/** Figures of one metric from one origin, in time order. */
export interface HealthSeries {
  metricType: string;
  /** UCUM code. */
  unit?: string;
  resolution: HealthSeriesResolution;
  aggregation?: HealthAggregation;
  origin?: HealthOrigin;
  points: HealthSeriesPoint[];
}

export interface HealthListDailySummariesParams {
  tenantId: string;
  connectionId?: string;
  userId?: string;
  /** First day of the person's calendar, inclusive. */
  fromDate: DateOnly;
  /** Last day, inclusive: days are counted, not instants. */
  toDate: DateOnly;
  cursor?: string;
  pageSize?: number;
}

/** A day as the vendor sums it up. A figure that it does not tell is absent. */
export interface HealthDailySummary {
  localDate: DateOnly;
  /** By metric id, in the metric's unit. */
  values: Record<string, number>;
  mainSleep?: HealthSleep;
}

export interface HealthScopeParams {
  tenantId: string;
  connectionId?: string;
  userId?: string;
}

/** For what time there is data of a metric. */
export interface HealthCoverage {
  metricType: string;
  /** Instant of the oldest figure. */
  from: string;
  /** Instant of the newest figure. */
  to: string;
  sources: HealthOrigin[];
}

export interface HealthBackfillParams extends HealthScopeParams {
  /** Instant, inclusive. */
  from: string;
  /** Instant, exclusive. */
  to: string;
}

export interface HealthBackfillResult {
  /** Records that arrived. Absent: the vendor does not tell. */
  received?: number;
}

export type HealthBackfill = Operation<HealthBackfillResult>;

export interface HealthListChangesParams extends HealthScopeParams {
  /** `nextCursor` of the read before. Absent: from the beginning. */
  cursor?: string;
  pageSize?: number;
}

/** What was removed at the vendor or asked to be. */
export interface HealthDeletion {
  /** Whether it is done, or the vendor goes on with it. */
  status: 'done' | 'accepted';
}

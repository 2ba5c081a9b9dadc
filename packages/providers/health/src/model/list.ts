import type { IntegrationWarning } from '@mortise/core';
import type { HealthActivity } from './activity.ts';
import type { HealthBiometric } from './biometric.ts';
import type { HealthNutrition } from './nutrition.ts';
import type { HealthSleep } from './sleep.ts';
import type { HealthDataSource } from './source.ts';
import type { HealthWorkout } from './workout.ts';

/** Page information of every list. */
export interface HealthPagination {
  /** Opaque mark of the next page. Absent on the last one. */
  nextCursor?: string;
  /** Absent: whether there is a `nextCursor` tells. */
  hasMore?: boolean;
}

/** What every list result may tell besides its records. */
export interface HealthListMeta extends HealthPagination {
  source?: HealthDataSource;
  /** Filters that could not be honoured, implausible figures, and the like; never a figure itself. */
  warnings?: readonly IntegrationWarning[];
}

/**
 * Which records are wanted. The window is half-open: a record whose time is `from` is in it, one whose time is `to` is
 * not, so that consecutive windows give every record once. A record's time is its `startedAt`, `measuredAt` or
 * `loggedAt`; a sleep's, like every other's, is its start.
 */
export interface HealthListActivitiesParams {
  tenantId: string;
  connectionId?: string;
  userId?: string;
  /** Instant, inclusive. Absent: from the beginning. */
  from?: string;
  /** Instant, exclusive. Absent: to the end. */
  to?: string;
  /** `nextCursor` of the page before. With it, the other filters must be those of that page. */
  cursor?: string;
  /** Most records per page; the provider may give fewer. */
  pageSize?: number;
}

export type HealthListWorkoutsParams = HealthListActivitiesParams;
export type HealthListSleepParams = HealthListActivitiesParams;
export type HealthListNutritionParams = HealthListActivitiesParams;

export interface HealthListBiometricsParams extends HealthListActivitiesParams {
  /** Metrics wanted. Absent or empty: all. */
  metricTypes?: string[];
}

export interface HealthListActivitiesResult extends HealthListMeta {
  activities: HealthActivity[];
}

export interface HealthListWorkoutsResult extends HealthListMeta {
  workouts: HealthWorkout[];
}

export interface HealthListSleepResult extends HealthListMeta {
  sleep: HealthSleep[];
}

export interface HealthListBiometricsResult extends HealthListMeta {
  biometrics: HealthBiometric[];
}

export interface HealthListNutritionResult extends HealthListMeta {
  nutrition: HealthNutrition[];
}

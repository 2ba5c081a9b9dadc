import type { HealthGrain, HealthRecordBase } from './record-base.ts';

/** Movement of a day or of a part of one: steps, distance, energy. Sessions with a sport are `HealthWorkout`. */
export interface HealthActivity extends HealthRecordBase {
  /** Open set, in the vendor's words, such as `daily` or `walking`. */
  activityType: string;
  /** Instant; absent for a record that is known by its `localDate` alone. */
  startedAt?: string;
  /** Instant, exclusive. */
  endedAt?: string;
  /** Elapsed seconds between the two instants, not hours of the clock: a day of the DST change has 23 or 25 hours. */
  durationSeconds?: number;
  distanceMeters?: number;
  /** All energy of the time, rest included, where the vendor tells both; else what it calls calories. */
  caloriesKcal?: number;
  steps?: number;

  grain?: HealthGrain;
  /** Seconds in motion, at most the duration. */
  activeSeconds?: number;
  floors?: number;
  /** Energy beyond rest. */
  activeKcal?: number;
  /** Energy at rest. */
  basalKcal?: number;
}

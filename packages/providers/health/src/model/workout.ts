import type { HealthRecordBase } from './record-base.ts';

/** A training session. Two sessions of one person may overlap: see `mergeSources` for two recordings of the same one. */
export interface HealthWorkout extends HealthRecordBase {
  /** Open set, in the vendor's words, such as `Ride`. */
  workoutType: string;
  /** Instant. */
  startedAt?: string;
  /** Instant, exclusive. */
  endedAt?: string;
  /** Elapsed seconds between the two instants, pauses included. */
  durationSeconds?: number;
  distanceMeters?: number;
  caloriesKcal?: number;
  averageHeartRateBpm?: number;
  maxHeartRateBpm?: number;

  /** The sport in a vocabulary that vendors share, such as `cycling`, where the adapter maps it. */
  sportCode?: string;
  /** Seconds in motion, pauses left out. */
  activeSeconds?: number;
  elevationGainMeters?: number;
  averageSpeedMps?: number;
  averagePowerWatts?: number;
  /** Steps, strokes or revolutions per minute. */
  cadence?: number;
  zones?: HealthWorkoutZone[];
  laps?: HealthWorkoutLap[];
  route?: HealthWorkoutRoute;
  /** Whether `listTimeSeries` has samples of the session. */
  samplesAvailable?: boolean;
}

/** Time within a band of heart rate (bpm) or power (watts). */
export interface HealthWorkoutZone {
  kind: 'heart_rate' | 'power';
  /** Inclusive. Absent: no lower end. */
  lower?: number;
  /** Exclusive. Absent: no upper end. */
  upper?: number;
  seconds: number;
}

export interface HealthWorkoutLap {
  /** Instant. */
  startedAt: string;
  /** Instant, exclusive. */
  endedAt: string;
  distanceMeters?: number;
  averageHeartRateBpm?: number;
}

/** Where the person went. Shows where they live: the most telling part of a record. */
export interface HealthWorkoutRoute {
  /** `polyline`: Google's encoded polyline of precision 5. `geojson`: a LineString as JSON text. */
  encoding: 'polyline' | 'geojson';
  data: string;
}

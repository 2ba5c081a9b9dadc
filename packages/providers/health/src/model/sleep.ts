import type { HealthRecordBase } from './record-base.ts';

/** `unknown` is time of which the vendor tells nothing; `in_bed` and `asleep` are the words of coarser trackers. */
export type HealthSleepStageName = 'awake' | 'light' | 'deep' | 'rem' | 'asleep' | 'in_bed' | 'unknown';

export interface HealthSleepStage {
  stage: HealthSleepStageName;
  /** Instant. */
  start: string;
  /** Instant, exclusive. */
  end: string;
}

/** A sleep, a night or a nap. It may cross midnight and a DST change: `sleepDay` tells which day it belongs to. */
export interface HealthSleep extends HealthRecordBase {
  /** Instant. */
  startedAt: string;
  /** Instant, exclusive. */
  endedAt: string;
  /** Elapsed seconds between the two instants, time awake included. */
  durationSeconds?: number;
  deepSleepSeconds?: number;
  lightSleepSeconds?: number;
  remSleepSeconds?: number;
  awakeSeconds?: number;
  /** On the vendor's scale; see `scoreScale`. */
  sleepScore?: number;

  kind?: 'main' | 'nap';
  inBedSeconds?: number;
  asleepSeconds?: number;
  /** Seconds from going to bed to falling asleep. */
  latencySeconds?: number;
  awakenings?: number;
  /** Share of the time in bed that was slept, from 0 to 1. */
  efficiency?: number;
  /** In order, without overlaps. `sleepTimeline` makes any list so and fills its gaps with `unknown`. */
  stages?: HealthSleepStage[];
  averageHeartRateBpm?: number;
  /** Variability in milliseconds; `hrvMethod` says which one. */
  hrvMs?: number;
  /** RMSSD and SDNN are different measures and never compared. */
  hrvMethod?: 'rmssd' | 'sdnn';
  /** Breaths per minute. */
  respiratoryRate?: number;
  scoreScale?: { min: number; max: number };
}

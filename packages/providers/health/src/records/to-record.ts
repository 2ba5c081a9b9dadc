import type { HealthActivity } from '../model/activity.ts';
import type { HealthBiometric } from '../model/biometric.ts';
import type { HealthNutrition } from '../model/nutrition.ts';
import type { HealthSleep } from '../model/sleep.ts';
import type { HealthWorkout } from '../model/workout.ts';
import type {
  HealthActivityRecord,
  HealthBiometricRecord,
  HealthNutritionRecord,
  HealthSleepRecord,
  HealthWorkoutRecord,
} from '../schema/record-models.ts';

/** When a record was stored, as ISO 8601 text with an offset. A provider cannot know; nothing is made up here. */
export interface StorageTimes {
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface Sourced {
  updatedAt?: string;
}

/** Puts the vendor's time of change aside, so that the storage times can have the names that records give them. */
function store<Item extends Sourced>(item: Item, { createdAt, updatedAt }: StorageTimes) {
  const { updatedAt: sourceUpdatedAt, ...rest } = item;
  return { ...rest, createdAt, updatedAt, ...(sourceUpdatedAt === undefined ? {} : { sourceUpdatedAt }) };
}

/** A provider's activity as a stored record. */
export function toHealthActivityRecord(activity: HealthActivity, times: StorageTimes): HealthActivityRecord {
  return store(activity, times);
}

export function toHealthWorkoutRecord(workout: HealthWorkout, times: StorageTimes): HealthWorkoutRecord {
  return store(workout, times);
}

export function toHealthSleepRecord(sleep: HealthSleep, times: StorageTimes): HealthSleepRecord {
  return store(sleep, times);
}

export function toHealthBiometricRecord(biometric: HealthBiometric, times: StorageTimes): HealthBiometricRecord {
  return store(biometric, times);
}

export function toHealthNutritionRecord(nutrition: HealthNutrition, times: StorageTimes): HealthNutritionRecord {
  return store(nutrition, times);
}

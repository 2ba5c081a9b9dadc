import type { HealthActivity } from './activity.ts';
import type { HealthBiometric } from './biometric.ts';
import type { HealthNutrition } from './nutrition.ts';
import type { HealthSleep } from './sleep.ts';
import type { HealthWorkout } from './workout.ts';

/** The five kinds of records. */
export const HEALTH_ENTITY_TYPES = ['activity', 'workout', 'sleep', 'biometric', 'nutrition'] as const;

export type HealthEntityType = (typeof HEALTH_ENTITY_TYPES)[number];

export interface HealthRecordByType {
  activity: HealthActivity;
  workout: HealthWorkout;
  sleep: HealthSleep;
  biometric: HealthBiometric;
  nutrition: HealthNutrition;
}

/** A record and its kind. */
export type HealthEntity = {
  [Type in HealthEntityType]: { entityType: Type; record: HealthRecordByType[Type] };
}[HealthEntityType];

/** Any record. */
export type HealthRecord = HealthRecordByType[HealthEntityType];

const WRAP: { readonly [Type in HealthEntityType]: (record: HealthRecordByType[Type]) => HealthEntity } = {
  activity: (record) => ({ entityType: 'activity', record }),
  workout: (record) => ({ entityType: 'workout', record }),
  sleep: (record) => ({ entityType: 'sleep', record }),
  biometric: (record) => ({ entityType: 'biometric', record }),
  nutrition: (record) => ({ entityType: 'nutrition', record }),
};

/** A record with its kind. */
export function toHealthEntity<Type extends HealthEntityType>(
  entityType: Type,
  record: HealthRecordByType[Type],
): HealthEntity {
  return WRAP[entityType](record);
}

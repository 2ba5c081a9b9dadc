import { Type } from '@mortise/core/schema';
import { baseFields } from './base-fields.ts';
import { closed } from './fields.ts';
import { activityFields, biometricFields, nutritionFields, sleepFields, workoutFields } from './record-fields.ts';

/** `HealthActivity` as it crosses a process. Like the others it is closed: a field of another name is refused. */
export const HealthActivitySchema = Type.Object(
  { ...baseFields(), ...activityFields() },
  { ...closed, title: 'HealthActivity' },
);
export const HealthWorkoutSchema = Type.Object(
  { ...baseFields(), ...workoutFields() },
  { ...closed, title: 'HealthWorkout' },
);
export const HealthSleepSchema = Type.Object(
  { ...baseFields(), ...sleepFields() },
  { ...closed, title: 'HealthSleep' },
);
export const HealthBiometricSchema = Type.Object(
  { ...baseFields(), ...biometricFields() },
  { ...closed, title: 'HealthBiometric' },
);
export const HealthNutritionSchema = Type.Object(
  { ...baseFields(), ...nutritionFields() },
  { ...closed, title: 'HealthNutrition' },
);

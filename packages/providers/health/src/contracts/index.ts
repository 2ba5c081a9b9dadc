export {
  healthActivityContracts,
  HealthListActivities,
  HealthListActivitiesInput,
  HealthListActivitiesOutput,
  HealthSyncActivities,
  HealthSyncActivitiesInput,
  HealthSyncActivitiesOutput,
  registerHealthActivityContracts,
} from './activities.ts';
export {
  HealthListWorkouts,
  HealthListWorkoutsInput,
  HealthListWorkoutsOutput,
  HealthSyncWorkouts,
  HealthSyncWorkoutsInput,
  HealthSyncWorkoutsOutput,
  healthWorkoutContracts,
  registerHealthWorkoutContracts,
} from './workouts.ts';
export {
  HealthListSleep,
  HealthListSleepInput,
  HealthListSleepOutput,
  healthSleepContracts,
  HealthSyncSleep,
  HealthSyncSleepInput,
  HealthSyncSleepOutput,
  registerHealthSleepContracts,
} from './sleep.ts';
export {
  healthBiometricContracts,
  HealthListBiometrics,
  HealthListBiometricsInput,
  HealthListBiometricsOutput,
  HealthSyncBiometrics,
  HealthSyncBiometricsInput,
  HealthSyncBiometricsOutput,
  registerHealthBiometricContracts,
} from './biometrics.ts';
export {
  HealthListNutrition,
  HealthListNutritionInput,
  HealthListNutritionOutput,
  healthNutritionContracts,
  HealthSyncNutrition,
  HealthSyncNutritionInput,
  HealthSyncNutritionOutput,
  registerHealthNutritionContracts,
} from './nutrition.ts';
export {
  HealthWebhookIngest,
  HealthWebhookIngestInput,
  HealthWebhookIngestOutput,
  healthWebhookContracts,
  registerHealthWebhookContracts,
} from './webhooks.ts';
export { registerHealthContracts } from './register-health-contracts.ts';
export { HealthAccessError, resolveHealthUserId } from './resolve-user.ts';
export { HealthFeature } from '../health.feature.ts';

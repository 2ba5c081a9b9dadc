export {
  HealthListActivities,
  HealthListBiometrics,
  HealthListNutrition,
  HealthListSleep,
  HealthListWorkouts,
  HealthSyncActivities,
  HealthSyncBiometrics,
  HealthSyncNutrition,
  HealthSyncSleep,
  HealthSyncWorkouts,
  HealthWebhookIngest,
  registerHealthContracts,
} from '@mortise/provider-health/contracts';
export { HealthFeature } from '@mortise/provider-health';

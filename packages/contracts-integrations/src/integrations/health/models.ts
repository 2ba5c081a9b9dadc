export {
  HealthActivityRecord,
  HealthBiometricRecord,
  HealthNutritionRecord,
  HealthSleepRecord,
  HealthWebhookEventRecord,
  HealthWorkoutRecord,
} from '@mortise/provider-health';

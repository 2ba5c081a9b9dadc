export {
  HealthListNutrition,
  HealthSyncNutrition,
  healthNutritionContracts,
  registerHealthNutritionContracts,
} from '@mortise/provider-health/contracts';

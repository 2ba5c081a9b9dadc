export {
  HealthListActivities,
  HealthSyncActivities,
  healthActivityContracts,
  registerHealthActivityContracts,
} from '@mortise/provider-health/contracts';

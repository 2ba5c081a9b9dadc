export {
  HealthListSleep,
  HealthSyncSleep,
  healthSleepContracts,
  registerHealthSleepContracts,
} from '@mortise/provider-health/contracts';

export {
  HealthListWorkouts,
  HealthSyncWorkouts,
  healthWorkoutContracts,
  registerHealthWorkoutContracts,
} from '@mortise/provider-health/contracts';

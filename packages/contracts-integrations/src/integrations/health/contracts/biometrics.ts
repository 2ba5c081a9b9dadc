export {
  HealthListBiometrics,
  HealthSyncBiometrics,
  healthBiometricContracts,
  registerHealthBiometricContracts,
} from '@mortise/provider-health/contracts';

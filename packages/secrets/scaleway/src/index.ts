export { ScalewaySecretManagerProvider } from './scaleway-secret-manager-provider.ts';
export type {
  ScalewayEphemeralPolicy,
  ScalewayNewSecretOptions,
  ScalewaySecretManagerOptions,
  SecretText,
} from './options/scaleway-options.ts';
export { formatScalewayReference, parseScalewayReference } from './reference/parse-scaleway-reference.ts';
export type { ScalewayReference, ScalewaySecretById, ScalewaySecretByName } from './reference/scaleway-reference.ts';

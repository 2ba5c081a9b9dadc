export { ScalewaySecretManagerProvider } from './scaleway-secret-manager-provider.ts';

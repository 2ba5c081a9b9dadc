export { GcpSecretManagerProvider } from '@mortise/secrets-gcp';

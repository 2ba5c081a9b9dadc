export { gcsStorageIntegrationSpec, registerGcsStorageIntegration } from '@mortise/provider-storage/specs';

export type { SecretProviderManagerOptions } from '@mortise/secrets';
export { SecretProviderManager } from '../../compat/secret-provider-manager.ts';

export type { EnvSecretProviderOptions } from './env-secret-provider.ts';
export { EnvSecretProvider } from './env-secret-provider.ts';
export type { Environment, EnvironmentSource } from './environment.ts';

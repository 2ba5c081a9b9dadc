export { EnvSecretProvider } from '../../compat/env-secret-provider.ts';

export type { SecretProvider, SecretValue } from '../compat/secrets-types.ts';

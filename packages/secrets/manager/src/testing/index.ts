export { SecretConformanceError } from './assertions.ts';
export type { MemorySecretProviderOptions } from './memory-secret-provider.ts';
export { MemorySecretProvider } from './memory-secret-provider.ts';
export { secretProviderCases } from './secret-provider-cases.ts';
export type { SecretProviderSubject } from './secret-provider-subject.ts';

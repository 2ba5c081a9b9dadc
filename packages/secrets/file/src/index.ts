export type { FileSecretSummary } from './file-secret-provider.ts';
export { FileSecretProvider, openFileVault } from './file-secret-provider.ts';
export type { FileVaultOptions, SecretText } from './file-vault-options.ts';
export type { PermissionPolicy } from './disk/permissions.ts';
export type { CreateIdentityFileOptions } from './keys/identity-file.ts';
export { createIdentityFile, generateIdentity } from './keys/identity-file.ts';
export type { RewrapFailure, RewrapReport } from './vault/rewrap.ts';
export type { MountedSecretOptions } from './mounted/mounted-secret-provider.ts';
export { MountedSecretProvider } from './mounted/mounted-secret-provider.ts';

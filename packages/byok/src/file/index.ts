export type { FileByokKeyStoreOptions } from './file-byok-key-store.ts';
export { FileByokKeyStore } from './file-byok-key-store.ts';

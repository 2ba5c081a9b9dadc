export type { ByokKeyStoreSubject } from './byok-key-store-cases.ts';
export { byokKeyStoreCases } from './byok-key-store-cases.ts';
export { MemoryByokKeyStore } from './memory-byok-key-store.ts';

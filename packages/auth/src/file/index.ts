export type { FileLeaseStoreOptions } from './file-lease-store.ts';
export { FileLeaseStore } from './file-lease-store.ts';

export { MemoryLeaseStore } from '../keeper/memory-lease-store.ts';
export { MemoryTokenStore } from '../keeper/memory-token-store.ts';
export { StoreConformanceError } from './assertions.ts';
export type { LeaseStoreSubject } from './lease-store-cases.ts';
export { leaseStoreCases } from './lease-store-cases.ts';
export type { TokenStoreSubject } from './token-store-cases.ts';
export { tokenStoreCases } from './token-store-cases.ts';

export type { SqliteDeltaStoreOptions } from './open-sqlite-delta-store.ts';
export { openSqliteDeltaStore } from './open-sqlite-delta-store.ts';
export { SqliteDeltaStore } from './sqlite-delta-store.ts';
export type { SqliteDeltaStoreParts } from './sqlite-delta-store.ts';
export type { SqliteDeltaStoreErrorCode } from './sqlite-store-error.ts';
export { SqliteDeltaStoreError } from './sqlite-store-error.ts';

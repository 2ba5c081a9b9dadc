export type {
  PostgresConnectionOptions,
  PostgresConnectionTarget,
  PostgresDeltaStoreOptions,
  PostgresPoolTarget,
} from './create-postgres-delta-store.ts';
export { createPostgresDeltaStore } from './create-postgres-delta-store.ts';
export { PostgresDeltaStore } from './postgres-delta-store.ts';
export type { PgClient, PgPool, PgPoolClient, PgQuery, PgResult } from './pg-shapes.ts';
export type { PostgresDeltaStoreErrorCode } from './postgres-store-error.ts';
export { PostgresDeltaStoreError } from './postgres-store-error.ts';

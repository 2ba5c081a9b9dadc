export type { PostgresDatabaseProviderOptions, PostgresPoolMode } from './create-postgres-database-provider.ts';
export { createPostgresDatabaseProvider } from './create-postgres-database-provider.ts';
export type {
  PgClient,
  PgNotice,
  PgPool,
  PgPoolClient,
  PgQueryConfig,
  PgQueryResult,
  PgSingleClient,
} from './pg-client.ts';

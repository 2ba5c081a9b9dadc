export type { PostgresDatabase, PostgresDatabaseOptions } from './create-postgres-database.ts';
export { createPostgresDatabase } from './create-postgres-database.ts';
export type {
  PostgresConnection,
  PostgresDriver,
  PostgresParser,
  PostgresReply,
  PostgresRequest,
  PostgresWireValue,
} from './driver.ts';
export { encodeParams } from './codec/encode-params.ts';
export { createValueParsers } from './codec/value-parsers.ts';

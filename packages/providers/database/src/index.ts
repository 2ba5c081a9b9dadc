export { complete } from './complete.ts';
export type { CompleteDatabaseProvider, DatabaseProvider } from './database-provider.ts';
export type {
  DatabaseErrorCode,
  DatabaseErrorLocation,
  DatabaseErrorOptions,
  DatabaseServerReport,
} from './errors/database-error.ts';
export { DatabaseError } from './errors/database-error.ts';
export type { DatabaseErrorReport } from './errors/database-error-from-sql-state.ts';
export { databaseErrorFromSqlState } from './errors/database-error-from-sql-state.ts';
export type { DatabaseErrorPhase } from './errors/sql-state.ts';
export { databaseErrorCodeOf, databaseRetryAdvice } from './errors/sql-state.ts';
export type { DatabaseCapabilities } from './model/capabilities.ts';
export { DatabaseCapabilitiesSchema } from './model/capabilities.ts';
export type { DatabaseField } from './model/field.ts';
export type { DatabaseNotice } from './model/notice.ts';
export type { DatabasePing } from './model/ping.ts';
export type { DatabaseAbortStrategy, DatabaseQueryOptions, DatabaseStreamOptions } from './model/query-options.ts';
export type { DatabaseArrayRow, DatabaseQueryResult, DatabaseRow, DatabaseRunResult } from './model/query-result.ts';
export type { DatabaseStatement, DatabaseStatementParam } from './model/statement.ts';
export type {
  DatabaseIsolationLevel,
  DatabaseSessionOptions,
  DatabaseTransactionOptions,
} from './model/transaction-options.ts';
export { quoteIdentifier } from './sql/identifier.ts';
export type { SqlPlaceholder } from './sql/placeholders.ts';
export { replacePlaceholders, scanPlaceholders } from './sql/placeholders.ts';
export type { SqlPart } from './sql/sql.ts';
export { sql, SqlFragment } from './sql/sql.ts';
export type { DatabaseTypePolicy } from './type-policy.ts';
export { DEFAULT_DATABASE_TYPE_POLICY } from './type-policy.ts';

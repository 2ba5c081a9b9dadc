export type {
  DatabaseProvider,
  DatabaseQueryResult,
  DatabaseRow,
  DatabaseStatementParam,
} from '@mortise/provider-database';

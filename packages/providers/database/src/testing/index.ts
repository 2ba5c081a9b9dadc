export type { DatabaseConformanceCase, DatabaseConformanceContext } from './context.ts';
export type { DatabaseConformanceCheck, DatabaseConformanceTarget } from './describe-database-provider.ts';
export {
  checkDatabaseProvider,
  databaseConformanceCases,
  describeDatabaseProvider,
} from './describe-database-provider.ts';
export type { InMemoryDatabase, InMemoryProviderOptions } from './in-memory-database.ts';
export { createInMemoryDatabase } from './in-memory-database.ts';

import type { CompleteDatabaseProvider, DatabaseProvider } from './database-provider.ts';
import { DatabaseError } from './errors/database-error.ts';
import type { DatabaseCapabilities } from './model/capabilities.ts';
import type { DatabaseQueryResult, DatabaseRow } from './model/query-result.ts';
import { invalidSql } from './sql/invalid-sql.ts';

/** What can be relied on when an implementation declares nothing: the four methods that every one has. */
const UNDECLARED: DatabaseCapabilities = {
  dialect: 'unknown',
  paramStyle: '$n',
  transactions: true,
  savepoints: false,
  returning: false,
  cancel: false,
  streaming: false,
  sessions: false,
  prepared: false,
  concurrent: false,
  isolationLevels: [],
};

/**
 * The same provider with every optional method there: its own where it has one; else made from the required ones where the result is
 * true (`run` without counts that nobody knows, `stream` over a whole result, `batch` in a transaction, `ping` by
 * `select 1`); else one that rejects with code `unsupported` (`withSession`). `capabilities` stays what the provider declares.
 */
export function complete(provider: DatabaseProvider): CompleteDatabaseProvider {
  const completed: CompleteDatabaseProvider = {
    capabilities: provider.capabilities ?? UNDECLARED,
    query: (statement, params, options) => provider.query(statement, params, options),
    execute: (statement, params, options) => provider.execute(statement, params, options),
    transaction: (run, options) => provider.transaction((database) => run(complete(database)), options),
    close: () => provider.close(),
    run: async (statement, params, options) => {
      if (provider.run !== undefined) return provider.run(statement, params, options);
      const {
        rows: _rows,
        rowCount: _rowCount,
        fields: _fields,
        ...result
      } = await provider.query(statement, params, options);
      return result;
    },
    stream: <TRow extends DatabaseRow>(...args: Parameters<NonNullable<DatabaseProvider['stream']>>) => {
      if (provider.stream !== undefined) return provider.stream<TRow>(...args);
      return onceIterable(async () => (await provider.query<TRow>(...args)).rows);
    },
    batch: async (statements, options) => {
      if (provider.batch !== undefined) return provider.batch(statements, options);
      return provider.transaction(async (database) => {
        const results: DatabaseQueryResult[] = [];
        for (const { statement, params } of statements) results.push(await database.query(statement, params));
        return results;
      }, options);
    },
    withSession: async (run, options) => {
      if (provider.withSession === undefined) throw unsupportedSessions();
      return provider.withSession((database) => run(complete(database)), options);
    },
    ping: async (options) => {
      if (provider.ping !== undefined) return provider.ping(options);
      const startedAt = performance.now();
      await provider.query('select 1', [], options);
      return { latencyMs: performance.now() - startedAt };
    },
  };
  return completed;
}

/** Rows of a result as an iterable that asks for them when the first is wanted, and only once. */
function onceIterable<TRow>(load: () => Promise<readonly TRow[]>): AsyncIterable<TRow> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator]() {
      if (isTaken) throw invalidSql('a stream of rows can be iterated only once; call stream() again');
      isTaken = true;
      return iterate();
    },
  };
  async function* iterate(): AsyncGenerator<TRow, void, undefined> {
    yield* await load();
  }
}

function unsupportedSessions(): DatabaseError {
  return new DatabaseError({ code: 'unsupported', message: 'unsupported: the provider has no sessions of its own' });
}

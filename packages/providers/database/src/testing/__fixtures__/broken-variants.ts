import type { CompleteDatabaseProvider, DatabaseProvider } from '../../database-provider.ts';
import { complete } from '../../complete.ts';
import { DatabaseError } from '../../errors/database-error.ts';
import type { DatabaseQueryResult, DatabaseRow } from '../../model/query-result.ts';
import type { DatabaseStatementParam } from '../../model/statement.ts';
import { rowsAs } from '../../postgres/rows-as.ts';
import { scanPlaceholders } from '../../sql/placeholders.ts';

type Provider = CompleteDatabaseProvider;

/** A fault seen in real implementations, and the one check that must find it. */
export interface BrokenVariant {
  readonly fault: string;
  /** Id of the check. */
  readonly failing: string;
  readonly breakProvider: (provider: Provider) => Provider;
}

/** The provider with some methods replaced, on the handles of its transactions and sessions too. */
function replacing(provider: Provider, replace: (original: Provider) => Partial<Provider>): Provider {
  const original: Provider = {
    capabilities: provider.capabilities,
    query: (...args) => provider.query(...args),
    execute: (...args) => provider.execute(...args),
    run: (...args) => provider.run(...args),
    stream: (...args) => provider.stream(...args),
    batch: (...args) => provider.batch(...args),
    ping: (...args) => provider.ping(...args),
    close: () => provider.close(),
    transaction: (run, options) => provider.transaction((handle) => run(onHandle(handle, replace)), options),
    withSession: (run, options) => provider.withSession((handle) => run(onHandle(handle, replace)), options),
  };
  return { ...original, ...replace(original) };
}

function onHandle(handle: DatabaseProvider, replace: (original: Provider) => Partial<Provider>): Provider {
  return replacing(complete(handle), replace);
}

/** Changes each statement before it is sent. */
function rewriting(
  provider: Provider,
  rewrite: (
    statement: string,
    params: readonly DatabaseStatementParam[],
  ) => [string, readonly DatabaseStatementParam[]],
): Provider {
  return replacing(provider, (original) => ({
    query: (statement, params = [], options) => original.query(...rewrite(statement, params), options),
    execute: (statement, params = [], options) => original.execute(...rewrite(statement, params), options),
    run: (statement, params = [], options) => original.run(...rewrite(statement, params), options),
  }));
}

/** Changes the rows of each result. */
function mappingRows(provider: Provider, map: (row: DatabaseRow) => DatabaseRow): Provider {
  return replacing(provider, (original) => ({
    async query<TRow extends DatabaseRow>(...args: Parameters<Provider['query']>): Promise<DatabaseQueryResult<TRow>> {
      const result = await original.query<TRow>(...args);
      return { ...result, rows: rowsAs<TRow>(result.rows.map((row) => (Array.isArray(row) ? row : map(row)))) };
    },
  }));
}

function interpolate(
  statement: string,
  params: readonly DatabaseStatementParam[],
): [string, readonly DatabaseStatementParam[]] {
  if (!params.every((param) => typeof param === 'string')) return [statement, params];
  let result = '';
  let copiedTo = 0;
  for (const { index, start, end } of scanPlaceholders(statement)) {
    result += `${statement.slice(copiedTo, start)}'${params[index - 1] ?? ''}'`;
    copiedTo = end;
  }
  return [result + statement.slice(copiedTo), []];
}

async function readAll<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

export const BROKEN_VARIANTS: readonly BrokenVariant[] = [
  {
    fault: 'reads 64-bit integers as floating point',
    failing: 'database.1',
    breakProvider: (provider) =>
      mappingRows(provider, (row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
        ),
      ),
  },
  {
    fault: 'rewrites placeholders by a pattern that also matches in literals',
    failing: 'database.2',
    breakProvider: (provider) =>
      rewriting(provider, (statement, params) => [statement.replaceAll(/\$(\d+)/g, '($$$1)'), params]),
  },
  {
    fault: 'puts text parameters into the statement between quotes',
    failing: 'database.3',
    breakProvider: (provider) => rewriting(provider, interpolate),
  },
  {
    fault: 'counts the rows that came back instead of those that were changed',
    failing: 'database.4',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        async query<TRow extends DatabaseRow>(
          ...args: Parameters<Provider['query']>
        ): Promise<DatabaseQueryResult<TRow>> {
          const result = await original.query<TRow>(...args);
          return { ...result, rowCount: result.rows.length };
        },
      })),
  },
  {
    fault: 'commits although the callback threw',
    failing: 'database.5a',
    breakProvider: (provider) => ({
      ...replacing(provider, () => ({})),
      transaction: async (run, options) => {
        let failure: { error: unknown } | undefined;
        const committed = provider.transaction(async (handle) => {
          try {
            return { value: await run(handle) };
          } catch (error) {
            // A failed statement has already undone everything; this fault is about the callback's own errors.
            if (DatabaseError.is(error)) throw error;
            failure = { error };
            return failure;
          }
        }, options);
        const outcome = await committed.catch((error: unknown) => {
          throw failure === undefined ? error : failure.error;
        });
        if ('error' in outcome) throw outcome.error;
        return outcome.value;
      },
    }),
  },
  {
    fault: 'runs a nested transaction without a savepoint',
    failing: 'database.5b',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        transaction: (run, options) =>
          original.transaction(
            (handle) =>
              run(
                replacing(complete(handle), (inner) => ({
                  transaction: async (nested) => {
                    await inner.query('select 1');
                    return nested(inner);
                  },
                })),
              ),
            options,
          ),
      })),
  },
  {
    fault: 'lets the error of a failed rollback take the place of the original one',
    failing: 'database.5c',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        transaction: (run, options) =>
          original.transaction(async (handle) => {
            try {
              return await run(handle);
            } catch (error) {
              if (DatabaseError.is(error)) throw error;
              await handle.execute('select 1');
              throw error;
            }
          }, options),
      })),
  },
  {
    fault: 'reports success when the server answered the commit with a rollback',
    failing: 'database.5d',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        transaction: async (run, options) => {
          let result: { value: Awaited<ReturnType<typeof run>> } | undefined;
          try {
            return await original.transaction(async (handle) => {
              const value = await run(handle);
              result = { value };
              return value;
            }, options);
          } catch (error) {
            if (DatabaseError.is(error) && error.code === 'transaction_failed' && result !== undefined)
              return result.value;
            throw error;
          }
        },
      })),
  },
  {
    fault: 'reads the whole result before it gives the first row of a stream',
    failing: 'database.7a',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        stream: <TRow extends DatabaseRow>(...args: Parameters<Provider['stream']>) => {
          // Inside of a transaction and for failing or endless reads the original is kept: one fault at a time.
          if (!/nextval/.test(args[0])) return original.stream<TRow>(...args);
          return (async function* readFirst() {
            yield* await readAll(original.stream<TRow>(...args));
          })();
        },
      })),
  },
  {
    fault: 'ignores readOnly',
    failing: 'database.9',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        transaction: (run, { readOnly: _readOnly, ...options } = {}) => original.transaction(run, options),
      })),
  },
  {
    fault: 'gives the answers of concurrent statements in the wrong order',
    failing: 'database.10',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        transaction: (run, options) =>
          original.transaction((handle) => run(swappingAnswers(complete(handle))), options),
      })),
  },
  {
    fault: 'runs statements on an ended handle outside of any transaction',
    failing: 'database.11',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        transaction: (run, options) =>
          original.transaction(
            (handle) =>
              run(
                replacing(complete(handle), (inner) => ({
                  execute: (...args) =>
                    inner.execute(...args).catch((error: unknown) => {
                      if (DatabaseError.is(error) && error.code === 'closed') return original.execute(...args);
                      throw error;
                    }),
                })),
              ),
            options,
          ),
      })),
  },
  {
    fault: 'says timeout instead of pool_exhausted',
    failing: 'database.12',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        query: (...args) =>
          original.query<never>(...args).catch((error: unknown) => {
            const isExhausted = DatabaseError.is(error) && error.code === 'pool_exhausted';
            throw isExhausted ? new DatabaseError({ code: 'timeout', message: error.message }) : error;
          }),
      })),
  },
  {
    fault: 'loses the name of a violated constraint',
    failing: 'database.13',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        execute: (...args) =>
          original.execute(...args).catch((error: unknown) => {
            throw DatabaseError.is(error) && error.constraint !== undefined
              ? new DatabaseError({
                  code: error.code,
                  message: error.message,
                  ...(error.table === undefined ? {} : { table: error.table }),
                })
              : error;
          }),
      })),
  },
  {
    fault: 'leaves the settings of a session on its connection',
    failing: 'database.14',
    breakProvider: (provider) => ({
      ...replacing(provider, () => ({})),
      withSession: async (run, options = {}) => {
        for (const [name, value] of Object.entries(options.settings ?? {})) {
          await provider.query('select set_config($1, $2, false)', [name, value]);
        }
        const { settings: _settings, ...others } = options;
        return run(replacing(provider, () => ({ transaction: (nested) => provider.transaction(nested, others) })));
      },
    }),
  },
  {
    fault: 'does not look at a signal that was aborted beforehand',
    failing: 'X1',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        execute: (statement, params, { signal: _signal, ...options } = {}) =>
          original.execute(statement, params, options),
      })),
  },
  {
    fault: 'starts again when a stream is iterated a second time',
    failing: 'X4',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        stream: <TRow extends DatabaseRow>(...args: Parameters<Provider['stream']>) => ({
          [Symbol.asyncIterator]: () => original.stream<TRow>(...args)[Symbol.asyncIterator](),
        }),
      })),
  },
  {
    fault: 'drops call options that it cannot honour without a word',
    failing: 'X5',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        execute: (statement, params, options = {}) => {
          const { headers: _headers, ...kept } = options;
          return original.execute(statement, params, kept);
        },
      })),
  },
  {
    fault: 'empties the list of parameters that it was given',
    failing: 'X8',
    breakProvider: (provider) =>
      replacing(provider, (original) => ({
        query: async (statement, params = [], options) => {
          const result = await original.query<never>(statement, [...params], options);
          Reflect.apply(Array.prototype.splice, params, [0]);
          return result;
        },
      })),
  },
  {
    fault: 'fails when it is closed a second time',
    failing: 'X16',
    breakProvider: (provider) => {
      let isClosed = false;
      return replacing(provider, (original) => ({
        close: async () => {
          if (isClosed) throw new DatabaseError({ code: 'closed', message: 'closed twice' });
          isClosed = true;
          await original.close();
        },
      }));
    },
  },
  {
    fault: 'stores text with a NUL cut off at it',
    failing: 'X18',
    breakProvider: (provider) =>
      rewriting(provider, (statement, params) => [
        statement,
        params.map((param) => (typeof param === 'string' ? (param.split('\0')[0] ?? '') : param)),
      ]),
  },
  {
    fault: 'declares prepared statements that it does not have',
    failing: 'X20',
    breakProvider: (provider) => ({
      ...replacing(provider, () => ({})),
      capabilities: { ...provider.capabilities, prepared: true },
    }),
  },
];

/** Collects what is asked in the same turn and gives the answers in reverse. */
function swappingAnswers(handle: Provider): Provider {
  let waiting: { answer(result: DatabaseQueryResult): void; refuse(error: unknown): void }[] = [];
  return replacing(handle, (original) => ({
    query: <TRow extends DatabaseRow>(...args: Parameters<Provider['query']>) =>
      new Promise<DatabaseQueryResult<TRow>>((resolve, reject) => {
        const group = waiting;
        const own = group.push({
          answer: (result) => resolve({ ...result, rows: rowsAs<TRow>(result.rows) }),
          refuse: reject,
        });
        if (own === 1) {
          queueMicrotask(() => {
            waiting = [];
          });
        }
        const other = () => group.at(-own);
        original.query(...args).then(
          (result) => other()?.answer(result),
          (error: unknown) => other()?.refuse(error),
        );
      }),
  }));
}

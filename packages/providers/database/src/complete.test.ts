import { describe, expect, it } from 'vitest';
import { complete } from './complete.ts';
import type { DatabaseProvider } from './database-provider.ts';
import type { DatabaseQueryResult, DatabaseRow } from './model/query-result.ts';
import { rowsAs } from './postgres/rows-as.ts';
import { DatabaseError } from './errors/database-error.ts';

const failure = new DatabaseError({ code: 'syntax_error', message: 'syntax_error' });

/** A provider with the four required methods that keeps account of its statements. */
function createMinimal(rows: readonly DatabaseRow[] = []): { provider: DatabaseProvider; log: string[] } {
  const log: string[] = [];
  const provider: DatabaseProvider = {
    async query<TRow extends DatabaseRow>(statement: string): Promise<DatabaseQueryResult<TRow>> {
      log.push(statement);
      if (statement === 'fail') return Promise.reject(failure);
      return { rows: rowsAs<TRow>([...rows]), rowCount: rows.length };
    },
    async execute(statement) {
      log.push(statement);
    },
    async transaction(run) {
      log.push('begin');
      try {
        const result = await run(provider);
        log.push('commit');
        return result;
      } catch (error) {
        log.push('rollback');
        throw error;
      }
    },
    async close() {
      log.push('close');
    },
  };
  return { provider, log };
}

describe('complete', () => {
  it('claims no counts that the provider did not give', async () => {
    const { provider } = createMinimal([{ id: 1 }]);
    expect(await complete(provider).run('update t set a = 1')).toEqual({});
  });

  it('streams the rows of a whole result, asked for with the first row and only once', async () => {
    const { provider, log } = createMinimal([{ id: 1 }, { id: 2 }]);
    const stream = complete(provider).stream('select id from t');
    expect(log).toEqual([]);
    const rows: DatabaseRow[] = [];
    for await (const row of stream) rows.push(row);
    expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(/only once/);
  });

  it('runs a batch in one transaction', async () => {
    const { provider, log } = createMinimal();
    expect(await complete(provider).batch([{ statement: 'a' }, { statement: 'b', params: [1] }])).toHaveLength(2);
    expect(log).toEqual(['begin', 'a', 'b', 'commit']);
  });

  it('rolls a batch back when one of its statements fails', async () => {
    const { provider, log } = createMinimal();
    await expect(complete(provider).batch([{ statement: 'a' }, { statement: 'fail' }])).rejects.toMatchObject({
      code: 'syntax_error',
    });
    expect(log).toEqual(['begin', 'a', 'fail', 'rollback']);
  });

  it('pings by a trivial statement', async () => {
    const { provider, log } = createMinimal();
    expect((await complete(provider).ping()).latencyMs).toBeGreaterThanOrEqual(0);
    expect(log).toEqual(['select 1']);
  });

  it('has no sessions where the provider has none, and says so', async () => {
    const database = complete(createMinimal().provider);
    await expect(database.withSession(async () => 1)).rejects.toMatchObject({ code: 'unsupported' });
    expect(database.capabilities).toMatchObject({ sessions: false, streaming: false, cancel: false });
  });

  it('completes the handle of a transaction as well', async () => {
    const { provider, log } = createMinimal();
    await complete(provider).transaction(async (tx) => tx.batch([{ statement: 'a' }]));
    expect(log).toEqual(['begin', 'begin', 'a', 'commit', 'commit']);
  });

  it("prefers the provider's own methods", async () => {
    const { provider } = createMinimal();
    const own = {
      ...provider,
      run: async () => ({ affectedRows: 3 }),
      ping: async () => ({ latencyMs: 1, serverVersion: '18' }),
    };
    expect(await complete(own).run('x')).toEqual({ affectedRows: 3 });
    expect(await complete(own).ping()).toEqual({ latencyMs: 1, serverVersion: '18' });
  });
});

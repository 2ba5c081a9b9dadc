import { DatabaseCapabilitiesSchema } from '../../model/capabilities.ts';
import { validateAgainstSchema } from '@mortise/core/schema';
import { type DatabaseConformanceCase, withTable } from '../context.ts';
import { expectRejection, expectSame, fail } from '../expectations.ts';

export const capabilityCases: readonly DatabaseConformanceCase[] = [
  {
    id: 'X20',
    title: 'declares its capabilities honestly',
    async run(context) {
      const { database } = context;
      const { capabilities } = database;
      const { problems } = validateAgainstSchema<unknown>(DatabaseCapabilitiesSchema, capabilities);
      if (problems.length > 0)
        fail(`capabilities: ${problems.map(({ path, message }) => `${path} ${message}`).join('; ')}`);
      await withTable(context, 'id int4', async (table) => {
        for (const isolation of capabilities.isolationLevels) {
          await database.transaction(async (tx) => tx.query('select 1'), { isolation });
        }
        const returning = database.query(`insert into ${table} values (1) returning id`);
        if (capabilities.returning) expectSame((await returning).rows, [{ id: 1 }], 'a returning insert');
        else await expectRejection(returning, ['unsupported', 'syntax_error'], 'a returning insert');
        const session = database.withSession(async (on) => (await on.query('select 1::int4 as one')).rows);
        if (capabilities.sessions) expectSame(await session, [{ one: 1 }], 'a session');
        else await expectRejection(session, 'unsupported', 'a session');
        const named = await database.query('select $1::int4 as n', [1], { name: 'mortise_check' });
        expectSame(named.rows, [{ n: 1 }], 'a named statement');
        const isHonoured = named.warnings?.some(({ field }) => field === 'name') !== true;
        expectSame(isHonoured, capabilities.prepared, 'whether a name is honoured');
      });
      const { latencyMs } = await database.ping();
      if (!(latencyMs >= 0 && latencyMs < 60_000)) fail(`ping: expected a latency in milliseconds, got ${latencyMs}`);
      const results = await database.batch([
        { statement: 'select 1::int4 as n' },
        { statement: 'select $1::int4 as n', params: [2] },
      ]);
      expectSame(
        results.map(({ rows }) => rows),
        [[{ n: 1 }], [{ n: 2 }]],
        'the results of a batch',
      );
    },
  },
];

import { chat, streamChat } from '../calls/chat.ts';
import { ASSISTANT, LEDGER } from '../tenants.ts';
import type { Scenario } from './scenario.ts';

/** Calls that go well: the host's key from the environment, the tenant's own from the vault. */
export const everydayCalls: Scenario = {
  title: 'Everyday calls',
  async run({ call, tenants, llm, databases }) {
    await call({
      title: "chat with the host's key",
      tenant: tenants.acme,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, 'What is the weather like in Grenoble?'),
      expect: { outcome: 'ok', attempts: 1, check: expectText('tram') },
    });
    await call({
      title: "streamed chat with the tenant's own key",
      tenant: tenants.globex,
      slot: ASSISTANT,
      operation: 'llm.stream',
      executor: streamChat(llm, 'Write a haiku about a joint.'),
      expect: {
        outcome: 'ok',
        attempts: 1,
        check: ({ text, pieces }) => (pieces > 5 ? expectText('tenon')(text) : `the answer came in ${pieces} pieces`),
      },
    });
    await call({
      title: 'transaction: make a table, book two amounts',
      tenant: tenants.acme,
      slot: LEDGER,
      operation: 'sql.transaction',
      executor: databases.run((database, signal) =>
        database.transaction(
          async (transaction) => {
            await transaction.execute('CREATE TABLE bookings (id int PRIMARY KEY, amount numeric(12, 2) NOT NULL)');
            await transaction.execute('INSERT INTO bookings VALUES ($1, $2), ($3, $4)', [1, '1249.90', 2, '-0.05']);
            const { rows } = await transaction.query('SELECT sum(amount) AS total FROM bookings');
            return rows[0]?.['total'];
          },
          { signal },
        ),
      ),
      expect: {
        outcome: 'ok',
        attempts: 1,
        check: (total) => (total === '1249.85' ? undefined : `the total is ${String(total)}`),
      },
    });
    await call({
      title: 'stream 20,000 rows from the own database',
      tenant: tenants.globex,
      slot: LEDGER,
      operation: 'sql.stream',
      executor: databases.run(async (database, signal) => {
        let count = 0;
        const rows = database.stream?.('SELECT * FROM generate_series(1, 20000) AS number', [], { signal }) ?? [];
        for await (const row of rows) if ('number' in row) count += 1;
        return count;
      }),
      expect: {
        outcome: 'ok',
        attempts: 1,
        check: (count) => (count === 20_000 ? undefined : `${String(count)} rows came`),
      },
    });
    await call({
      title: "the other tenant's table is out of reach",
      tenant: tenants.globex,
      slot: LEDGER,
      operation: 'sql.query',
      executor: databases.run((database, signal) => database.query('SELECT * FROM acme.bookings', [], { signal })),
      expect: { outcome: 'insufficient_privilege', attempts: 1 },
    });
  },
};

function expectText(part: string): (text: string) => string | undefined {
  return (text) => (text.includes(part) ? undefined : 'the answer is not the one that was meant');
}

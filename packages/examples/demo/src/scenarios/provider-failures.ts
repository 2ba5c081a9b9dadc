import { setTimeout as delay } from 'node:timers/promises';
import { chat, streamChat } from '../calls/chat.ts';
import { ASSISTANT, LEDGER } from '../tenants.ts';
import type { Scenario } from './scenario.ts';

/** Failures that pass: the guard tries again, as often and as late as is right. */
export const failuresThatPass: Scenario = {
  title: 'Failures that pass',
  async run({ call, tenants, llm }) {
    llm.inject({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    await call({
      title: '429 with Retry-After: 1, then an answer',
      tenant: tenants.acme,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, 'Are all invoices paid?'),
      expect: { outcome: 'ok', attempts: 2, minLatencyMs: 1000, maxLatencyMs: 6000 },
    });
    llm.inject({ kind: 'status', status: 500 });
    await call({
      title: '500, then an answer',
      tenant: tenants.globex,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, 'Are all invoices paid?'),
      expect: { outcome: 'ok', attempts: 2 },
    });
    llm.inject({ kind: 'reset', afterBytes: 300 });
    await call({
      title: 'stream reset midway, then a whole one',
      tenant: tenants.globex,
      slot: ASSISTANT,
      operation: 'llm.stream',
      executor: streamChat(llm, 'Write a haiku about a joint.'),
      expect: { outcome: 'ok', attempts: 2 },
    });
    llm.inject({ kind: 'malformed', as: 'html' });
    await call({
      title: "a proxy's HTML page, then an answer",
      tenant: tenants.acme,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, 'Are all invoices paid?'),
      expect: { outcome: 'ok', attempts: 2 },
    });
  },
};

/** Waits that would never end: the guard ends them, here and at the other side. */
export const hangs: Scenario = {
  title: 'Hangs',
  async run({ call, tenants, llm, databases }) {
    const before = llm.requests.length;
    llm.inject({ kind: 'hang' }, { kind: 'hang' });
    await call({
      title: 'no answer within 400 ms, twice',
      tenant: tenants.acme,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: chat(llm, 'Are all invoices paid?'),
      options: { policy: { attemptTimeoutMs: 400, maxAttempts: 2 } },
      expect: { outcome: 'ATTEMPT_TIMEOUT', attempts: 2, minLatencyMs: 800, maxLatencyMs: 6000 },
    });
    await call({
      title: 'the hung requests were closed by the client',
      tenant: tenants.acme,
      slot: ASSISTANT,
      operation: 'llm.chat',
      executor: async (...attempt) => {
        await chat(llm, 'Are all invoices paid?')(...attempt);
        return llm.requests.slice(before, before + 2).map(({ isClosedByClient }) => isClosedByClient);
      },
      expect: {
        outcome: 'ok',
        attempts: 1,
        check: (closed) => (closed.join() === 'true,true' ? undefined : 'a hung request is still open at the server'),
      },
    });
    await call({
      title: 'a query that sleeps for a minute',
      tenant: tenants.globex,
      slot: LEDGER,
      operation: 'sql.query',
      executor: databases.run((database, attemptSignal) =>
        database.query('SELECT pg_sleep(60)', [], { signal: attemptSignal }),
      ),
      options: { policy: { attemptTimeoutMs: 400, maxAttempts: 1 } },
      expect: { outcome: 'ATTEMPT_TIMEOUT', attempts: 1, minLatencyMs: 380, maxLatencyMs: 6000 },
    });
    await call({
      title: 'the sleeping query was cancelled in PostgreSQL',
      tenant: tenants.globex,
      slot: LEDGER,
      operation: 'sql.query',
      executor: databases.run(async (database, attemptSignal) => {
        const running = "SELECT FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(60)'";
        // The cancellation is on its way: the call did not wait for it.
        for (let look = 1; look <= 50; look += 1) {
          const { rowCount } = await database.query(running, [], { signal: attemptSignal });
          if (rowCount === 0) return 'cancelled';
          await delay(20, undefined, { signal: attemptSignal });
        }
        return 'running';
      }),
      expect: { outcome: 'ok', attempts: 1, check: (state) => (state === 'cancelled' ? undefined : 'it still runs') },
    });
  },
};

/** Failures that no second attempt would mend: the guard makes none. */
export const failuresThatStay: Scenario = {
  title: 'Failures that stay',
  async run({ call, tenants, databases, signal }) {
    await call({
      title: 'the same booking twice: a unique violation',
      tenant: tenants.acme,
      slot: LEDGER,
      operation: 'sql.execute',
      executor: databases.run((database, attemptSignal) =>
        database.execute('INSERT INTO bookings VALUES (1, 10)', [], { signal: attemptSignal }),
      ),
      expect: { outcome: 'unique_violation', attempts: 1 },
    });
    const patience = AbortSignal.any([signal, AbortSignal.timeout(150)]);
    await call({
      title: 'the caller loses patience after 150 ms',
      tenant: tenants.acme,
      slot: LEDGER,
      operation: 'sql.query',
      executor: databases.run((database, attemptSignal) =>
        database.query('SELECT pg_sleep(60)', [], { signal: attemptSignal }),
      ),
      options: { signal: patience },
      expect: { outcome: 'ABORTED', attempts: 1, maxLatencyMs: 6000 },
    });
  },
};

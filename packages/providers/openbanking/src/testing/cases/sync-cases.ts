import type { ConformanceCase } from '@mortise/testing';
import { collectTransactionChanges } from '../../collect-transaction-changes.ts';
import { IntegrationError } from '@mortise/core';
import type { OpenBankingTransactionChanges } from '../../model/params.ts';
import {
  ACCOUNT,
  bankWith,
  booked,
  bookedSeries,
  idsOf,
  method,
  pending,
  rejectsWith,
  withSubject,
} from '../case-tools.ts';
import { checkEqual, fail } from '../conformance-failure.ts';
import type { OpenBankingConformanceTarget } from '../conformance-target.ts';

/** Pages of one run, at most. */
const MAX_PAGES = 50;

/** What changed since a cursor: removals, replacements, changes under way. */
export const syncCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = [
  {
    id: 'openbanking.4',
    title: 'a sync tells of additions, changes, removals and bookings, each once, and then of nothing',
    requires: 'syncTransactions',
    run: (target) =>
      withSubject(
        target,
        bankWith([...bookedSeries(2), pending('p-1', '-70.00')]),
        async ({ provider, scope, bank }) => {
          const first = await collectTransactionChanges(provider, { ...scope, accountId: ACCOUNT });
          checkEqual(idsOf(first.upserted).sort(), ['p-1', 'tx-01', 'tx-02'], 'transactions of the first run');
          bank.add(booked('tx-03', '-3.00', '2026-03-03'));
          bank.change('tx-01', { description: 'changed' });
          bank.remove('tx-02');
          bank.book('p-1', booked('b-1', '-70.00', '2026-03-04'));
          const params = { ...scope, accountId: ACCOUNT, cursor: first.nextCursor };
          const second = await collectTransactionChanges(provider, params);
          checkEqual(idsOf(second.upserted).sort(), ['b-1', 'tx-01', 'tx-03'], 'transactions of the second run');
          checkEqual([...second.removed].sort(), ['p-1', 'tx-02'], 'removals of the second run');
          checkEqual(second.upserted.find(({ id }) => id === 'b-1')?.pendingId, 'p-1', 'pendingId of the booked one');
          const third = await collectTransactionChanges(provider, { ...params, cursor: second.nextCursor });
          checkEqual([third.upserted.length, third.removed.length], [0, 0], 'changes when nothing changed');
          const foreign = method(provider, 'syncTransactions').call(provider, {
            ...scope,
            accountId: ACCOUNT,
            cursor: 'bm9uZQ',
          });
          await rejectsWith(foreign, 'invalid_request', 'a cursor that nobody gave out');
        },
      ),
  },
  {
    id: 'openbanking.5',
    title: 'changes between the pages of a run end, run by run, in the state of the bank',
    requires: 'syncTransactions',
    run: (target) =>
      withSubject(target, bankWith([...bookedSeries(6), pending('p-1', '-70.00')]), async (subject) => {
        const { provider, scope, bank } = subject;
        const sync = method(provider, 'syncTransactions').bind(provider);
        const kept = new Set<string>();
        let cursor: string | undefined;
        let isChanged = false;
        // The run during which the data changes, and one that takes in what it could not yet tell.
        for (let run = 0; run < 2; run += 1) {
          const start: string | undefined = cursor;
          const before = [...kept];
          for (let page = 0, hasMore = true; hasMore; page += 1) {
            if (page > MAX_PAGES) fail(`syncTransactions: still more after ${MAX_PAGES} pages`);
            const call = sync({
              ...scope,
              accountId: ACCOUNT,
              pageSize: 2,
              ...(cursor === undefined ? {} : { cursor }),
            });
            const changes: OpenBankingTransactionChanges | undefined = await call.catch(ignoreConflict);
            if (changes === undefined) {
              kept.clear();
              for (const id of before) kept.add(id);
              cursor = start;
              continue;
            }
            for (const { id } of changes.removed) kept.delete(id);
            for (const { id } of [...changes.added, ...changes.modified]) kept.add(id);
            ({ nextCursor: cursor, hasMore } = changes);
            if (isChanged) continue;
            isChanged = true;
            bank.book('p-1', booked('b-1', '-70.00', '2026-03-09'));
            bank.remove('tx-01');
            bank.add(booked('tx-07', '-7.00', '2026-03-07'));
          }
        }
        checkEqual(
          [...kept].sort(),
          ['b-1', 'tx-02', 'tx-03', 'tx-04', 'tx-05', 'tx-06', 'tx-07'],
          'transactions after both runs',
        );
      }),
  },
];

/** A provider may ask for the run to be started again. */
function ignoreConflict(error: unknown): undefined {
  if (!IntegrationError.is(error) || error.code !== 'conflict') throw error;
}

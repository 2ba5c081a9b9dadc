import type { ConformanceCase } from '@mortise/testing';
import { ACCOUNT, ABORT_WITHIN_MS, bankWith, rejectsWith, until, within, withSubject } from '../case-tools.ts';
import { check, checkEqual } from '../conformance-failure.ts';
import type { OpenBankingConformanceTarget } from '../conformance-target.ts';

const TIMEOUT_MS = 200;

/** How calls end before their answer does: `X1` to `X3`. */
export const endingCases: readonly ConformanceCase<OpenBankingConformanceTarget>[] = [
  {
    id: 'X1',
    title: 'a signal that is aborted beforehand rejects with "aborted", and nothing is sent',
    run: (target) =>
      withSubject(target, bankWith(), async ({ provider, scope, bank }) => {
        const signal = AbortSignal.abort();
        const params = { ...scope, accountId: ACCOUNT };
        await rejectsWith(provider.listAccounts({ ...scope }, { signal }), 'aborted', 'listAccounts');
        await rejectsWith(provider.listTransactions(params, { signal }), 'aborted', 'listTransactions');
        checkEqual(bank.requests().length, 0, 'requests that reached the bank');
      }),
  },
  {
    id: 'X2',
    title: 'aborting a call in flight rejects at once with "aborted" and lets go of the request',
    run: (target) =>
      withSubject(target, bankWith(), async ({ provider, scope, bank }) => {
        const stop = new AbortController();
        bank.hangNext();
        const answer = provider.listAccounts({ ...scope }, { signal: stop.signal });
        answer.catch(() => undefined);
        await until(() => bank.requests().length === 1, 'the request reaching the bank');
        stop.abort();
        await rejectsWith(within(ABORT_WITHIN_MS, answer, 'listAccounts after the abort'), 'aborted', 'listAccounts');
        await until(() => bank.openRequests() === 0, 'the request being let go');
      }),
  },
  {
    id: 'X3',
    title: 'timeoutMs ends a call to a bank that never answers with "timeout"',
    run: (target) =>
      withSubject(target, bankWith(), async ({ provider, scope, bank, advance }) => {
        bank.hangNext();
        const startedAt = performance.now();
        const answer = provider.listAccounts({ ...scope }, { timeoutMs: TIMEOUT_MS });
        answer.catch(() => undefined);
        await until(() => bank.requests().length === 1, 'the request reaching the bank');
        if (advance !== undefined) {
          await advance(TIMEOUT_MS - 1);
          check(bank.openRequests() === 1, 'the call ended before its time limit');
          await advance(1);
        }
        await rejectsWith(within(TIMEOUT_MS * 1.1, answer, 'listAccounts after its limit'), 'timeout', 'listAccounts');
        if (advance === undefined) check(performance.now() - startedAt >= TIMEOUT_MS * 0.9, 'the call ended too early');
        await until(() => bank.openRequests() === 0, 'the request being let go');
      }),
  },
];

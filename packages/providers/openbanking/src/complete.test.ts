import { IntegrationError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { collectTransactionChanges } from './collect-transaction-changes.ts';
import { complete } from './complete.ts';
import { iterateTransactions } from './iterate-transactions.ts';
import type { OpenBankingTransactionChanges } from './model/params.ts';
import type { OpenBankingTransaction } from './model/transaction.ts';
import type { OpenBankingProvider } from './open-banking-provider.ts';
import { seedCompat } from './seed-compat.ts';
import { InMemoryBank } from './testing/in-memory-bank.ts';
import { InMemoryOpenBankingProvider } from './testing/in-memory-open-banking-provider.ts';

const scope = { tenantId: 'tenant-1', connectionId: 'connection-1' };

function provider(status?: string): InMemoryOpenBankingProvider {
  const transactions = ['tx-1', 'tx-2', 'tx-3'].map((id) => ({
    id,
    accountId: 'acc-1',
    amount: '-1.00',
    currency: 'EUR',
    ...(status === undefined ? {} : { status }),
    bookingDate: '2026-03-01',
  }));
  const accounts = [
    { id: 'acc-1', displayName: 'Account', currency: 'EUR', ...(status === undefined ? {} : { status }) },
  ];
  return new InMemoryOpenBankingProvider({ bank: new InMemoryBank({ accounts, transactions }, 'connection-1'), scope });
}

/** Only what the first interface had. */
function plain(): OpenBankingProvider {
  const honest = provider();
  return {
    listAccounts: (params) => honest.listAccounts(params),
    getAccountDetails: (params) => honest.getAccountDetails(params),
    listTransactions: (params) => honest.listTransactions(params),
    getBalances: (params) => honest.getBalances(params),
    getConnectionStatus: (params) => honest.getConnectionStatus(params),
  };
}

describe('complete', () => {
  it('uses what the provider has', async () => {
    const { added } = await complete(provider()).syncTransactions({ ...scope });
    expect(added).toHaveLength(3);
  });

  it('says of every missing method that it is not supported', async () => {
    const completed = complete(plain());
    const consent = { ...scope, consentId: 'consent-1' };
    const request = { headers: {}, rawBody: '' };
    const calls = [
      completed.listInstitutions({ tenantId: 'tenant-1' }),
      completed.createConsent({ ...scope, permissions: [] }),
      completed.getConsent(consent),
      completed.continueSca(consent),
      completed.renewConsent(consent),
      completed.revokeConsent(consent),
      completed.syncTransactions(scope),
      completed.refresh(scope),
      completed.getAccountOwners({ ...scope, accountId: 'acc-1' }),
      completed.listStandingOrders({ ...scope, accountId: 'acc-1' }),
      completed.verifyWebhook(request),
      completed.parseWebhook(request),
      completed.parseWebhookAll(request),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'unsupported' });
    expect((await completed.listAccounts(scope)).accounts).toHaveLength(1);
  });

  it('makes a list of the one event that a provider parses', async () => {
    const event = { type: 'connection.synced' as const };
    const completed = complete({ ...plain(), parseWebhook: () => Promise.resolve(event) });
    expect(await completed.parseWebhookAll({ headers: {}, rawBody: '' })).toEqual([event]);
  });
});

describe('iterateTransactions', () => {
  it('reads page by page', async () => {
    const ids: string[] = [];
    for await (const { id } of iterateTransactions(provider(), { ...scope, accountId: 'acc-1', pageSize: 2 })) {
      ids.push(id);
    }
    expect(ids).toEqual(['tx-3', 'tx-2', 'tx-1']);
  });
});

describe('collectTransactionChanges', () => {
  const page = (change: Partial<OpenBankingTransactionChanges>): OpenBankingTransactionChanges => ({
    added: [],
    modified: [],
    removed: [],
    nextCursor: 'end',
    hasMore: false,
    ...change,
  });
  const item = (id: string, amount = 1): OpenBankingTransaction => ({
    ...scope,
    id,
    externalId: id,
    accountId: 'acc-1',
    amount,
    direction: 'debit',
    currency: 'EUR',
  });
  const conflict = new IntegrationError({ code: 'conflict', message: 'changed' });

  /** Answers with the pages in order; an error among them is thrown. */
  function scripted(...answers: (OpenBankingTransactionChanges | Error)[]) {
    const cursors: (string | undefined)[] = [];
    const syncTransactions: NonNullable<OpenBankingProvider['syncTransactions']> = ({ cursor }) => {
      cursors.push(cursor);
      const answer = answers.shift() ?? expect.unreachable('one call too many');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    return { cursors, provider: { ...plain(), syncTransactions } };
  }

  it('starts the run again from its first cursor when the data changed, and drops what it had', async () => {
    const script = scripted(
      page({ added: [item('half')], nextCursor: 'a', hasMore: true }),
      conflict,
      page({ added: [item('whole')], nextCursor: 'b', hasMore: true }),
      page({ added: [item('more')] }),
    );
    const changes = await collectTransactionChanges(script.provider, { ...scope, cursor: 'first' });
    expect(changes.upserted.map(({ id }) => id)).toEqual(['whole', 'more']);
    expect(script.cursors).toEqual(['first', 'a', 'first', 'b']);
  });

  it('gives up after too many conflicts', async () => {
    const script = scripted(conflict, conflict);
    await expect(collectTransactionChanges(script.provider, scope, { maxRestarts: 1 })).rejects.toBe(conflict);
  });

  it('keeps the last word on each transaction', async () => {
    const script = scripted(
      page({ added: [item('one'), item('two', 1)], nextCursor: 'a', hasMore: true }),
      page({ removed: [{ id: 'one' }], modified: [item('two', 2)] }),
    );
    const changes = await collectTransactionChanges(script.provider, scope);
    expect(changes).toMatchObject({ upserted: [{ id: 'two', amount: 2 }], removed: ['one'], nextCursor: 'end' });
  });

  it('does not go round in circles', async () => {
    const again = page({ nextCursor: 'a', hasMore: true });
    await expect(collectTransactionChanges(scripted(again, again).provider, scope)).rejects.toMatchObject({
      code: 'provider_error',
    });
  });

  it('says so where the provider cannot sync', async () => {
    await expect(collectTransactionChanges(plain(), scope)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('seedCompat', () => {
  it.each([
    ['rejected', 'cancelled'],
    ['information', undefined],
    ['on-the-moon', undefined],
    ['booked', 'booked'],
    ['pending', 'pending'],
  ])('folds the state %s into %s', async (status, expected) => {
    const params = { ...scope, accountId: 'acc-1', includePending: true };
    const { transactions } = await seedCompat(provider(status)).listTransactions(params);
    expect(transactions.map((transaction) => transaction.status)).toEqual([expected, expected, expected]);
  });

  it.each([
    ['sealed', undefined],
    ['active', 'active'],
  ])('folds the account state %s into %s', async (status, expected) => {
    const narrow = seedCompat(provider(status));
    const { accounts } = await narrow.listAccounts(scope);
    expect(accounts.map((account) => account.status)).toEqual([expected]);
    expect((await narrow.getAccountDetails({ ...scope, accountId: 'acc-1' })).status).toBe(expected);
    expect(await narrow.getBalances({ ...scope, accountId: 'acc-1' })).toEqual([]);
    expect((await narrow.getConnectionStatus(scope)).status).toBe('healthy');
  });
});

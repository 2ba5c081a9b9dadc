import { IntegrationError } from '@mortise/core';
import type { OpenBankingCallOptions } from '../../model/call-options.ts';
import type { OpenBankingListTransactionsParams, OpenBankingListTransactionsResult } from '../../model/params.ts';
import type { OpenBankingTransaction } from '../../model/transaction.ts';
import type { OpenBankingProvider } from '../../open-banking-provider.ts';
import type { OpenBankingConformanceTarget } from '../conformance-target.ts';
import type { InMemoryOpenBankingProvider } from '../in-memory-open-banking-provider.ts';
import { inMemoryTarget } from '../in-memory-target.ts';

/** A provider that does one thing wrong. */
export interface BrokenProvider {
  /** The only check that it may fail. */
  readonly fails: string;
  readonly mistake: string;
  readonly target: OpenBankingConformanceTarget;
}

type Build = (honest: InMemoryOpenBankingProvider) => Partial<OpenBankingProvider>;

/** The honest provider with some methods replaced; what is not replaced works on the honest one. */
function broken(fails: string, mistake: string, build: Build): BrokenProvider {
  return {
    fails,
    mistake,
    target: inMemoryTarget((honest) => ({
      capabilities: honest.capabilities,
      listAccounts: (...call) => honest.listAccounts(...call),
      getAccountDetails: (...call) => honest.getAccountDetails(...call),
      listTransactions: (...call) => honest.listTransactions(...call),
      getBalances: (...call) => honest.getBalances(...call),
      getConnectionStatus: (...call) => honest.getConnectionStatus(...call),
      syncTransactions: (...call) => honest.syncTransactions(...call),
      refresh: (...call) => honest.refresh(...call),
      createConsent: (...call) => honest.createConsent(...call),
      getConsent: (...call) => honest.getConsent(...call),
      continueSca: (...call) => honest.continueSca(...call),
      renewConsent: (...call) => honest.renewConsent(...call),
      revokeConsent: (...call) => honest.revokeConsent(...call),
      verifyWebhook: (request) => honest.verifyWebhook(request),
      parseWebhook: (request) => honest.parseWebhook(request),
      ...build(honest),
    })),
  };
}

/** A mistake in the transactions of each page. */
function inTransactions(change: (transaction: OpenBankingTransaction) => OpenBankingTransaction): Build {
  return (honest) => ({
    listTransactions: async (...call) => {
      const result = await honest.listTransactions(...call);
      return { ...result, transactions: result.transactions.map(change) };
    },
  });
}

type List = (
  params: OpenBankingListTransactionsParams,
  options?: OpenBankingCallOptions,
) => Promise<OpenBankingListTransactionsResult>;

const inList =
  (spoil: (list: List) => List): Build =>
  (honest) => ({ listTransactions: spoil((...call) => honest.listTransactions(...call)) });

/** A list that counts from its newest item, so that whatever is inserted moves all pages. */
function pagedByOffset(list: List): List {
  return async ({ cursor, pageSize = 100, ...params }, options) => {
    if (params.includePending === true) {
      // Lists with pending ones belong to another check.
      return list({ ...params, pageSize, ...(cursor === undefined ? {} : { cursor }) }, options);
    }
    const skip = cursor === undefined ? 0 : Number(/^offset:(\d+)$/.exec(cursor)?.[1] ?? Number.NaN);
    // A cursor of another kind is judged by the honest provider.
    if (Number.isNaN(skip) || (cursor !== undefined && params.from !== undefined)) {
      return list({ ...params, cursor: 'bm90LWEtY3Vyc29y' }, options);
    }
    const { transactions, ...meta } = await list({ ...params, pageSize: 500 }, options);
    const hasMore = transactions.length > skip + pageSize;
    return {
      ...meta,
      transactions: transactions.slice(skip, skip + pageSize),
      hasMore,
      ...(hasMore ? { nextCursor: `offset:${skip + pageSize}` } : {}),
    };
  };
}

export const brokenProviders: readonly BrokenProvider[] = [
  broken(
    'openbanking.1',
    'makes the decimal text from the float',
    inTransactions((transaction) => ({
      ...transaction,
      amountDecimal: String(transaction.amount),
    })),
  ),
  broken(
    'openbanking.2',
    'calls every movement a debit',
    inTransactions((transaction) => ({
      ...transaction,
      direction: 'debit',
    })),
  ),
  broken(
    'openbanking.3',
    'forgets which pending transaction a booked one replaces',
    inTransactions(({ pendingId: _pendingId, ...transaction }) => transaction),
  ),
  broken('openbanking.4', 'never tells of removals', (honest) => ({
    syncTransactions: async (params, options) => {
      const changes = await honest.syncTransactions(params, options);
      // The check of changes under way finds this too, unless it is limited to what follows a first run.
      return params.cursor === undefined || params.pageSize !== undefined ? changes : { ...changes, removed: [] };
    },
  })),
  broken('openbanking.5', 'loses the second page of a run', (honest) => ({
    syncTransactions: async (params, options) => {
      const changes = await honest.syncTransactions(params, options);
      const isInside = params.cursor !== undefined && params.pageSize !== undefined && changes.hasMore;
      return isInside ? { ...changes, added: [], modified: [] } : changes;
    },
  })),
  broken(
    'openbanking.6',
    'leaves pending transactions out although they are asked for',
    inList((list) => async (params, options) => {
      const result = await list(params, options);
      // Pages of the given size belong to another check.
      if (params.pageSize !== undefined) return result;
      return { ...result, transactions: result.transactions.filter(({ status }) => status !== 'pending') };
    }),
  ),
  broken(
    'openbanking.7',
    'turns days into instants west of Greenwich',
    inTransactions(({ valueDate, ...transaction }) => {
      if (valueDate === undefined) return transaction;
      const moved = new Date(Date.parse(valueDate) - 5 * 3_600_000).toISOString().slice(0, 10);
      return { ...transaction, valueDate: moved };
    }),
  ),
  broken('openbanking.9', 'gives accounts without a valid consent', (honest) => ({
    getConnectionStatus: async (params, options) => {
      const { requiredAction: _action, ...status } = await honest.getConnectionStatus(params, options);
      return { ...status, status: 'healthy' };
    },
  })),
  broken('openbanking.10', 'takes a consent for valid as soon as it is asked for', (honest) => ({
    createConsent: async (input, options) => ({ ...(await honest.createConsent(input, options)), status: 'valid' }),
  })),
  broken('openbanking.11', 'does not count unattended reads', (honest) => ({
    listTransactions: (params, options) =>
      honest.listTransactions(params, { ...options, psu: { present: true, ...options?.psu } }),
  })),
  broken('openbanking.13', 'drops the sign of a balance', (honest) => ({
    getBalances: async (...call) =>
      (await honest.getBalances(...call)).map(({ amountDecimal = '0', ...balance }) => ({
        ...balance,
        amountDecimal: amountDecimal.replace('-', ''),
      })),
  })),
  broken(
    'openbanking.14',
    'answers with less in silence',
    inList((list) => async (params, options) => {
      const { warnings: _warnings, ...result } = await list(params, options);
      return result;
    }),
  ),
  broken('openbanking.15', 'takes events about any connection', (honest) => ({
    parseWebhook: (request) =>
      honest.parseWebhook(request).catch((error: unknown) => {
        if (IntegrationError.is(error) && error.code === 'not_found') return { type: 'connection.synced' as const };
        throw error;
      }),
  })),
  broken('openbanking.tenant', 'does not look at the tenant', (honest) => ({
    getBalances: (params, options) => honest.getBalances({ ...params, tenantId: 'tenant-1' }, options),
  })),
  broken(
    'X6',
    'makes up a state where the bank gives none',
    inTransactions((transaction) => ({ ...transaction, status: transaction.status ?? 'booked' })),
  ),
  broken('X17', 'takes a state that it does not know for active', (honest) => ({
    getAccountDetails: async (...call) => {
      const account = await honest.getAccountDetails(...call);
      return account.status === 'unknown' ? { ...account, status: 'active' } : account;
    },
  })),
  broken(
    'X18',
    'writes texts in another normal form',
    inTransactions(({ description, ...transaction }) => ({
      ...transaction,
      ...(description === undefined ? {} : { description: description.normalize('NFC') }),
    })),
  ),
  broken('X7', 'has an empty list for an account that does not exist', (honest) => ({
    listTransactions: (params, options) =>
      params.accountId === 'no-such-account'
        ? Promise.resolve({ transactions: [] })
        : honest.listTransactions(params, options),
  })),
  broken('X8', 'writes into its parameters', (honest) => ({
    getBalances: (params, options) => {
      Object.assign(params, { balanceTypes: params.balanceTypes ?? undefined });
      return honest.getBalances(params, options);
    },
  })),
  broken('X9', 'counts pages from the newest transaction', inList(pagedByOffset)),
  broken('X13', 'shows its credential in an error', (honest) => ({
    getAccountDetails: (params, options) =>
      honest.getAccountDetails(params, options).catch((cause: unknown) => {
        if (!IntegrationError.is(cause) || cause.code !== 'not_found') throw cause;
        const message = `No account for ${honest.credential}`;
        throw new IntegrationError({ code: 'not_found', message, cause });
      }),
  })),
  broken('X15', 'mixes up answers to parallel calls', (honest) => {
    let latest = '';
    return {
      getAccountDetails: async (params, options) => {
        latest = params.accountId;
        await Promise.resolve();
        return honest.getAccountDetails({ ...params, accountId: latest }, options);
      },
    };
  }),
  broken('X19', 'reads the event from the body that was parsed for convenience', (honest) => ({
    parseWebhook: async (request) => {
      const event = await honest.parseWebhook(request);
      return request.parsedBody === undefined ? event : { ...event, type: 'consent.changed' };
    },
  })),
  broken('X20', 'declares a method that does not work', (honest) => ({
    capabilities: { ...honest.capabilities, methods: { ...honest.capabilities.methods, listInstitutions: 'native' } },
  })),
  broken('X1', 'sends before it looks at the signal', (honest) => ({
    listAccounts: async (params, options) => {
      if (options?.signal?.aborted === true) await honest.getConnectionStatus(params);
      return honest.listAccounts(params, options);
    },
  })),
  broken('X2', 'does not pass the signal on', (honest) => ({
    listAccounts: async (params, { signal, ...options } = {}) => {
      if (signal?.aborted === true) return honest.listAccounts(params, { signal });
      return honest.listAccounts(params, options);
    },
  })),
  broken('X3', 'has no time limit', (honest) => ({
    listAccounts: (params, { timeoutMs: _timeoutMs, ...options } = {}) => honest.listAccounts(params, options),
  })),
];

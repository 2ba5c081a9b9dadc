import { defineCommand, defineQuery, type OperationSpec, type OperationSpecRegistry } from '@mortise/core/operations';
import {
  OpenBankingListTransactionsInput,
  OpenBankingListTransactionsOutput,
  OpenBankingSyncTransactionsInput,
  OpenBankingSyncTransactionsOutput,
} from '../records/transaction-models.ts';
import { describeFailure } from '../telemetry/describe-failure.ts';
import { OPENBANKING_TELEMETRY_EVENTS } from '../telemetry/events.ts';
import {
  accountErrors,
  bankErrors,
  capability,
  cursorErrors,
  rangeErrors,
  readPolicy,
  shared,
  syncPolicy,
  tagsOf,
} from './terms.ts';

const RESOURCE = 'openbanking.transaction';

/** The stored transactions of an account, page by page. */
export const OpenBankingListTransactions: OperationSpec<
  typeof OpenBankingListTransactionsInput,
  typeof OpenBankingListTransactionsOutput
> = defineQuery({
  meta: {
    ...shared,
    key: 'openbanking.transactions.list',
    title: 'List Bank Transactions',
    description: 'Lists the stored transactions of an account, filtered by day, amount, direction and category.',
    goal: 'Show what happened on an account.',
    context: 'Reads stored records. Days are those of the bank and both ends are included.',
    tags: tagsOf('transactions'),
  },
  capability,
  io: {
    input: OpenBankingListTransactionsInput,
    output: OpenBankingListTransactionsOutput,
    errors: { ...accountErrors, ...cursorErrors, ...rangeErrors },
  },
  policy: readPolicy(RESOURCE),
});

/** Reads transactions from the provider into the store. */
export const OpenBankingSyncTransactions: OperationSpec<
  typeof OpenBankingSyncTransactionsInput,
  typeof OpenBankingSyncTransactionsOutput
> = defineCommand({
  meta: {
    ...shared,
    key: 'openbanking.transactions.sync',
    title: 'Sync Bank Transactions',
    description: 'Reads the transactions of an account that are new, changed or taken back, and stores that.',
    goal: 'Keep stored transactions true to the bank.',
    context: 'Run by schedules and webhooks. Give `nextSinceToken` of the last run as `cursor` to go on from there.',
    tags: tagsOf('transactions'),
  },
  capability,
  io: {
    input: OpenBankingSyncTransactionsInput,
    output: OpenBankingSyncTransactionsOutput,
    errors: { ...accountErrors, ...cursorErrors, ...rangeErrors, ...bankErrors },
  },
  policy: syncPolicy(RESOURCE),
  sideEffects: { audit: ['openbanking.transactions.synced'] },
  telemetry: {
    success: {
      event: { key: OPENBANKING_TELEMETRY_EVENTS.transactionsSynced },
      properties: ({ input, output }) => ({
        tenantId: input.tenantId,
        accountId: input.accountId,
        synced: output?.synced,
        failed: output?.failed,
        earliestSyncedAt: output?.earliestSyncedAt,
        latestSyncedAt: output?.latestSyncedAt,
      }),
    },
    failure: {
      event: { key: OPENBANKING_TELEMETRY_EVENTS.transactionsSyncFailed },
      properties: ({ input, error }) => ({
        tenantId: input.tenantId,
        accountId: input.accountId,
        error: describeFailure(error),
      }),
    },
  },
});

export const openBankingTransactionContracts: {
  readonly OpenBankingListTransactions: typeof OpenBankingListTransactions;
  readonly OpenBankingSyncTransactions: typeof OpenBankingSyncTransactions;
} = { OpenBankingListTransactions, OpenBankingSyncTransactions };

/**
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerOpenBankingTransactionContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  for (const contract of Object.values(openBankingTransactionContracts)) registry.register(contract);
  return registry;
}

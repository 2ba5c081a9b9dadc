import { defineCommand, defineQuery, type OperationSpec, type OperationSpecRegistry } from '@mortise/core/operations';
import {
  OpenBankingGetAccountInput,
  OpenBankingListAccountsInput,
  OpenBankingListAccountsOutput,
  OpenBankingSyncAccountsInput,
  OpenBankingSyncAccountsOutput,
} from '../records/account-models.ts';
import { BankAccountRecord } from '../records/bank-account-record.ts';
import { describeFailure } from '../telemetry/describe-failure.ts';
import { OPENBANKING_TELEMETRY_EVENTS } from '../telemetry/events.ts';
import {
  accountErrors,
  bankErrors,
  capability,
  connectionErrors,
  cursorErrors,
  readPolicy,
  shared,
  syncPolicy,
  tagsOf,
} from './terms.ts';

const RESOURCE = 'openbanking.account';

/** The accounts of a user, page by page. */
export const OpenBankingListAccounts: OperationSpec<
  typeof OpenBankingListAccountsInput,
  typeof OpenBankingListAccountsOutput
> = defineQuery({
  meta: {
    ...shared,
    key: 'openbanking.accounts.list',
    title: 'List Bank Accounts',
    description: "Lists a user's accounts that the tenant's open-banking connections know.",
    goal: 'Show which accounts are connected.',
    context: 'Reads the stored records. Without a connection id the one bound to the slot is used.',
    tags: tagsOf('accounts'),
  },
  capability,
  io: {
    input: OpenBankingListAccountsInput,
    output: OpenBankingListAccountsOutput,
    errors: { ...connectionErrors, ...cursorErrors },
  },
  policy: readPolicy(RESOURCE),
});

/** One account. */
export const OpenBankingGetAccount: OperationSpec<typeof OpenBankingGetAccountInput, typeof BankAccountRecord> =
  defineQuery({
    meta: {
      ...shared,
      key: 'openbanking.accounts.get',
      title: 'Get Bank Account',
      description: 'Gives one stored account, with its balances where asked for.',
      goal: 'Show an account.',
      context: 'Reads the stored record; the connection is that of the account.',
      tags: tagsOf('accounts'),
    },
    capability,
    io: { input: OpenBankingGetAccountInput, output: BankAccountRecord, errors: accountErrors },
    policy: readPolicy(RESOURCE),
  });

/** Reads accounts from the provider into the store. */
export const OpenBankingSyncAccounts: OperationSpec<
  typeof OpenBankingSyncAccountsInput,
  typeof OpenBankingSyncAccountsOutput
> = defineCommand({
  meta: {
    ...shared,
    key: 'openbanking.accounts.sync',
    title: 'Sync Bank Accounts',
    description: 'Reads the accounts of a connection from the provider and stores them.',
    goal: 'Keep stored accounts true to the bank.',
    context: 'Run by schedules and after a user connected a bank. Accounts that fail do not stop the others.',
    tags: tagsOf('accounts'),
  },
  capability,
  io: {
    input: OpenBankingSyncAccountsInput,
    output: OpenBankingSyncAccountsOutput,
    errors: { ...accountErrors, ...bankErrors },
  },
  policy: syncPolicy(RESOURCE),
  sideEffects: { audit: ['openbanking.accounts.synced'] },
  telemetry: {
    success: {
      event: { key: OPENBANKING_TELEMETRY_EVENTS.accountsSynced },
      properties: ({ input, output }) => ({
        tenantId: input.tenantId,
        connectionId: input.connectionId,
        synced: output?.synced,
        failed: output?.failed,
      }),
    },
    failure: {
      event: { key: OPENBANKING_TELEMETRY_EVENTS.accountsSyncFailed },
      properties: ({ input, error }) => ({
        tenantId: input.tenantId,
        connectionId: input.connectionId,
        error: describeFailure(error),
      }),
    },
  },
});

export const openBankingAccountContracts: {
  readonly OpenBankingListAccounts: typeof OpenBankingListAccounts;
  readonly OpenBankingGetAccount: typeof OpenBankingGetAccount;
  readonly OpenBankingSyncAccounts: typeof OpenBankingSyncAccounts;
} = { OpenBankingListAccounts, OpenBankingGetAccount, OpenBankingSyncAccounts };

/**
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerOpenBankingAccountContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  for (const contract of Object.values(openBankingAccountContracts)) registry.register(contract);
  return registry;
}

import { defineCommand, defineQuery, type OperationSpec, type OperationSpecRegistry } from '@mortise/core/operations';
import {
  OpenBankingGetBalancesInput,
  OpenBankingGetBalancesOutput,
  OpenBankingRefreshBalancesInput,
  OpenBankingRefreshBalancesOutput,
} from '../records/balance-models.ts';
import { describeFailure } from '../telemetry/describe-failure.ts';
import { OPENBANKING_TELEMETRY_EVENTS } from '../telemetry/events.ts';
import { accountErrors, bankErrors, capability, readPolicy, shared, syncPolicy, tagsOf } from './terms.ts';

const RESOURCE = 'openbanking.balance';

/** The stored balances of an account. */
export const OpenBankingGetBalances: OperationSpec<
  typeof OpenBankingGetBalancesInput,
  typeof OpenBankingGetBalancesOutput
> = defineQuery({
  meta: {
    ...shared,
    key: 'openbanking.balances.get',
    title: 'Get Account Balances',
    description: 'Gives the stored balances of an account.',
    goal: 'Show what is in an account.',
    context: 'Reads stored records, which are as old as they say; the bank is not asked.',
    tags: tagsOf('balances'),
  },
  capability,
  io: { input: OpenBankingGetBalancesInput, output: OpenBankingGetBalancesOutput, errors: accountErrors },
  policy: readPolicy(RESOURCE),
});

/** Reads the balances of an account from the provider. */
export const OpenBankingRefreshBalances: OperationSpec<
  typeof OpenBankingRefreshBalancesInput,
  typeof OpenBankingRefreshBalancesOutput
> = defineCommand({
  meta: {
    ...shared,
    key: 'openbanking.balances.refresh',
    title: 'Refresh Account Balances',
    description: 'Reads the balances of an account from the provider and stores them.',
    goal: 'Have balances that are true now.',
    context: 'Run before decisions that need the balance. Banks limit how often it works while the user is away.',
    tags: tagsOf('balances'),
  },
  capability,
  io: {
    input: OpenBankingRefreshBalancesInput,
    output: OpenBankingRefreshBalancesOutput,
    errors: { ...accountErrors, ...bankErrors },
  },
  policy: syncPolicy(RESOURCE),
  sideEffects: { audit: ['openbanking.balances.refreshed'] },
  telemetry: {
    success: {
      event: { key: OPENBANKING_TELEMETRY_EVENTS.balancesRefreshed },
      properties: ({ input, output }) => ({
        tenantId: input.tenantId,
        accountId: input.accountId,
        refreshedAt: output?.refreshedAt,
        balanceCount: output?.balances.length,
      }),
    },
    failure: {
      event: { key: OPENBANKING_TELEMETRY_EVENTS.balancesRefreshFailed },
      properties: ({ input, error }) => ({
        tenantId: input.tenantId,
        accountId: input.accountId,
        error: describeFailure(error),
      }),
    },
  },
});

export const openBankingBalanceContracts: {
  readonly OpenBankingGetBalances: typeof OpenBankingGetBalances;
  readonly OpenBankingRefreshBalances: typeof OpenBankingRefreshBalances;
} = { OpenBankingGetBalances, OpenBankingRefreshBalances };

/**
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerOpenBankingBalanceContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  for (const contract of Object.values(openBankingBalanceContracts)) registry.register(contract);
  return registry;
}

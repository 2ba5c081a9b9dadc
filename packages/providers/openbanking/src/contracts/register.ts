import type { OperationSpecRegistry } from '@mortise/core/operations';
import { registerOpenBankingAccountContracts } from './account-contracts.ts';
import { registerOpenBankingBalanceContracts } from './balance-contracts.ts';
import { registerOpenBankingTransactionContracts } from './transaction-contracts.ts';

/**
 * Registers all seven operations.
 *
 * @returns The registry.
 * @throws {DuplicateContractError} One of them is registered already.
 */
export function registerOpenBankingContracts(registry: OperationSpecRegistry): OperationSpecRegistry {
  return registerOpenBankingBalanceContracts(
    registerOpenBankingTransactionContracts(registerOpenBankingAccountContracts(registry)),
  );
}

import type { OpenBankingAccountBalance } from '../model/balance.ts';
import type { AccountBalanceRecord } from './account-balance-record.ts';
import { pickDefined } from './pick-defined.ts';

/**
 * The record of a balance. Its id is made of account, type and the day that it is of, so that a balance that is read
 * twice on a day is one record.
 *
 * @param facts.now ISO 8601 instant.
 */
export function toAccountBalanceRecord(
  balance: OpenBankingAccountBalance,
  facts: { readonly now: string },
): AccountBalanceRecord {
  const { amountDecimal, isoType, type } = balance;
  const isAvailable = type === 'available' || isoType === 'ITAV' || isoType === 'CLAV' || isoType === 'OPAV';
  const day = balance.referenceDate ?? balance.lastUpdatedAt.slice(0, 10);
  return {
    id: `${balance.accountId}:${isoType ?? type}:${day}`,
    accountId: balance.accountId,
    tenantId: balance.tenantId,
    connectionId: balance.connectionId,
    balanceType: type,
    currentBalance: balance.amount,
    ...(amountDecimal === undefined ? {} : { currentBalanceDecimal: amountDecimal }),
    ...(isAvailable ? { availableBalance: balance.amount } : {}),
    ...(isAvailable && amountDecimal !== undefined ? { availableBalanceDecimal: amountDecimal } : {}),
    currency: balance.currency,
    ...pickDefined(balance, ['isoType', 'creditLimitIncluded', 'referenceDate', 'metadata']),
    lastUpdatedAt: balance.lastUpdatedAt,
    createdAt: facts.now,
  };
}

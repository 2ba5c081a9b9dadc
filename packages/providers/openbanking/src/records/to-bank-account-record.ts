import type { OpenBankingAccountDetails } from '../model/account.ts';
import type { BankAccountRecord } from './bank-account-record.ts';
import { pickDefined } from './pick-defined.ts';

/** What a provider's account does not say and a record must. */
export interface BankAccountRecordFacts {
  /** User of the host whose account it is. */
  readonly userId: string;
  /** When the account was read (ISO 8601). Becomes `lastSyncedAt` where the provider does not say when it read it. */
  readonly now: string;
  /** When the record was first made. Absent: now. */
  readonly createdAt?: string;
}

/** The record of an account, new or read again. Amounts are taken over exactly; what the bank does not say stays absent. */
export function toBankAccountRecord(
  account: OpenBankingAccountDetails,
  { userId, now, createdAt = now }: BankAccountRecordFacts,
): BankAccountRecord {
  const { currentBalance, currentBalanceDecimal } = account;
  return {
    id: account.id,
    tenantId: account.tenantId,
    userId,
    connectionId: account.connectionId,
    externalId: account.externalId,
    institutionId: account.institutionId,
    institutionName: account.institutionName,
    accountType: account.accountType,
    currency: account.currency,
    displayName: account.displayName,
    ...pickDefined(account, [
      'institutionLogoUrl',
      'iban',
      'bic',
      'accountNumberMasked',
      'productCode',
      'availableBalance',
      'availableBalanceDecimal',
      'status',
      'metadata',
    ]),
    ...(currentBalance === undefined ? {} : { balance: currentBalance }),
    ...(currentBalanceDecimal === undefined ? {} : { balanceDecimal: currentBalanceDecimal }),
    lastSyncedAt: account.lastSyncedAt ?? now,
    createdAt,
    updatedAt: now,
  };
}

import type { OpenBankingAccountDetails, OpenBankingAccountStatus } from '../model/account.ts';
import type { OpenBankingAccountBalance } from '../model/balance.ts';
import type { OpenBankingScope } from '../model/params.ts';
import { toTransactionAmount } from '../model/transaction-amount.ts';
import type { OpenBankingTransaction, OpenBankingTransactionStatus } from '../model/transaction.ts';
import { pickDefined } from '../records/pick-defined.ts';
import type { BankAccountData, BankTransactionData } from './bank-data.ts';

/** Code of ISO 4217 for "no currency". */
const NO_CURRENCY = 'XXX';

const ACCOUNT_STATUSES: ReadonlySet<string> = new Set<OpenBankingAccountStatus>([
  'active',
  'inactive',
  'closed',
  'suspended',
]);

const TRANSACTION_STATUSES: ReadonlySet<string> = new Set<OpenBankingTransactionStatus>([
  'pending',
  'booked',
  'cancelled',
  'information',
  'rejected',
]);

/** The account as the interface has it; what the bank does not say is absent, and what nobody knows `unknown`. */
export function toAccount(data: BankAccountData, scope: OpenBankingScope): OpenBankingAccountDetails {
  const booked = data.balances?.find(({ type, isoType }) => type === 'current' || isoType === 'CLBD');
  return {
    id: data.id,
    externalId: data.id,
    tenantId: scope.tenantId,
    connectionId: scope.connectionId,
    displayName: data.displayName,
    institutionId: 'in-memory-bank',
    institutionName: 'In-memory bank',
    accountType: 'unknown',
    currency: data.currency ?? NO_CURRENCY,
    ...pickDefined(data, ['iban']),
    ...statusOf(data.status, isAccountStatus),
    ...(booked === undefined ? {} : { currentBalance: Number(booked.amount), currentBalanceDecimal: booked.amount }),
  };
}

export function toBalances(data: BankAccountData, scope: OpenBankingScope): OpenBankingAccountBalance[] {
  return (data.balances ?? []).map((balance) => ({
    accountId: data.id,
    connectionId: scope.connectionId,
    tenantId: scope.tenantId,
    type: balance.type ?? 'unknown',
    amount: Number(balance.amount),
    amountDecimal: balance.amount,
    currency: data.currency ?? NO_CURRENCY,
    lastUpdatedAt: balance.statedAt,
    ...pickDefined(balance, ['isoType', 'creditLimitIncluded', 'referenceDate']),
  }));
}

export function toTransaction(data: BankTransactionData, scope: OpenBankingScope): OpenBankingTransaction {
  return {
    id: data.id,
    externalId: data.id,
    tenantId: scope.tenantId,
    accountId: data.accountId,
    connectionId: scope.connectionId,
    ...toTransactionAmount(data.amount),
    currency: data.currency ?? NO_CURRENCY,
    ...statusOf(data.status, isTransactionStatus),
    ...pickDefined(data, [
      'bookingDate',
      'valueDate',
      'transactionDate',
      'description',
      'counterpartyName',
      'pendingId',
    ]),
  };
}

/** A word that is none of ours is `unknown`, and kept. */
function statusOf<Status extends string>(
  raw: string | undefined,
  isKnown: (text: string) => text is Status,
): { status?: Status | 'unknown'; rawStatus?: string } {
  if (raw === undefined) return {};
  return isKnown(raw) ? { status: raw } : { status: 'unknown', rawStatus: raw };
}

function isAccountStatus(text: string): text is OpenBankingAccountStatus {
  return ACCOUNT_STATUSES.has(text);
}

function isTransactionStatus(text: string): text is OpenBankingTransactionStatus {
  return TRANSACTION_STATUSES.has(text);
}

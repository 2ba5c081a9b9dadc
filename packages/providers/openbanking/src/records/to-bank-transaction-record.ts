import { type DateOnly, IntegrationError } from '@mortise/core';
import type { OpenBankingTransaction } from '../model/transaction.ts';
import type { BankTransactionRecord } from './bank-transaction-record.ts';
import { pickDefined } from './pick-defined.ts';

export interface BankTransactionRecordFacts {
  /** ISO 8601 instant. */
  readonly now: string;
  /** When the record was first made. Absent: now. */
  readonly createdAt?: string;
  /** Day of a transaction for which the bank gives none, as pending ones sometimes are. Absent: such a one is refused. */
  readonly fallbackDate?: DateOnly;
}

/**
 * The record of a transaction. Its date is the booking day, else the value day, else the day on which it was made.
 *
 * @throws {IntegrationError} `invalid_request` where the bank gives no day and no `fallbackDate` was given: a made-up day
 * would move money between statements.
 */
export function toBankTransactionRecord(
  transaction: OpenBankingTransaction,
  { now, createdAt = now, fallbackDate }: BankTransactionRecordFacts,
): BankTransactionRecord {
  const { bookingDate, valueDate, transactionDate, balanceAfter, category } = transaction;
  const date = bookingDate ?? valueDate ?? transactionDate ?? fallbackDate;
  if (date === undefined) {
    throw new IntegrationError({
      code: 'invalid_request',
      field: 'fallbackDate',
      message: `Transaction "${transaction.id}" has no day; give a fallbackDate to keep it`,
    });
  }
  return {
    id: transaction.id,
    accountId: transaction.accountId,
    tenantId: transaction.tenantId,
    connectionId: transaction.connectionId,
    externalId: transaction.externalId,
    amount: transaction.amount,
    direction: transaction.direction,
    currency: transaction.currency,
    date,
    ...pickDefined(transaction, [
      'amountDecimal',
      'bookingDate',
      'valueDate',
      'description',
      'counterpartyName',
      'counterpartyAccount',
      'merchantCategoryCode',
      'rawCategory',
      'pendingId',
      'metadata',
    ]),
    ...(category === undefined ? {} : { standardizedCategory: category }),
    transactionType: transaction.bankTransactionCode?.domain ?? transaction.direction,
    status: transaction.status ?? 'unknown',
    ...(balanceAfter === undefined
      ? {}
      : { runningBalance: Number(balanceAfter), runningBalanceDecimal: balanceAfter }),
    createdAt,
    updatedAt: now,
  };
}

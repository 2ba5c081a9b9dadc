import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, it } from 'vitest';
import type { OpenBankingAccountDetails } from '../model/account.ts';
import type { OpenBankingAccountBalance } from '../model/balance.ts';
import type { OpenBankingTransaction } from '../model/transaction.ts';
import { AccountBalanceRecord } from './account-balance-record.ts';
import { BankAccountRecord } from './bank-account-record.ts';
import { BankTransactionRecord } from './bank-transaction-record.ts';
import { toAccountBalanceRecord } from './to-account-balance-record.ts';
import { toBankAccountRecord } from './to-bank-account-record.ts';
import { toBankTransactionRecord } from './to-bank-transaction-record.ts';

const NOW = '2026-04-01T08:00:00.000Z';
const scope = { tenantId: 'tenant-1', connectionId: 'connection-1' };

const account: OpenBankingAccountDetails = {
  ...scope,
  id: 'acc-1',
  externalId: 'ext-1',
  displayName: 'Current account',
  institutionId: 'bank-1',
  institutionName: 'Bank',
  accountType: 'checking',
  currency: 'EUR',
};

const transaction: OpenBankingTransaction = {
  ...scope,
  id: 'tx-1',
  externalId: 'ext-tx-1',
  accountId: 'acc-1',
  amount: 12.3,
  amountDecimal: '12.30',
  direction: 'debit',
  currency: 'EUR',
  bookingDate: '2026-03-29',
};

const balance: OpenBankingAccountBalance = {
  ...scope,
  accountId: 'acc-1',
  type: 'available',
  amount: -0.1,
  amountDecimal: '-0.10',
  currency: 'EUR',
  lastUpdatedAt: '2026-03-31T23:30:00Z',
};

describe('the record of an account', () => {
  it('says what the account says, and nothing else', () => {
    expect(toBankAccountRecord(account, { userId: 'user-1', now: NOW })).toEqual({
      ...account,
      userId: 'user-1',
      lastSyncedAt: NOW,
      createdAt: NOW,
      updatedAt: NOW,
    });
  });

  it('takes balances over to the cent and keeps the day of its making', () => {
    const record = toBankAccountRecord(
      { ...account, currentBalance: 0.3, currentBalanceDecimal: '0.30', lastSyncedAt: '2026-03-31T00:00:00Z' },
      { userId: 'user-1', now: NOW, createdAt: '2026-01-01T00:00:00Z' },
    );
    expect(record).toMatchObject({
      balance: 0.3,
      balanceDecimal: '0.30',
      lastSyncedAt: '2026-03-31T00:00:00Z',
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: NOW,
    });
    expect(validateAgainstSchema(BankAccountRecord, record).problems).toEqual([]);
  });
});

describe('the record of a transaction', () => {
  it('has the booking day, the exact amount and an honest state', () => {
    const record = toBankTransactionRecord(transaction, { now: NOW });
    expect(record).toMatchObject({
      date: '2026-03-29',
      bookingDate: '2026-03-29',
      amountDecimal: '12.30',
      direction: 'debit',
      transactionType: 'debit',
      status: 'unknown',
    });
    expect(record).not.toHaveProperty('valueDate');
    expect(validateAgainstSchema(BankTransactionRecord, record).problems).toEqual([]);
    expect(JSON.parse(JSON.stringify(record))).toEqual(record);
  });

  it.each([
    [{ bookingDate: '2026-03-29', valueDate: '2026-03-30' }, '2026-03-29'],
    [{ valueDate: '2026-03-30', transactionDate: '2026-03-28' }, '2026-03-30'],
    [{ transactionDate: '2026-03-28' }, '2026-03-28'],
  ])('is dated by the best day of %j', (days, date) => {
    const { bookingDate: _bookingDate, ...undated } = transaction;
    expect(toBankTransactionRecord({ ...undated, ...days }, { now: NOW }).date).toBe(date);
  });

  it('makes up no day', () => {
    const { bookingDate: _bookingDate, ...undated } = transaction;
    expect(() => toBankTransactionRecord(undated, { now: NOW })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'fallbackDate' }),
    );
    expect(toBankTransactionRecord(undated, { now: NOW, fallbackDate: '2026-04-01' }).date).toBe('2026-04-01');
  });

  it('takes over the ISO domain, the category and the balance after it', () => {
    expect(
      toBankTransactionRecord(
        { ...transaction, bankTransactionCode: { domain: 'PMNT' }, category: 'food', balanceAfter: '1.005' },
        { now: NOW },
      ),
    ).toMatchObject({
      transactionType: 'PMNT',
      standardizedCategory: 'food',
      runningBalance: 1.005,
      runningBalanceDecimal: '1.005',
    });
  });
});

describe('the record of a balance', () => {
  it('is one for each account, type and day', () => {
    const record = toAccountBalanceRecord(balance, { now: NOW });
    expect(record).toMatchObject({
      id: 'acc-1:available:2026-03-31',
      balanceType: 'available',
      currentBalanceDecimal: '-0.10',
      availableBalanceDecimal: '-0.10',
    });
    expect(validateAgainstSchema(AccountBalanceRecord, record).problems).toEqual([]);
    const booked = toAccountBalanceRecord(
      { ...balance, type: 'current', isoType: 'CLBD', referenceDate: '2026-03-30' },
      { now: NOW },
    );
    expect(booked.id).toBe('acc-1:CLBD:2026-03-30');
    expect(booked).not.toHaveProperty('availableBalance');
  });
});

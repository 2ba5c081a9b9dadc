import { describe, expectTypeOf, it } from 'vitest';
import type { OpenBankingAccountDetails, OpenBankingAccountSummary } from './model/account.ts';
import type { OpenBankingAccountBalance, OpenBankingBalanceType } from './model/balance.ts';
import type { OpenBankingTransaction } from './model/transaction.ts';
import type { OpenBankingProvider } from './open-banking-provider.ts';
import type { BankTransactionRecord } from './records/bank-transaction-record.ts';
import type { SeedOpenBankingTransaction } from './seed-compat.ts';

/** An implementation as it was written for the first interface. */
class FirstProvider {
  async listAccounts(_params: { tenantId: string; connectionId: string; userId?: string; cursor?: string }) {
    const accounts: OpenBankingAccountSummary[] = [];
    return { accounts, nextCursor: 'next', hasMore: true };
  }
  async getAccountDetails(params: { tenantId: string; accountId: string; connectionId: string }) {
    const details: OpenBankingAccountDetails = {
      id: params.accountId,
      externalId: params.accountId,
      tenantId: params.tenantId,
      connectionId: params.connectionId,
      displayName: 'Account',
      institutionId: 'bank',
      institutionName: 'Bank',
      accountType: 'checking',
      currency: 'EUR',
      currentBalance: 1,
      customFields: {},
    };
    return details;
  }
  async listTransactions(_params: { tenantId: string; accountId: string; connectionId: string; from?: string }) {
    const transactions: OpenBankingTransaction[] = [];
    return { transactions };
  }
  async getBalances(_params: { tenantId: string; accountId: string; connectionId: string }) {
    const balances: OpenBankingAccountBalance[] = [];
    return balances;
  }
  async getConnectionStatus(params: { tenantId: string; connectionId: string }) {
    return { ...params, status: 'healthy' as const };
  }
}

describe('OpenBankingProvider', () => {
  it('still fits an implementation of the first interface', () => {
    expectTypeOf<FirstProvider>().toExtend<OpenBankingProvider>();
  });

  it('takes any balance type and suggests the known ones', () => {
    expectTypeOf<'current'>().toExtend<OpenBankingBalanceType>();
    expectTypeOf<'interimBooked'>().toExtend<OpenBankingBalanceType>();
  });

  it('has wider states than the first interface, which seedCompat narrows', () => {
    expectTypeOf<'rejected'>().toExtend<OpenBankingTransaction['status']>();
    expectTypeOf<SeedOpenBankingTransaction['status']>().toEqualTypeOf<
      'pending' | 'booked' | 'cancelled' | undefined
    >();
  });

  it('keeps amounts as numbers beside exact text, and days as text', () => {
    expectTypeOf<OpenBankingTransaction['amount']>().toEqualTypeOf<number>();
    expectTypeOf<OpenBankingTransaction['amountDecimal']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<BankTransactionRecord['date']>().toEqualTypeOf<string>();
    // @ts-expect-error a direction is debit or credit
    expectTypeOf<OpenBankingTransaction['direction']>().toEqualTypeOf<string>();
  });
});

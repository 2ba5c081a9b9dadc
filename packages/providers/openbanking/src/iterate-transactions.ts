import { iterate, type PagedItems } from '@mortise/core';
import type { OpenBankingCallOptions } from './model/call-options.ts';
import type { OpenBankingListTransactionsParams } from './model/params.ts';
import type { OpenBankingTransaction } from './model/transaction.ts';
import type { OpenBankingProvider } from './open-banking-provider.ts';

/** The transactions of all pages, read as they are asked for. Leaving the loop early ends the call under way. */
export function iterateTransactions(
  provider: OpenBankingProvider,
  params: Omit<OpenBankingListTransactionsParams, 'cursor'>,
  options: OpenBankingCallOptions = {},
): PagedItems<OpenBankingTransaction> {
  return iterate(
    async (cursor, signal) => {
      const { transactions, nextCursor, hasMore, ...meta } = await provider.listTransactions(
        { ...params, ...(cursor === undefined ? {} : { cursor }) },
        { ...options, signal },
      );
      return {
        ...meta,
        items: transactions,
        ...(nextCursor === undefined ? {} : { nextCursor }),
        // Providers of the first interface may leave hasMore out.
        hasMore: hasMore ?? nextCursor !== undefined,
      };
    },
    options.signal === undefined ? {} : { signal: options.signal },
  );
}

import { IntegrationError } from '@mortise/core';
import type { OpenBankingCallOptions } from './model/call-options.ts';
import type { OpenBankingSyncTransactionsParams } from './model/params.ts';
import type { OpenBankingTransaction } from './model/transaction.ts';
import type { OpenBankingProvider } from './open-banking-provider.ts';

/** Everything that changed since the first cursor, each transaction once. */
export interface CollectedTransactionChanges {
  /** New or changed, by id; a later change replaces an earlier one. */
  readonly upserted: readonly OpenBankingTransaction[];
  readonly removed: readonly string[];
  /** Where the next run starts. Store it together with the changes, or not at all. */
  readonly nextCursor: string;
}

export interface CollectTransactionChangesOptions extends OpenBankingCallOptions {
  /** How often a run may start anew because the data changed under it. Default 5. */
  readonly maxRestarts?: number;
}

/**
 * Reads all pages of one sync run. When the provider says `conflict` between two pages, the run starts again from its
 * first cursor and what was read so far is dropped: half a run is neither the old state nor the new.
 *
 * @throws {IntegrationError} `unsupported`; `conflict` after too many restarts; `provider_error` when a cursor comes back.
 */
export async function collectTransactionChanges(
  provider: OpenBankingProvider,
  params: OpenBankingSyncTransactionsParams,
  options: CollectTransactionChangesOptions = {},
): Promise<CollectedTransactionChanges> {
  const { maxRestarts = 5, ...call } = options;
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await readRun(provider, params, call);
    } catch (error) {
      const isConflict = IntegrationError.is(error) && error.code === 'conflict';
      if (!isConflict || restarts >= maxRestarts) throw error;
    }
  }
}

async function readRun(
  provider: OpenBankingProvider,
  params: OpenBankingSyncTransactionsParams,
  options: OpenBankingCallOptions,
): Promise<CollectedTransactionChanges> {
  const upserted = new Map<string, OpenBankingTransaction>();
  const removed = new Set<string>();
  const seen = new Set<string>();
  for (let next = params; ;) {
    const changes = await syncPage(provider, next, options);
    for (const { id } of changes.removed) {
      upserted.delete(id);
      removed.add(id);
    }
    for (const transaction of [...changes.added, ...changes.modified]) {
      removed.delete(transaction.id);
      upserted.set(transaction.id, transaction);
    }
    const { nextCursor, hasMore } = changes;
    if (!hasMore) return { upserted: [...upserted.values()], removed: [...removed], nextCursor };
    if (seen.has(nextCursor)) {
      throw new IntegrationError({
        code: 'provider_error',
        message: `The provider repeated a sync cursor after ${seen.size + 1} pages; reading on would never end`,
      });
    }
    seen.add(nextCursor);
    next = { ...params, cursor: nextCursor };
  }
}

async function syncPage(
  provider: OpenBankingProvider,
  params: OpenBankingSyncTransactionsParams,
  options: OpenBankingCallOptions,
): ReturnType<NonNullable<OpenBankingProvider['syncTransactions']>> {
  if (provider.syncTransactions !== undefined) return provider.syncTransactions(params, options);
  throw new IntegrationError({
    code: 'unsupported',
    message: 'This open-banking provider has no method "syncTransactions"; list transactions by day instead',
  });
}

import { type IntegrationWarning, IntegrationError, isDateOnly } from '@mortise/core';
import { Type } from '@mortise/core/schema';
import type { OpenBankingConsent } from '../model/consent.ts';
import type {
  OpenBankingListTransactionsParams,
  OpenBankingListTransactionsResult,
  OpenBankingSyncTransactionsParams,
  OpenBankingTransactionChanges,
} from '../model/params.ts';
import type { BankTransactionData } from './bank-data.ts';
import { readCursor, writeCursor } from './cursor-text.ts';
import { toTransaction } from './from-bank-data.ts';
import type { InMemoryBank } from './in-memory-bank.ts';

const DEFAULT_PAGE_SIZE = 100;

const ListPosition = Type.Object({ list: Type.String(), version: Type.Integer(), skip: Type.Integer() });
const SyncPosition = Type.Object({
  sync: Type.String(),
  from: Type.Integer(),
  to: Type.Optional(Type.Integer()),
  skip: Type.Integer(),
});

/** One page, as of the moment at which the first page was read: whatever happens in between moves nothing. */
export function listTransactions(
  bank: InMemoryBank,
  params: OpenBankingListTransactionsParams,
  consent: OpenBankingConsent,
): OpenBankingListTransactionsResult {
  const { cursor, pageSize = DEFAULT_PAGE_SIZE, ...list } = params;
  const { from, warnings } = limitHistory(params, consent);
  checkDays(params);
  const name = JSON.stringify(Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { version, skip } =
    cursor === undefined
      ? { version: bank.version, skip: 0 }
      : readCursor(ListPosition, cursor, (position) => position.list === name && position.version <= bank.version);
  const all = bank
    .transactionsAt(version)
    .filter((item) => isWanted(item, { ...params, ...(from === undefined ? {} : { from }) }))
    .sort((one, other) => compare(one, other, params));
  const transactions = all.slice(skip, skip + pageSize).map((item) => toTransaction(item, params));
  const hasMore = skip + pageSize < all.length;
  return {
    transactions,
    hasMore,
    ...(hasMore ? { nextCursor: writeCursor({ list: name, version, skip: skip + pageSize }) } : {}),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

/** One page of what changed between two moments; the second is fixed when the run begins. */
export function syncTransactions(
  bank: InMemoryBank,
  params: OpenBankingSyncTransactionsParams,
): OpenBankingTransactionChanges {
  const { accountId, cursor, pageSize = DEFAULT_PAGE_SIZE } = params;
  const name = JSON.stringify([params.tenantId, params.connectionId, accountId ?? null]);
  const { from, to, skip } =
    cursor === undefined
      ? { from: 0, to: undefined, skip: 0 }
      : readCursor(SyncPosition, cursor, (position) => position.sync === name && position.from <= bank.version);
  const until = to ?? bank.version;
  const before = byId(bank.transactionsAt(from), accountId);
  const after = byId(bank.transactionsAt(until), accountId);
  const changed = [
    ...[...before.values()].filter(({ id }) => !after.has(id)),
    ...[...after.values()].filter((item) => before.get(item.id) !== item),
  ];
  const page = changed.slice(skip, skip + pageSize);
  const hasMore = skip + pageSize < changed.length;
  const next = hasMore ? { from, to: until, skip: skip + pageSize } : { from: until, skip: 0 };
  const kept = page.filter(({ id }) => after.has(id));
  return {
    added: kept.filter(({ id }) => !before.has(id)).map((item) => toTransaction(item, params)),
    modified: kept.filter(({ id }) => before.has(id)).map((item) => toTransaction(item, params)),
    removed: page.filter(({ id }) => !after.has(id)).map((item) => ({ id: item.id, accountId: item.accountId })),
    nextCursor: writeCursor({ sync: name, ...next }),
    hasMore,
  };
}

function byId(items: readonly BankTransactionData[], accountId: string | undefined): Map<string, BankTransactionData> {
  const wanted = items.filter((item) => accountId === undefined || item.accountId === accountId);
  return new Map(wanted.map((item) => [item.id, item]));
}

/** What lies before the consent's history is not read, and the caller is told. */
function limitHistory(
  { from }: OpenBankingListTransactionsParams,
  { historyFrom }: OpenBankingConsent,
): { from: string | undefined; warnings: IntegrationWarning[] } {
  if (historyFrom === undefined || (from !== undefined && from >= historyFrom)) return { from, warnings: [] };
  if (from === undefined) return { from: historyFrom, warnings: [] };
  const message = `The bank hands over transactions from ${historyFrom} on; earlier ones are missing`;
  return { from: historyFrom, warnings: [{ type: 'truncated', field: 'from', message }] };
}

function checkDays({ from, to }: OpenBankingListTransactionsParams): void {
  for (const [field, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (day !== undefined && !isDateOnly(day)) throw invalid(field, `${field}: expected a day as YYYY-MM-DD`);
  }
  if (from !== undefined && to !== undefined && from > to) throw invalid('to', 'to: expected a day not before from');
}

function isWanted(item: BankTransactionData, params: OpenBankingListTransactionsParams): boolean {
  const { accountId, from, to, includePending = false } = params;
  if (item.accountId !== accountId) return false;
  if (!includePending && (item.status === 'pending' || item.status === 'information')) return false;
  if (from === undefined && to === undefined) return true;
  const day = dayOf(item, params);
  return day !== undefined && (from === undefined || day >= from) && (to === undefined || day <= to);
}

function dayOf(
  { bookingDate, valueDate, transactionDate }: BankTransactionData,
  { dateField = 'booking' }: OpenBankingListTransactionsParams,
): string | undefined {
  const next = bookingDate ?? valueDate ?? transactionDate;
  if (dateField === 'booking') return next;
  return (dateField === 'value' ? valueDate : transactionDate) ?? next;
}

/** Those without a day are the newest: they are yet to be booked. */
function compare(
  one: BankTransactionData,
  other: BankTransactionData,
  params: OpenBankingListTransactionsParams,
): number {
  const [first, second] = [
    `${dayOf(one, params) ?? '9999'} ${one.id}`,
    `${dayOf(other, params) ?? '9999'} ${other.id}`,
  ];
  if (first === second) return 0;
  return first < second === (params.order === 'oldest-first') ? -1 : 1;
}

function invalid(field: string, message: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message });
}

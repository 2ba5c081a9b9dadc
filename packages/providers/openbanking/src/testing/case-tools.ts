import { IntegrationError } from '@mortise/core';
import type { OpenBankingListTransactionsParams } from '../model/params.ts';
import type { OpenBankingTransaction } from '../model/transaction.ts';
import type { OpenBankingProvider } from '../open-banking-provider.ts';
import type { BankData, BankTransactionData } from './bank-data.ts';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';
import type { OpenBankingConformanceTarget, OpenBankingSubject } from './conformance-target.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;
/** More pages than any check needs: a list that goes on beyond them goes round in circles. */
const MAX_PAGES = 50;

export const ACCOUNT = 'acc-1';
export const WEBHOOK_SECRET = 'conformance-webhook-secret';

/** A bank with one account of nothing special, and the given transactions. */
export function bankWith(transactions: readonly BankTransactionData[] = [], more: Partial<BankData> = {}): BankData {
  return {
    accounts: [{ id: ACCOUNT, displayName: 'Current account', currency: 'EUR', status: 'active' }],
    transactions,
    ...more,
  };
}

/** Booked transactions `tx-01`, `tx-02` … of one euro more each, on the days of March 2026. */
export function bookedSeries(count: number): BankTransactionData[] {
  return Array.from({ length: count }, (_, index) => {
    const day = String(index + 1).padStart(2, '0');
    return booked(`tx-${day}`, `-${index + 1}.00`, `2026-03-${day}`);
  });
}

export function booked(id: string, amount: string, bookingDate: string): BankTransactionData {
  return { id, accountId: ACCOUNT, amount, currency: 'EUR', status: 'booked', bookingDate };
}

export function pending(id: string, amount: string): BankTransactionData {
  return { id, accountId: ACCOUNT, amount, currency: 'EUR', status: 'pending', transactionDate: '2026-03-30' };
}

/** Runs a check against a fresh provider, and releases everything afterwards. */
export async function withSubject(
  target: OpenBankingConformanceTarget,
  bank: BankData,
  run: (subject: OpenBankingSubject) => Promise<void>,
  credential: string = 'conformance-credential',
): Promise<void> {
  const subject = await target.open({ bank, credential, webhookSecret: WEBHOOK_SECRET });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** All pages of a list; `between` runs after each page that is not the last. */
export async function readAll(
  { provider, scope }: OpenBankingSubject,
  params: Partial<OpenBankingListTransactionsParams> = {},
  between: (page: number) => void = () => undefined,
): Promise<OpenBankingTransaction[]> {
  const items: OpenBankingTransaction[] = [];
  let cursor: string | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const result = await provider.listTransactions({
      ...scope,
      accountId: ACCOUNT,
      ...params,
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.push(...result.transactions);
    cursor = result.nextCursor;
    if (cursor === undefined) return items;
    between(page);
  }
  return fail(`listTransactions: still more after ${MAX_PAGES} pages`);
}

export function idsOf(items: readonly { readonly id: string }[]): string[] {
  return items.map(({ id }) => id);
}

/** An optional method that was declared. */
export function method<Name extends keyof OpenBankingProvider>(
  provider: OpenBankingProvider,
  name: Name,
): NonNullable<OpenBankingProvider[Name]> {
  return provider[name] ?? fail(`${name} is declared but missing`);
}

/** Waits for a rejection and gives its error. */
export async function rejectionOf(promise: Promise<unknown>, what: string): Promise<IntegrationError<string>> {
  const error = await promise.then(
    () => fail(`${what}: expected a rejection, got a result`),
    (reason: unknown) => reason,
  );
  if (!IntegrationError.is(error)) return fail(`${what}: expected an IntegrationError, got ${describeError(error)}`);
  return error;
}

/** Checks that a promise rejects with a code. */
export async function rejectsWith(
  promise: Promise<unknown>,
  code: string,
  what: string,
): Promise<IntegrationError<string>> {
  const error = await rejectionOf(promise, what);
  check(error.code === code, `${what}: expected code "${code}", got "${error.code}" (${error.message})`);
  return error;
}

/** The promise, or a failure when it has not settled in time. */
export async function within<Value>(ms: number, promise: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ConformanceFailure(`${what}: nothing happened within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until a condition holds, which takes a few turns of the event loop where sockets are involved. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 1000;
  while (!condition()) {
    if (Date.now() > deadline) fail(`${what}: did not happen within 1000 ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

export function describeError(error: unknown): string {
  if (IntegrationError.is(error)) return `code "${error.code}" (${error.message})`;
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}

/** Freezes a value and all plain data in it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof AbortSignal) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}

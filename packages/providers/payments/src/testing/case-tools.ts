import { IntegrationError } from '@mortise/core';
import type { CreatePaymentIntentInput, PaymentIntent } from '../model/payment-intent.ts';
import type { Money } from '../money/money.ts';
import type { PaymentsProvider } from '../payments-provider.ts';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';
import type { PaymentsConformanceTarget, PaymentsSubject } from './conformance-target.ts';
import type { ProcessorData } from './processor-controls.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;
/** More items than any check makes: whatever is read beyond them goes round in circles. */
const MAX_PAGES = 50;

export const WEBHOOK_SECRET = 'conformance-webhook-secret';

export function eur(amount: number): Money {
  return { amount, currency: 'EUR' };
}

let keys = 0;

/** A key that no other call has. */
export function newKey(): string {
  keys += 1;
  return `conformance-${keys}`;
}

/** Runs a check against a fresh provider, and releases everything afterwards. */
export async function withSubject(
  target: PaymentsConformanceTarget,
  run: (subject: PaymentsSubject) => Promise<void>,
  { processor = {}, credential = 'conformance-credential' }: { processor?: ProcessorData; credential?: string } = {},
): Promise<void> {
  const subject = await target.open({ processor, credential, webhookSecret: WEBHOOK_SECRET });
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** A payment that was tried at once with a card that pays. */
export function pay(
  { provider, processor }: PaymentsSubject,
  amount: Money,
  more: Partial<CreatePaymentIntentInput> = {},
): Promise<PaymentIntent> {
  const input = { amount, confirm: true, paymentMethodId: processor.methods.good, ...more };
  return provider.createPaymentIntent(input, { idempotencyKey: newKey() });
}

/** Ids of all items of a list that goes on after the last item seen. */
export async function readIds(
  list: (startingAfter: string | undefined) => Promise<readonly { readonly id: string }[]>,
  between: () => void = () => undefined,
): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const items = await list(ids.at(-1));
    if (items.length === 0) return ids;
    ids.push(...items.map(({ id }) => id));
    between();
  }
  return fail(`still more after ${MAX_PAGES} pages`);
}

/** An optional method that was declared. */
export function method<Name extends keyof PaymentsProvider>(
  provider: PaymentsProvider,
  name: Name,
): NonNullable<PaymentsProvider[Name]> {
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

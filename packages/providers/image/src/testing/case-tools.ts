import { IntegrationError, type IntegrationWarning } from '@mortise/core';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';
import type { ImageSubject, ImageSubjectSetup } from './conformance-target.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;

export const SETUP: ImageSubjectSetup = { credential: 'conformance-credential', server: 'answers' };

/** Runs a check against a fresh subject and releases everything afterwards. */
export async function using<Subject extends Pick<ImageSubject, 'close'>>(
  opening: Promise<Subject>,
  run: (subject: Subject) => Promise<void>,
): Promise<void> {
  const subject = await opening;
  try {
    await run(subject);
  } finally {
    await subject.close();
  }
}

/** What a stream gave: its items, and the error that ended it. */
export interface Drained<Item> {
  readonly items: Item[];
  readonly error?: unknown;
}

/** Reads a stream to its end or to the error that ends it. */
export async function drain<Item>(items: AsyncIterable<Item>): Promise<Drained<Item>> {
  const seen: Item[] = [];
  try {
    for await (const item of items) seen.push(item);
    return { items: seen };
  } catch (error) {
    return { items: seen, error };
  }
}

/** The items of a stream that must not fail. */
export async function itemsOf<Item>(items: AsyncIterable<Item>, what: string): Promise<Item[]> {
  const drained = await drain(items);
  if ('error' in drained) fail(`${what} failed: ${describeError(drained.error)}`);
  return drained.items;
}

/** Waits for a rejection and gives its error. */
export async function rejectionOf(call: () => Promise<unknown>, what: string): Promise<IntegrationError<string>> {
  let error: unknown;
  try {
    await call();
  } catch (reason) {
    error = reason;
  }
  if (error === undefined) fail(`${what}: expected a rejection, got a result`);
  if (!IntegrationError.is(error)) fail(`${what}: expected an IntegrationError, got ${describeError(error)}`);
  return error;
}

/** Checks that a call rejects with one of the codes. */
export async function rejectsWith(call: () => Promise<unknown>, codes: readonly string[], what: string): Promise<void> {
  const error = await rejectionOf(call, what);
  check(
    codes.includes(error.code),
    `${what}: expected code ${codes.join(' or ')}, got "${error.code}" (${error.message})`,
  );
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
    await pause(1);
  }
}

/** Lets time go by: on the subject's own clock, or really. */
export async function elapse(subject: Pick<ImageSubject, 'advance'>, ms: number): Promise<void> {
  await (subject.advance?.(ms) ?? pause(ms));
}

/** Warnings that name a field. */
export function warnsOf(warnings: readonly IntegrationWarning[] | undefined, field: string): boolean {
  return (warnings ?? []).some((warning) => warning.field === field);
}

function describeError(error: unknown): string {
  if (IntegrationError.is(error)) return `code "${error.code}" (${error.message})`;
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}

/** Freezes a value and all plain data in it; bytes cannot be frozen. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

import { IntegrationError } from '@mortise/core';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;

/** Waits for a rejection and gives its error. */
export async function rejectionOf(promise: Promise<unknown>, what: string): Promise<IntegrationError<string>> {
  const error = await promise.then(
    () => fail(`${what}: expected a rejection, got a result`),
    (reason: unknown) => reason,
  );
  if (error instanceof ConformanceFailure) throw error;
  if (!IntegrationError.is(error)) fail(`${what}: expected an IntegrationError, got ${describeError(error)}`);
  return error;
}

/** Checks that a promise rejects with a code. */
export async function rejectsWith(promise: Promise<unknown>, code: string, what: string): Promise<void> {
  const error = await rejectionOf(promise, what);
  check(error.code === code, `${what}: expected code "${code}", got "${error.code}" (${error.message})`);
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

export function describeError(error: unknown): string {
  if (IntegrationError.is(error)) return `code "${error.code}" (${error.message})`;
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error;
}

/** Freezes a value and all plain data in it. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof AbortSignal) {
    return value;
  }
  for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}

import { IntegrationError } from '@mortise/core';
import { check, ConformanceFailure, fail } from './conformance-failure.ts';

/** How long a rejection may take after an abort. */
export const ABORT_WITHIN_MS = 100;

/** Checks that a promise rejects with one of the codes, and gives the error. */
export async function rejectsWith(
  promise: Promise<unknown>,
  codes: string | readonly string[],
  what: string,
): Promise<IntegrationError<string>> {
  const error: unknown = await promise.then(
    () => fail(`${what}: expected a rejection, got a result`),
    (reason: unknown) => reason,
  );
  if (error instanceof ConformanceFailure) throw error;
  if (!IntegrationError.is(error)) return fail(`${what}: expected an IntegrationError, got ${describeError(error)}`);
  const accepted = [codes].flat();
  check(accepted.includes(error.code), `${what}: expected code ${accepted.join(' or ')}, got ${describeError(error)}`);
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

function describeError(error: unknown): string {
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

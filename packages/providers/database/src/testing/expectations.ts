import { MortiseError } from '@mortise/core';
import { DatabaseError, type DatabaseErrorCode } from '../errors/database-error.ts';

/** Ends a check: what was expected, what came. */
export function fail(message: string): never {
  throw new MortiseError({ code: 'CONFORMANCE_FAILED', message });
}

export function expectSame(actual: unknown, expected: unknown, what: string): void {
  if (!isSame(actual, expected)) fail(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/** The error with which a promise was rejected; fails if it was not, or with another code. */
export async function expectRejection(
  promise: Promise<unknown>,
  codes: DatabaseErrorCode | readonly DatabaseErrorCode[],
  what: string,
): Promise<DatabaseError> {
  const accepted: readonly string[] = typeof codes === 'string' ? [codes] : codes;
  const outcome = await promise.then(
    () => fail(`${what}: expected an error with code ${accepted.join(' or ')}, but it succeeded`),
    (error: unknown) => error,
  );
  if (MortiseError.is(outcome) && outcome.code === 'CONFORMANCE_FAILED') throw outcome;
  if (!DatabaseError.is(outcome)) return fail(`${what}: expected a DatabaseError, got ${String(outcome)}`);
  if (!accepted.includes(outcome.code)) fail(`${what}: expected code ${accepted.join(' or ')}, got ${outcome.code}`);
  return outcome;
}

/** Fails when a promise has not settled in time. */
export async function expectWithin<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<'expired'>((resolve) => {
    timer = setTimeout(() => resolve('expired'), ms);
  });
  try {
    const winner = await Promise.race([promise.then((value) => ({ value })), expired]);
    return winner === 'expired' ? fail(`${what}: expected an end within ${ms} ms, got none`) : winner.value;
  } finally {
    clearTimeout(timer);
  }
}

/** Structural equality that tells 0 from -0 and compares dates and bytes by their content. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (left instanceof Date || right instanceof Date) {
    return left instanceof Date && right instanceof Date && left.getTime() === right.getTime();
  }
  if (left instanceof Uint8Array || right instanceof Uint8Array) {
    return left instanceof Uint8Array && right instanceof Uint8Array && haveSameBytes(left, right);
  }
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const leftEntries = Object.entries(left);
  const rightEntries = new Map(Object.entries(right));
  return (
    leftEntries.length === rightEntries.size &&
    leftEntries.every(([key, value]) => rightEntries.has(key) && isSame(value, rightEntries.get(key)))
  );
}

function haveSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

function show(value: unknown): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    return Object.is(part, -0) ? '-0' : part;
  });
  return text === undefined ? String(value) : text.slice(0, 200);
}

import { MortiseError } from '@mortise/core';
import { DeltaError, type DeltaErrorCode } from '../errors/delta-error.ts';

/** A store does not keep its contract. Says what was expected and what came. */
export class DeltaConformanceError extends MortiseError<'NOT_CONFORMING'> {
  constructor(message: string) {
    super({ code: 'NOT_CONFORMING', message });
  }
}

export function requireThat(holds: boolean, message: string): asserts holds {
  if (!holds) throw new DeltaConformanceError(message);
}

/** Compares as JSON, whatever the order of members. */
export function requireEqual(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [textOf(actual), textOf(expected)];
  requireThat(left === right, `${what}: expected ${right}, got ${left}`);
}

export async function requireError(promise: Promise<unknown>, code: DeltaErrorCode, what: string): Promise<void> {
  let error: unknown;
  try {
    await promise;
  } catch (thrown) {
    error = thrown;
  }
  requireThat(DeltaError.is(error) && error.code === code, `${what}: expected ${code}, got ${String(error)}`);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}

import { MortiseError } from '@mortise/core';

/** A check of the kit does not hold. The message says what was expected and what came. */
export class ConformanceFailure extends MortiseError<'CONFORMANCE_FAILED'> {
  constructor(message: string) {
    super({ code: 'CONFORMANCE_FAILED', message });
  }
}

/** @throws {ConformanceFailure} */
export function fail(message: string): never {
  throw new ConformanceFailure(message);
}

/** @throws {ConformanceFailure} when the condition does not hold. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) fail(message);
}

/** @throws {ConformanceFailure} when the two values differ in their JSON form. */
export function checkEqual(actual: unknown, expected: unknown, what: string): void {
  const got = stable(actual);
  const wanted = stable(expected);
  if (got !== wanted) fail(`${what}: expected ${clip(wanted)}, got ${clip(got)}`);
}

/** JSON with sorted keys and without undefined members, so that the order in which fields were set does not count. */
function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? 'undefined'
  );
}

function clip(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}… (${text.length} characters)`;
}

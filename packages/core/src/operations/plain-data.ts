/** Deeper data is refused rather than walked. */
const MAX_DEPTH = 64;

/**
 * Input or output as JSON would carry it: dates become ISO 8601 text, fields that are `undefined` are left out. Anything
 * else is kept for the schema to judge. Undefined when the data is nested deeper than 64 levels or contains itself.
 */
export function toPlainData(value: unknown): { readonly value: unknown } | undefined {
  try {
    return { value: copy(value, 0) };
  } catch (error) {
    if (error === TOO_DEEP) return undefined;
    throw error;
  }
}

const TOO_DEEP = Symbol('too deep');

function copy(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  // oxlint-disable-next-line typescript/only-throw-error -- a sentinel that never leaves this file
  if (depth > MAX_DEPTH) throw TOO_DEEP;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString();
  if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => [name, copy(item, depth + 1)]),
  );
}

/** Deeper data is refused rather than walked. */
const MAX_DEPTH = 64;
const TOO_DEEP = new RangeError('nested too deep');

/**
 * Input or output as JSON would carry it: dates become ISO 8601 text, fields that are `undefined` are left out. Anything
 * else is kept for the schema to judge. Undefined when the data is nested deeper than 64 levels, contains itself or
 * throws on being read.
 */
export function toPlainData(value: unknown): { readonly value: unknown } | undefined {
  try {
    return { value: copy(value, 0) };
  } catch {
    return undefined;
  }
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
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

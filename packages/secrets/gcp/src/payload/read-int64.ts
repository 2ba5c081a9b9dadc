import { read } from '../errors/read-property.ts';

/** An int64 in decimal; the SDK hands it out as text, a number or a `Long`. `undefined`: it is none. */
export function readInt64(value: unknown): string | undefined {
  const text = toText(value);
  return text !== undefined && /^-?[0-9]{1,20}$/.test(text) ? text : undefined;
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return value.toString();
  const write = typeof value === 'object' ? read(value, 'toString') : undefined;
  if (typeof write !== 'function') return undefined;
  try {
    const text: unknown = Reflect.apply(write, value, []);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

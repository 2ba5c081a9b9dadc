const MAX_VALUES = 1000;

/** The steps of a JSON pointer (RFC 6901), unescaped. */
function stepsOf(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * What a JSON pointer leads to in a parsed body. A step `*` stands for any item of a list, so that there may be several
 * values, 1,000 at most.
 */
export function valuesAt(body: unknown, pointer: string): unknown[] {
  let values: unknown[] = [body];
  for (const step of stepsOf(pointer)) {
    const next: unknown[] = [];
    for (const value of values) {
      if (typeof value !== 'object' || value === null) continue;
      if (step === '*' && Array.isArray(value)) {
        // One by one: spreading a long list into `push` would overflow the stack.
        for (const item of value.slice(0, MAX_VALUES - next.length)) next.push(item);
      } else if (Object.hasOwn(value, step)) next.push(Reflect.get(value, step));
      if (next.length >= MAX_VALUES) break;
    }
    values = next;
  }
  return values;
}

/** The first value at a pointer that is neither absent nor null. */
export function firstValueAt(body: unknown, pointer: string): unknown {
  return valuesAt(body, pointer).find((value) => value !== undefined && value !== null);
}

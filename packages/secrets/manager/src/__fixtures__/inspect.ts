type Inspect = (value: unknown, options: { readonly depth: number; readonly showHidden: boolean }) => string;

/** What a console shows of a value at most: Node's `util.inspect`, or JSON in runtimes without it. */
export function inspect(value: unknown): string {
  const print = findInspect();
  return print === undefined ? JSON.stringify(value) : print(value, { depth: 9, showHidden: true });
}

/** Looked up rather than imported, so that the tests that use it also run where there is no Node. */
function findInspect(): Inspect | undefined {
  const host: unknown = Reflect.get(globalThis, 'process');
  if (typeof host !== 'object' || host === null || !('getBuiltinModule' in host)) return undefined;
  const { getBuiltinModule } = host;
  if (typeof getBuiltinModule !== 'function') return undefined;
  const util: unknown = getBuiltinModule('util');
  if (typeof util !== 'object' || util === null || !('inspect' in util)) return undefined;
  const { inspect: print } = util;
  return typeof print === 'function' ? (value, options) => String(print(value, options)) : undefined;
}

import { toBinaryText } from './canary-forms.ts';

type Visit = (path: string, text: string) => void;

interface Walk {
  readonly visit: Visit;
  readonly seen: WeakSet<object>;
  /** Objects still to be opened. A queue, since a cause chain may be deeper than the call stack. */
  readonly queue: { readonly path: string; readonly value: object }[];
}

/** Read even where they are inherited or computed. */
const ERROR_KEYS = ['name', 'message', 'stack', 'cause', 'errors'];

/** Shows every text that the value holds or turns into, each with the path to it. Never throws, whatever a getter does. */
export function visitTexts(root: unknown, inspect: ((value: unknown) => string) | undefined, visit: Visit): void {
  const walk: Walk = { visit, seen: new WeakSet(), queue: [] };
  visitValue(walk, '$', root);
  for (let index = 0; index < walk.queue.length; index += 1) {
    const next = walk.queue[index];
    if (next !== undefined) attempt(() => visitObject(walk, next.path, next.value));
  }
  if (typeof root !== 'object' || root === null) return;
  const json = attempt(() => JSON.stringify(root, replaceBigInt));
  if (typeof json === 'string') visit('JSON.stringify($)', json);
  if (inspect !== undefined) {
    const inspected = attempt(() => inspect(root));
    if (typeof inspected === 'string') visit('inspect($)', inspected);
  }
}

function visitValue(walk: Walk, path: string, value: unknown): void {
  if (typeof value === 'string') walk.visit(path, value);
  else if (typeof value === 'symbol') walk.visit(path, value.description ?? '');
  else if (typeof value === 'bigint') walk.visit(path, value.toString());
  else if ((typeof value === 'function' || (typeof value === 'object' && value !== null)) && !walk.seen.has(value)) {
    walk.seen.add(value);
    walk.queue.push({ path, value });
  }
}

function visitObject(walk: Walk, path: string, value: object): void {
  const bytes = toBytes(value);
  if (bytes !== undefined) {
    walk.visit(path, toBinaryText(bytes));
    return;
  }
  visitConversions(walk, path, value);
  visitEntries(walk, path, value);
  const keys = new Set<string | symbol>(attempt(() => Reflect.ownKeys(value)) ?? []);
  if (value instanceof Error) for (const key of ERROR_KEYS) keys.add(key);
  for (const key of keys) {
    const keyPath = `${path}${formatKey(key)}`;
    // The name of a property is as public as its value.
    visitValue(walk, keyPath, key);
    visitValue(
      walk,
      keyPath,
      attempt(() => Reflect.get(value, key)),
    );
  }
}

/** What `String(value)` and `JSON.stringify(value)` would show, where the value has a say in it. */
function visitConversions(walk: Walk, path: string, value: object): void {
  if (typeof value !== 'function') {
    // What the default conversion shows is the question here.
    // oxlint-disable-next-line typescript/no-base-to-string
    const text = attempt((): unknown => String(value));
    if (typeof text === 'string') walk.visit(`String(${path})`, text);
  }
  const toJSON = attempt(() => Reflect.get(value, 'toJSON'));
  if (typeof toJSON === 'function') {
    visitValue(
      walk,
      `${path}.toJSON()`,
      attempt(() => Reflect.apply(toJSON, value, [''])),
    );
  }
}

/** Maps, Sets, Headers, URLSearchParams and FormData keep what they hold out of their properties. */
function visitEntries(walk: Walk, path: string, value: object): void {
  if (value instanceof Set) {
    let index = 0;
    for (const member of value) {
      visitValue(walk, `${path}.values()[${index}]`, member);
      index += 1;
    }
    return;
  }
  if (!(value instanceof Map || isWebCollection(value))) return;
  for (const [key, member] of value.entries()) {
    const keyPath = `${path}.get(${typeof key === 'string' ? JSON.stringify(key) : typeof key})`;
    visitValue(walk, keyPath, key);
    visitValue(walk, keyPath, member);
  }
}

interface WebCollection {
  entries(): Iterable<readonly [unknown, unknown]>;
}

function isWebCollection(value: object): value is WebCollection {
  const tag = attempt(() => Object.prototype.toString.call(value));
  return tag === '[object Headers]' || tag === '[object URLSearchParams]' || tag === '[object FormData]';
}

function toBytes(value: object): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return undefined;
}

function formatKey(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  if (/^\d+$/u.test(key)) return `[${key}]`;
  return /^[a-z_$][\w$]*$/iu.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function replaceBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** A value that refuses to be read gives nothing away. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

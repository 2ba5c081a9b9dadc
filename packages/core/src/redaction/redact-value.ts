import { isSecretHolder } from './secret.ts';
import { REDACTED } from './text-ranges.ts';

export interface ValueRedactorOptions {
  readonly text: (input: string) => string;
  readonly isSecretField: (name: string) => boolean;
  /** Whether printed numbers are searched as well. */
  readonly numbersMayBeSecret: boolean;
  readonly maxDepth: number;
  readonly maxValues: number;
}

const CIRCULAR = '[circular]';
const TRUNCATED = '[truncated]';
const UNREADABLE = '[unreadable]';
const FUNCTION = '[function]';
/** Headers that may carry a credential. */
const HEADER = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-[a-z0-9-]{1,60})$/i;
/** Tags of `new String('…')` and the like, whose characters would be copied one by one. */
const BOXED = /^\[object (?:String|Number|Boolean)\]$/;

/** Makes the function that copies any value with all secrets left out. It never throws and never changes its input. */
export function createValueRedactor(options: ValueRedactorOptions): (input: unknown) => unknown {
  return (input) => new Walk(options).visit(input, 0);
}

/** One copy in the making. */
class Walk {
  readonly #options: ValueRedactorOptions;
  readonly #done = new Map<object, unknown>();
  #left: number;

  constructor(options: ValueRedactorOptions) {
    this.#options = options;
    this.#left = options.maxValues;
  }

  visit(input: unknown, depth: number): unknown {
    this.#left -= 1;
    if (this.#left < 0) return TRUNCATED;
    switch (typeof input) {
      case 'string':
        return this.#options.text(input);
      case 'number':
        return this.#options.numbersMayBeSecret && this.#options.text(String(input)) !== String(input)
          ? REDACTED
          : input;
      case 'bigint':
        return this.#options.text(String(input));
      case 'symbol':
        return this.#options.text(String(input));
      case 'function':
        return FUNCTION;
      case 'object':
        return input === null ? null : this.#visitObject(input, depth);
      default:
        return input;
    }
  }

  #visitObject(input: object, depth: number): unknown {
    // Sharing is kept cheap: an object is copied once. One that is still being copied stands inside itself.
    const earlier = this.#done.get(input);
    if (earlier !== undefined) return earlier;
    if (depth >= this.#options.maxDepth) return TRUNCATED;
    this.#done.set(input, CIRCULAR);
    let output: unknown;
    try {
      output = this.#copy(input, depth + 1);
    } catch {
      // A getter, a proxy or `toJSON` threw. What it threw is not ours to show.
      output = UNREADABLE;
    }
    this.#done.set(input, output);
    return output;
  }

  #copy(input: object, depth: number): unknown {
    if (isSecretHolder(input)) return REDACTED;
    if (Array.isArray(input)) return this.#copyArray(input, depth);
    if (input instanceof Error) return this.#copyError(input, depth);
    if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) return `[${input.byteLength} bytes]`;
    if (input instanceof Date) return this.#copyDate(input);
    if (input instanceof Map) return this.#copyMap(input, depth);
    if (input instanceof Set) return new Set(this.#copyArray([...input], depth));
    if (input instanceof URL) return this.#options.text(input.href);
    if (input instanceof URLSearchParams) return this.#options.text(`?${String(input)}`).slice(1);
    if (input instanceof Headers) return this.#copyEntries([...input], depth);
    if (BOXED.test(Object.prototype.toString.call(input))) return this.visit(input.valueOf(), depth);
    if ('toJSON' in input && typeof input.toJSON === 'function') {
      const plain: unknown = input.toJSON();
      if (plain !== input) return this.visit(plain, depth);
    }
    return this.#copyFields(input, Object.keys(input), {}, depth);
  }

  #copyArray(input: readonly unknown[], depth: number): unknown[] {
    const output: unknown[] = [];
    for (let index = 0; index < input.length; index += 1) {
      if (this.#left <= 0) {
        // A sparse array may be longer than there is memory for.
        output.push(TRUNCATED);
        break;
      }
      // Raw headers are lists in which every other text is a name.
      const isHeaderValue = index > 0 && typeof input[index] === 'string' && this.#isSecretHeader(input[index - 1]);
      output.push(isHeaderValue ? REDACTED : this.visit(input[index], depth));
    }
    return output;
  }

  #isSecretHeader(name: unknown): boolean {
    return typeof name === 'string' && HEADER.test(name) && this.#options.isSecretField(name);
  }

  #copyDate(input: Date): unknown {
    if (Number.isNaN(input.getTime())) return new Date(Number.NaN);
    const iso = input.toISOString();
    return this.#options.text(iso) === iso ? new Date(input) : REDACTED;
  }

  #copyError(error: Error, depth: number): unknown {
    const fields = ['name', 'message', 'stack', 'cause', 'errors'].filter(
      (field) => field in error && Reflect.get(error, field) !== undefined,
    );
    const own = Object.keys(error).filter((field) => !fields.includes(field));
    return this.#copyFields(error, [...fields, ...own], {}, depth);
  }

  #copyMap(input: Map<unknown, unknown>, depth: number): unknown {
    const output = new Map<unknown, unknown>();
    for (const [key, item] of input) {
      if (this.#left < 0) break;
      const field = typeof key === 'string' ? key : '';
      output.set(
        freeKey(this.visit(key, depth), (taken) => output.has(taken)),
        this.#visitField(field, item, depth),
      );
    }
    return output;
  }

  #copyEntries(entries: readonly (readonly [string, string])[], depth: number): unknown {
    const output: Record<string, unknown> = {};
    for (const [name, item] of entries) this.#setField(output, name, this.#visitField(name, item, depth));
    return output;
  }

  #copyFields(input: object, names: readonly string[], output: Record<string, unknown>, depth: number): unknown {
    for (const name of names) {
      if (this.#left < 0) break;
      let item: unknown;
      try {
        item = this.#visitField(name, Reflect.get(input, name), depth);
      } catch {
        item = UNREADABLE;
      }
      this.#setField(output, name, item);
    }
    return output;
  }

  #visitField(name: string, item: unknown, depth: number): unknown {
    // A flag or an absence tells nothing and is worth seeing.
    if (item === null || item === undefined || typeof item === 'boolean') return item;
    return this.#options.isSecretField(name) ? REDACTED : this.visit(item, depth);
  }

  #setField(output: Record<string, unknown>, name: string, item: unknown): void {
    const key = String(freeKey(this.#options.text(name), (taken) => Object.hasOwn(output, String(taken))));
    // Plain assignment of `__proto__` would change the prototype instead.
    if (key === '__proto__') {
      Object.defineProperty(output, key, { value: item, enumerable: true, configurable: true, writable: true });
    } else {
      output[key] = item;
    }
  }
}

/** Two keys that became equal by redaction stay two. */
function freeKey(key: unknown, isTaken: (key: unknown) => boolean): unknown {
  if (typeof key !== 'string' || !isTaken(key)) return key;
  let count = 2;
  while (isTaken(`${key} (${count})`)) count += 1;
  return `${key} (${count})`;
}

import type { HealthDataSource } from '../model/source.ts';
import { isHealthPiiField } from './pii-fields.ts';
import { REDACTED, redactText } from './redact-text.ts';

const MAX_DEPTH = 24;
const MAX_VALUES = 20_000;
const MAX_TEXT = 10_000;
const CIRCULAR = '[circular]';
const TRUNCATED = '[truncated]';
const UNREADABLE = '[unreadable]';
/** A name that stands for a person's way in one record, and for one of a few words elsewhere. */
const SHARED_NAMES: ReadonlyMap<string, ReadonlySet<unknown>> = new Map([
  ['route', new Set(['primary', 'fallback'] satisfies HealthDataSource['route'][])],
]);
/** Fields that name another field, as in `{ field: 'email', content: '…' }`. */
const NAMING = new Set(['key', 'field', 'name', 'label', 'property', 'column', 'header', 'metric', 'metrictype']);
/** Fields that hold what the other one names. */
const HOLDING = new Set(['value', 'values', 'content', 'text', 'val', 'data', 'v']);

/**
 * A copy of what is about to be sent as telemetry, without anybody's data. Works on any value: nested objects, lists,
 * maps, sets, pairs of name and value, JSON within text, objects that contain themselves. Fields are known by name
 * however they are written (`isHealthPiiField`); in all other text addresses, telephone numbers, places and credentials
 * are found by their form. It never throws and never changes its input.
 *
 * A masked value becomes `[redacted]`, whatever its type and length; null and undefined stay. Dates stay dates; class
 * instances become plain data; getters are read once and those that throw are `[unreadable]`. What is nested too deep or
 * is too large is cut off. The types of fields that are masked are no longer true: they hold text.
 *
 * Better still, send counts and codes only: what is not sent needs no redaction.
 */
export function redactHealthTelemetryPayload<Payload>(payload: Payload): RedactedHealthPayload<Payload>;
export function redactHealthTelemetryPayload(payload: unknown): unknown {
  return new Walk().visit(payload, 0);
}

/** Type of a redacted payload: the same fields, of which any may have become text. */
export type RedactedHealthPayload<Payload> = unknown extends Payload
  ? Payload
  : Payload extends string | null | undefined
    ? Payload extends string
      ? string
      : Payload
    : Payload extends number | boolean | bigint | symbol | Date
      ? Payload | string
      : Payload extends readonly (infer Item)[]
        ? RedactedHealthPayload<Item>[] | string
        : Payload extends object
          ? { [Key in keyof Payload]: RedactedHealthPayload<Payload[Key]> }
          : Payload;

/** One copy in the making. */
class Walk {
  readonly #done = new Map<object, unknown>();
  #left = MAX_VALUES;

  visit(input: unknown, depth: number): unknown {
    this.#left -= 1;
    if (this.#left < 0) return TRUNCATED;
    switch (typeof input) {
      case 'string':
        return this.#visitText(input, depth);
      case 'symbol':
        return redactText(String(input));
      case 'bigint':
        return redactText(String(input));
      case 'function':
        return '[function]';
      case 'object':
        return input === null ? null : this.#visitObject(input, depth);
      default:
        return input;
    }
  }

  /** Text may be JSON, in which fields have names; what only looks like it is masked, since nobody knows its fields. */
  #visitText(input: string, depth: number): unknown {
    if (input.length > MAX_TEXT) return TRUNCATED;
    if (!/^\s*(?:[[{]|"(?:[[{]|\\"))/.test(input)) return redactText(input);
    let parsed: unknown;
    try {
      parsed = JSON.parse(input);
    } catch {
      return /^\s*\[[\w\s-]{1,40}\]/.test(input) ? redactText(input) : REDACTED;
    }
    return depth >= MAX_DEPTH ? TRUNCATED : JSON.stringify(this.visit(parsed, depth + 1));
  }

  #visitObject(input: object, depth: number): unknown {
    // An object that stands in several places is copied once; one that is still being copied stands inside itself.
    if (this.#done.has(input)) return this.#done.get(input);
    if (depth >= MAX_DEPTH) return TRUNCATED;
    this.#done.set(input, CIRCULAR);
    let output: unknown;
    try {
      output = this.#copy(input, depth + 1);
    } catch {
      // A proxy or `toJSON` threw. What it threw is not ours to show.
      output = UNREADABLE;
    }
    this.#done.set(input, output);
    return output;
  }

  #copy(input: object, depth: number): unknown {
    if (Array.isArray(input)) return this.#copyList(input, depth);
    if (input instanceof Date) return new Date(input.getTime());
    if (input instanceof Error) return describeError(input);
    if (input instanceof Map) return this.#copyMap(input, depth);
    if (input instanceof Set) return new Set(this.#copyList([...input], depth));
    if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) return `[${input.byteLength} bytes]`;
    if (input instanceof URL) return redactText(input.href);
    if (input instanceof URLSearchParams || input instanceof Headers) return this.#copyEntries([...input], depth);
    const boxed = unbox(input);
    if (boxed !== undefined) return this.visit(boxed, depth);
    const toJson: unknown = Reflect.get(input, 'toJSON');
    if (typeof toJson === 'function') return this.visit(Reflect.apply(toJson, input, []), depth);
    return this.#copyFields(input, depth);
  }

  /** A text that names a field of a person masks what comes after it: `['email', 'ada@…']`, or a flat list of pairs. */
  #copyList(input: readonly unknown[], depth: number): unknown[] {
    const output: unknown[] = [];
    for (let index = 0; index < input.length; index += 1) {
      if (this.#left <= 0) {
        output.push(TRUNCATED);
        break;
      }
      const before = index === 0 ? undefined : input[index - 1];
      output.push(this.#visitField(typeof before === 'string' ? before : '', input[index], depth));
    }
    return output;
  }

  #copyMap(input: ReadonlyMap<unknown, unknown>, depth: number): Map<unknown, unknown> {
    const output = new Map<unknown, unknown>();
    for (const [key, value] of input) {
      if (this.#left < 0) break;
      const name = typeof key === 'string' ? key : '';
      const shown = this.visit(key, depth);
      output.set(
        typeof shown === 'string' ? freeName(shown, (taken) => output.has(taken)) : shown,
        this.#visitField(name, value, depth),
      );
    }
    return output;
  }

  #copyFields(input: object, depth: number): Record<string, unknown> {
    const entries = Object.keys(input).map((name): [string, unknown] => {
      try {
        // Read once: a getter may answer otherwise the second time.
        return [name, Reflect.get(input, name)];
      } catch {
        return [name, UNREADABLE];
      }
    });
    return this.#copyEntries(entries, depth);
  }

  #copyEntries(entries: readonly (readonly [string, unknown])[], depth: number): Record<string, unknown> {
    const named = entries.find(([name, value]) => NAMING.has(name.toLowerCase()) && isPiiName(value));
    const output: Record<string, unknown> = {};
    for (const [name, value] of entries) {
      if (this.#left < 0) break;
      const isNamed = named !== undefined && HOLDING.has(name.toLowerCase());
      const shown = isNamed ? mask(value) : this.#visitField(name, value, depth);
      const key = freeName(redactText(name), (taken) => Object.hasOwn(output, taken));
      // Plain assignment of `__proto__` would change the prototype instead.
      Object.defineProperty(output, key, { value: shown, enumerable: true, configurable: true, writable: true });
    }
    return output;
  }

  #visitField(name: string, value: unknown, depth: number): unknown {
    if (SHARED_NAMES.get(name)?.has(value) === true) return value;
    return isPiiName(name) ? mask(value) : this.visit(value, depth);
  }
}

/** Absence tells nothing and is worth seeing; everything else goes, flags and objects too. */
function mask(value: unknown): unknown {
  return value === null || value === undefined ? value : REDACTED;
}

function isPiiName(name: unknown): boolean {
  return typeof name === 'string' && name !== '' && isHealthPiiField(name);
}

/** What kind of error it was. Its message and fields may quote anything. */
function describeError(error: Error): { error: string; code?: string } {
  const code: unknown = Reflect.get(error, 'code');
  const isWord = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z][\w.-]{0,63}$/.test(value);
  return { error: isWord(error.name) ? error.name : 'Error', ...(isWord(code) ? { code } : {}) };
}

function unbox(input: object): unknown {
  return /^\[object (?:String|Number|Boolean|BigInt)\]$/.test(Object.prototype.toString.call(input))
    ? input.valueOf()
    : undefined;
}

/** Two names that became equal stay two. */
function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name;
  for (let count = 2; isTaken(free); count += 1) free = `${name} (${count})`;
  return free;
}

import type { SecretValue } from '../secret-provider.ts';

/** What goes into a secret value. */
export interface SecretValueParts {
  /** Taken over as it is: do not change it afterwards. Many values may be made from the same bytes. */
  readonly data: Uint8Array;
  /** Concrete version that was read. */
  readonly version?: string;
  /** Printed as it is, so never a place for secrets. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** A `Date` or epoch milliseconds. */
  readonly retrievedAt: Date | number;
}

const REDACTED = '[redacted]';

/** Node's hook for `util.inspect` and `console.log`, named here so that no Node import is needed. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * A secret value that no implicit way out shows: JSON, `util.inspect`, `console.log`, string coercion, enumeration and
 * `structuredClone` leave the bytes out. For that reason `{ ...value }` has no `data`; make a new value instead.
 *
 * `data` and `retrievedAt` are copied at their first use, so that values made from shared bytes share no mutable state
 * and a value that is never read costs no copy.
 */
export function createSecretValue(parts: SecretValueParts): SecretValue {
  return new OpaqueSecretValue(parts);
}

/** Another value with the same content, which shares nothing that can be changed with the first. */
export function copySecretValue(value: SecretValue): SecretValue {
  if (value instanceof OpaqueSecretValue) return value.copy();
  // Every part by name, because a value need not own them as enumerable properties.
  const { data, version, metadata, retrievedAt } = value;
  return new OpaqueSecretValue({ data: data.slice(), version, metadata, retrievedAt });
}

/** The parts with absence spelled out, so that a copy needs no new record. */
interface KnownParts {
  readonly data: Uint8Array;
  readonly version?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly retrievedAt: Date | number;
}

class OpaqueSecretValue implements SecretValue {
  /** Declared only: a value without a version has no such property. */
  declare readonly version?: string;
  declare readonly metadata?: Readonly<Record<string, string>>;
  readonly #source: Uint8Array;
  readonly #retrievedAtMs: number;
  #data: Uint8Array | undefined;
  #retrievedAt: Date | undefined;

  constructor(parts: KnownParts | OpaqueSecretValue) {
    // Copying is on the path of every cached read, so it takes the private parts as they are.
    const isCopy = parts instanceof OpaqueSecretValue;
    const { version, metadata } = parts;
    this.#source = isCopy ? parts.#source : parts.data;
    this.#retrievedAtMs = isCopy ? parts.#retrievedAtMs : Number(parts.retrievedAt);
    if (version !== undefined) this.version = version;
    if (metadata !== undefined) {
      this.metadata = isCopy || Object.isFrozen(metadata) ? metadata : Object.freeze({ ...metadata });
    }
  }

  get data(): Uint8Array {
    this.#data ??= new Uint8Array(this.#source);
    return this.#data;
  }

  get retrievedAt(): Date {
    this.#retrievedAt ??= new Date(this.#retrievedAtMs);
    return this.#retrievedAt;
  }

  copy(): SecretValue {
    return new OpaqueSecretValue(this);
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): Record<string, unknown> {
    return { data: REDACTED, ...toPrintable(this), retrievedAt: new Date(this.#retrievedAtMs) };
  }

  [INSPECT](_depth: number, options: unknown, inspect?: (value: unknown, options: unknown) => string): unknown {
    return inspect === undefined ? this.toJSON() : `SecretValue ${inspect(this.toJSON(), options)}`;
  }
}

function toPrintable({ version, metadata }: SecretValue): Pick<SecretValue, 'version' | 'metadata'> {
  return { ...(version === undefined ? {} : { version }), ...(metadata === undefined ? {} : { metadata }) };
}

const REDACTED = '[redacted]';

/** Node's hook for `util.inspect` and `console.log`, named here so that no Node import is needed. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/**
 * Holds a value that must not be printed. Every implicit way out (string and number coercion, JSON, inspection,
 * structured clone) gives `[redacted]` or throws; only `reveal()` gives the value.
 */
export class Secret<Value = string> {
  readonly #value: Value;
  /** Makes `structuredClone` refuse the object: a function cannot be cloned. */
  readonly clone: () => never = refuseClone;

  constructor(value: Value) {
    this.#value = value;
  }

  /** The value. The only way to it. */
  reveal(): Value {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [INSPECT](): string {
    return REDACTED;
  }
}

function refuseClone(): never {
  throw new TypeError('A Secret cannot be cloned; reveal it where it is used');
}

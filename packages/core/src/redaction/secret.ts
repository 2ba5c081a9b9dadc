import { MortiseError } from '../errors/mortise-error.ts';
import { REDACTED } from './text-ranges.ts';

/** Node's hook for `util.inspect` and `console.log`, named here so that no Node import is needed. */
export const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Marks objects that hold secrets, whichever copy of the package made them. */
export const SECRET_MARKER = Symbol.for('@mortise/secret');

/**
 * Holds a value that must not be printed. Every implicit way out (string and number coercion, JSON, inspection,
 * structured clone) gives `[redacted]` or throws; only `reveal()` and `use()` give the value.
 */
export class Secret<Value = string> {
  readonly #value: Value;
  /** Makes `structuredClone` refuse the object: a function cannot be cloned. */
  readonly clone: () => never = refuseClone;

  constructor(value: Value) {
    this.#value = value;
  }

  /** The value. */
  reveal(): Value {
    return this.#value;
  }

  /** Hands the value to a function and returns what that returns, so that it need not be kept in a variable. */
  use<Result>(consumer: (value: Value) => Result): Result {
    return consumer(this.#value);
  }

  get [SECRET_MARKER](): true {
    return true;
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

/** Whether an object was made to hold secrets. */
export function isSecretHolder(value: object): boolean {
  return SECRET_MARKER in value;
}

function refuseClone(): never {
  throw new MortiseError({
    code: 'SECRET_NOT_CLONEABLE',
    message: 'A Secret cannot be cloned; reveal it where it is used',
  });
}

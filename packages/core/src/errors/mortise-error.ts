/** Whether trying again can help: never, after a short back-off, or after the longer wait a throttled service asks for. */
export type RetryAdvice = 'never' | 'transient' | 'throttled';

/** What every error of the library is made from. */
export interface MortiseErrorOptions<Code extends string> {
  /** Stable, machine-readable reason; part of the public contract. */
  readonly code: Code;
  /** One line: what failed, which thing, what to do next. Never a secret, a header or a body. */
  readonly message: string;
  /** Default `'never'`. */
  readonly retry?: RetryAdvice;
  /** Wait in milliseconds that the service asked for, when it is known. */
  readonly retryAfterMs?: number;
  /** The original error. Kept out of enumeration, so that printing or serialising never walks into it by accident. */
  readonly cause?: unknown;
}

/** Node's hook for `util.inspect`, named here so that no Node import is needed. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
const MARKER = Symbol.for('@mortise/error');

/**
 * Base of all errors thrown by the library. Its identity is a marker rather than a class, so that `MortiseError.is`
 * holds across duplicate installs of this package.
 */
export class MortiseError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly retry: RetryAdvice;
  declare readonly retryAfterMs?: number;

  constructor(options: MortiseErrorOptions<Code>) {
    super(options.message);
    this.code = options.code;
    this.retry = options.retry ?? 'never';
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    Object.defineProperty(this, 'name', { value: new.target.name, configurable: true, writable: true });
    Object.defineProperty(this, MARKER, { value: true });
    if ('cause' in options)
      Object.defineProperty(this, 'cause', { value: options.cause, configurable: true, writable: true });
  }

  /** Whether the same call may succeed later. Derived from `retry`; the call guard's default `shouldRetry` reads it. */
  get retryable(): boolean {
    return this.retry !== 'never';
  }

  /** True for every Mortise error, whichever copy of the package made it. */
  static is(value: unknown): value is MortiseError {
    return typeof value === 'object' && value !== null && MARKER in value;
  }

  /**
   * What `util.inspect` and `console.log` show: the stack and the error's own fields. The cause stays hidden, since
   * Node would print it whole, request headers of an HTTP client included; read `error.cause` to look at it.
   */
  [INSPECT](_depth: number, options: object, inspect?: (value: unknown, options: object) => string): string {
    const headline = this.stack ?? `${this.name}: ${this.message}`;
    const fields = inspect?.(Object.fromEntries(Object.entries(this)), options) ?? JSON.stringify(this);
    return `${headline} ${fields}`;
  }

  /** What is safe to serialise: name, code, message and retry advice; neither the cause nor the stack. */
  toJSON(): { name: string; code: Code; message: string; retryable: boolean; retryAfterMs?: number } {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    };
  }
}

/** What went wrong in a test's own equipment, never in the thing under test. */
export type TestingErrorCode =
  /** An argument that makes the check meaningless: a canary of three letters, a negative delay. */
  | 'INVALID_ARGUMENT'
  /** A planted secret came out. */
  | 'CANARY_FOUND'
  /** The awaited promise is pending and no timer is left that could settle it. */
  | 'CLOCK_STALLED'
  /** The clock was driven from two places at once, or more timers fired than were allowed. */
  | 'CLOCK_MISUSED'
  /** The server cannot do this in its present state. */
  | 'SERVER_STATE';

const MARKER = Symbol.for('@mortise/testing-error');

/** Thrown by this package. Not a `MortiseError`: the kit stands below core, so that core's own tests can use it. */
export class TestingError extends Error {
  readonly code: TestingErrorCode;

  constructor(code: TestingErrorCode, message: string) {
    super(message);
    this.code = code;
    Object.defineProperty(this, 'name', { value: 'TestingError', configurable: true, writable: true });
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `TestingError`, whichever copy of the package made it. */
  static is(value: unknown): value is TestingError {
    return typeof value === 'object' && value !== null && MARKER in value;
  }
}

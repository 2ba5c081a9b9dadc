import { MortiseError, type RetryAdvice } from '@mortise/core';

/** What went wrong with a sync. */
export type DeltaErrorCode =
  /** The lease ran out, or another worker has it: nothing of this worker is written any more. */
  | 'LEASE_LOST'
  /** The source's progress is not what it was when it was read: somebody else wrote, or an operator did. */
  | 'CONFLICT'
  /** A page or an envelope is not what a provider's adapter may give. `field` names the part. */
  | 'INVALID_PAGE'
  | 'INVALID_OPTIONS'
  /** Cursors were compared that cannot be: of another scheme, or not of the declared kind. */
  | 'NOT_COMPARABLE';

export interface DeltaErrorOptions {
  readonly code: DeltaErrorCode;
  readonly message: string;
  readonly field?: string;
  readonly cause?: unknown;
}

const RETRY: Partial<Record<DeltaErrorCode, RetryAdvice>> = { LEASE_LOST: 'transient', CONFLICT: 'transient' };

const MARKER = Symbol.for('@mortise/delta-error');

/** A failure of delta sync. Payloads of records are never part of it. */
export class DeltaError extends MortiseError<DeltaErrorCode> {
  /** Which part of a page, an envelope or the options. */
  declare readonly field?: string;

  constructor({ field, ...options }: DeltaErrorOptions) {
    super({ ...options, retry: RETRY[options.code] ?? 'never' });
    if (field !== undefined) this.field = field;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `DeltaError`, whichever copy of the package made it. */
  static override is(value: unknown): value is DeltaError {
    return MortiseError.is(value) && MARKER in value;
  }

  override toJSON(): ReturnType<MortiseError<DeltaErrorCode>['toJSON']> & { field?: string } {
    return { ...super.toJSON(), ...(this.field === undefined ? {} : { field: this.field }) };
  }
}

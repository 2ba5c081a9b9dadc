import { MortiseError, type MortiseErrorOptions } from '../errors/mortise-error.ts';
import type { SchemaProblem } from '../schema/validation.ts';

export type OperationErrorCode =
  /** No operation of this key and version is registered. */
  | 'OPERATION_NOT_FOUND'
  /** The operation has no handler. */
  | 'OPERATION_NOT_BOUND'
  | 'OPERATION_ALREADY_BOUND'
  | 'INVALID_INPUT'
  /** The handler returned something else than the contract says. */
  | 'INVALID_OUTPUT'
  | 'TENANT_REQUIRED'
  | 'TENANT_MISMATCH'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  /** A person has to agree first. */
  | 'ESCALATION_REQUIRED'
  /** The contract asks for a policy decision and nobody could make it. */
  | 'POLICY_UNDECIDED'
  | 'ABORTED'
  /** The handler failed; `declaredCode` tells how, if the contract names it. */
  | 'OPERATION_FAILED'
  /** Two operations would have the same tool name or path. */
  | 'NAME_COLLISION';

export interface OperationErrorOptions extends MortiseErrorOptions<OperationErrorCode> {
  readonly operation: { readonly key: string; readonly version?: string };
  readonly problems?: readonly SchemaProblem[];
  readonly declaredCode?: string;
}

const MARKER = Symbol.for('@mortise/operation-error');

/** An operation that was refused or failed. */
export class OperationError extends MortiseError<OperationErrorCode> {
  /** Key of the operation, and its version as far as known. */
  readonly operation: { readonly key: string; readonly version?: string };
  /** What is wrong with the input or output; no entry holds a value. */
  declare readonly problems?: readonly SchemaProblem[];
  /** Code of one of the contract's `io.errors`. */
  declare readonly declaredCode?: string;

  constructor(options: OperationErrorOptions) {
    super(options);
    this.operation = options.operation;
    if (options.problems !== undefined) this.problems = options.problems;
    if (options.declaredCode !== undefined) this.declaredCode = options.declaredCode;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** What is safe to serialise. */
  override toJSON(): ReturnType<MortiseError<OperationErrorCode>['toJSON']> &
    Pick<OperationErrorOptions, 'operation' | 'problems' | 'declaredCode'> {
    return {
      ...super.toJSON(),
      operation: this.operation,
      ...(this.problems === undefined ? {} : { problems: this.problems }),
      ...(this.declaredCode === undefined ? {} : { declaredCode: this.declaredCode }),
    };
  }

  /** True for every `OperationError`, whichever copy of the package made it. */
  static override is(value: unknown): value is OperationError {
    return MortiseError.is(value) && MARKER in value;
  }
}

/** Why a binding was passed over or a slot stayed empty. */
export type ResolutionProblemCode =
  | 'DUPLICATE_SLOT'
  | 'UNKNOWN_SLOT_BINDING'
  | 'MISSING_INTEGRATION_CONNECTION'
  | 'FOREIGN_CONNECTION'
  | 'ENVIRONMENT_MISMATCH'
  | 'INTEGRATION_SPEC_NOT_FOUND'
  | 'CATEGORY_MISMATCH'
  | 'UNSUPPORTED_OWNERSHIP_MODE'
  | 'MODE_MISMATCH'
  | 'CAPABILITY_NOT_PROVIDED'
  | 'INVALID_CONNECTION'
  | 'MISSING_REQUIRED_SLOT';

/** One thing that kept a slot from being filled as declared. */
export interface ResolutionProblem {
  readonly code: ResolutionProblemCode;
  readonly slotId: string;
  /** Connection that the binding names, where the problem is about one. */
  readonly connectionId?: string;
  readonly message: string;
}

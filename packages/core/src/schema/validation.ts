/** One way in which a value does not fit its schema. Never holds the value. */
export interface SchemaProblem {
  /** JSON pointer (RFC 6901) to the offending place; empty for the value as a whole. */
  readonly path: string;
  /** What was expected there. */
  readonly message: string;
  /** JSON Schema keyword that failed, or the name of the rule. */
  readonly keyword: string;
}

/** Every problem at once, or the value with its type known. */
export type ValidationResult<Value> =
  | { readonly valid: true; readonly value: Value; readonly problems: readonly [] }
  | { readonly valid: false; readonly problems: readonly SchemaProblem[] };

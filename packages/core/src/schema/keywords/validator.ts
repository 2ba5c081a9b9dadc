import type { SchemaProblem } from '../validation.ts';

/** A problem and, when a constant did not fit, the ones that would have: they tell alternatives apart. */
export interface Finding extends SchemaProblem {
  readonly allowed?: readonly unknown[];
}

/** A schema, or one keyword of it, made ready for repeated use. */
export interface Validator {
  /** Whether a value fits. */
  check(value: unknown): boolean;
  /** Adds everything that keeps a value from fitting; adds something exactly when `check` is false. */
  list(value: unknown, path: string, findings: Finding[]): void;
}

export interface CompileContext {
  /** Makes a part of the schema ready. */
  compile(schema: unknown): Validator;
  /** The part that a reference within the schema leads to. */
  schemaAt(reference: string): unknown;
  /** Makes ready what a reference within the schema leads to, when it is first used. */
  resolve(reference: string): Validator;
}

/**
 * Makes a keyword ready. Undefined when its operand has a form that the keyword does not have; it then says nothing,
 * as in every implementation.
 */
export type KeywordMaker = (
  operand: unknown,
  schema: Readonly<Record<string, unknown>>,
  context: CompileContext,
) => Validator | undefined;

/** A keyword that either fits or does not, with one message. */
export function assertion(
  keyword: string,
  check: (value: unknown) => boolean,
  describe: (value: unknown) => string,
): Validator {
  return {
    check,
    list: (value, path, findings) => {
      if (!check(value)) findings.push({ path, keyword, message: describe(value) });
    },
  };
}

/** Several validators, all of which must be met. */
export function conjunction(validators: readonly Validator[]): Validator {
  const [only] = validators;
  if (validators.length === 1 && only !== undefined) return only;
  return {
    check: (value) => validators.every((validator) => validator.check(value)),
    list: (value, path, findings) => {
      for (const validator of validators) validator.list(value, path, findings);
    },
  };
}

/** What a validator has to say, apart from everything else. */
export function findingsOf(validator: Validator, value: unknown, path: string): Finding[] {
  const findings: Finding[] = [];
  validator.list(value, path, findings);
  return findings;
}

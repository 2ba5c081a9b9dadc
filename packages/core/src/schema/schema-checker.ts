import { compileSchema } from './compile-schema.ts';
import { findingsOf, type Validator } from './keywords/validator.ts';
import { isRecord } from './record.ts';
import { UnusableSchemaError } from './unusable-schema-error.ts';
import type { SchemaProblem } from './validation.ts';

/** A schema made ready for repeated use. Never throws. */
export interface SchemaChecker {
  /** Whether a value fits. */
  check(value: unknown): boolean;
  /** Everything that keeps a value from fitting; empty when it fits. */
  listProblems(value: unknown): SchemaProblem[];
}

/** Most problems that are listed: a person reads fewer, and a hostile value must not fill the memory. */
export const MAX_PROBLEMS = 1000;

/** What is thrown may quote the value, unless it is our own. */
function toProblem(thrown: unknown): SchemaProblem {
  const message =
    thrown instanceof UnusableSchemaError
      ? thrown.message
      : 'The schema cannot be evaluated; expected a JSON Schema (draft 2020-12)';
  return { path: '', keyword: 'schema', message };
}

const checkers = new WeakMap<object, SchemaChecker>();

/**
 * The checker of a schema, made once for each schema object. A schema that is none, or that cannot be evaluated, fits
 * nothing and says so; `true` fits everything, as in JSON Schema.
 */
export function schemaCheckerOf(schema: unknown): SchemaChecker {
  if (!isRecord(schema)) return createSchemaChecker(schema);
  let checker = checkers.get(schema);
  if (checker === undefined) {
    checker = createSchemaChecker(schema);
    checkers.set(schema, checker);
  }
  return checker;
}

/** The checker of a schema, made anew. */
export function createSchemaChecker(schema: unknown): SchemaChecker {
  let validate: Validator;
  try {
    validate = compileSchema(schema);
  } catch (thrown) {
    const problem = toProblem(thrown);
    return { check: () => false, listProblems: () => [problem] };
  }
  return {
    check: (value) => {
      try {
        return validate(value);
      } catch {
        return false;
      }
    },
    listProblems: (value) => {
      try {
        return validate(value) ? [] : toProblems(validate, value);
      } catch (thrown) {
        return [toProblem(thrown)];
      }
    },
  };
}

/** Each problem once: two parts of a schema may find the same fault. */
function toProblems(validate: Validator, value: unknown): SchemaProblem[] {
  const problems = new Map<string, SchemaProblem>();
  for (const { path, keyword, message } of findingsOf(validate, value, '').slice(0, MAX_PROBLEMS)) {
    problems.set(`${path}\n${keyword}\n${message}`, { path, keyword, message });
  }
  return [...problems.values()];
}

import { CheckContext, CheckSchema, ErrorContext, ErrorSchema, Stack } from 'typebox/schema';
import { condenseAlternatives } from './alternatives.ts';
import { appendPointer, valueAt } from './json-pointer.ts';
import { compileFastCheck } from './fast-check.ts';
import { describeFinding, type SchemaFinding } from './problem-text.ts';
import { isRecord, ownField } from './record.ts';
import type { SchemaProblem } from './validation.ts';

/** A schema made ready for repeated use. */
export interface SchemaChecker {
  /** Whether a value fits. */
  check(value: unknown): boolean;
  /** Everything that keeps a value from fitting; empty when it fits. */
  listProblems(value: unknown): SchemaProblem[];
}

/** Bounds the work on a hostile value; a person reads fewer. */
const MAX_FINDINGS = 500;

/** The checker's own context stops at eight findings, a setting shared by everyone who uses the same copy. */
class CompleteErrorContext extends ErrorContext {
  override AtCapacity(): boolean {
    return this.GetErrors().length >= MAX_FINDINGS;
  }
}

const checkers = new WeakMap<object, SchemaChecker>();

/**
 * The checker of a schema, made once for each schema object. A schema that is no object, or that cannot be evaluated,
 * fits nothing and says so; `true` fits everything, as in JSON Schema.
 */
export function schemaCheckerOf(schema: unknown): SchemaChecker {
  if (typeof schema === 'boolean') return makeChecker(schema);
  if (!isRecord(schema)) return UNUSABLE;
  let checker = checkers.get(schema);
  if (checker === undefined) {
    checker = makeChecker(schema);
    checkers.set(schema, checker);
  }
  return checker;
}

function makeChecker(schema: object | boolean): SchemaChecker {
  const stack = Stack({}, schema);
  const fastCheck = compileFastCheck(schema);
  const check = (value: unknown) => {
    if (fastCheck !== undefined) return fastCheck(value);
    try {
      return CheckSchema(stack, new CheckContext(), schema, value);
    } catch {
      return false;
    }
  };
  const listProblems = (value: unknown) => {
    if (check(value)) return [];
    const context = new CompleteErrorContext();
    try {
      ErrorSchema(stack, context, '#', '', schema, value);
    } catch {
      // What was thrown may quote the value.
      return [UNUSABLE_PROBLEM];
    }
    const problems = condenseAlternatives(context.GetErrors()).flatMap((finding) => toProblems(finding, schema, value));
    return problems.length > 0 ? withoutRepeats(problems) : [UNUSABLE_PROBLEM];
  };
  return { check, listProblems };
}

const UNUSABLE_PROBLEM: SchemaProblem = {
  path: '',
  keyword: 'schema',
  message: 'the schema cannot be evaluated; expected a JSON Schema (draft 2020-12)',
};

const UNUSABLE: SchemaChecker = { check: () => false, listProblems: () => [UNUSABLE_PROBLEM] };

function toProblems(finding: SchemaFinding, schema: object | boolean, root: unknown): SchemaProblem[] {
  const { instancePath, keyword } = finding;
  if (finding.keyword === 'required') {
    return finding.params.requiredProperties.map((name) => ({
      path: appendPointer(instancePath, name),
      keyword,
      message: `required field "${name}" is missing`,
    }));
  }
  if (finding.keyword === 'additionalProperties') return listUnknownFields(finding, schema);
  if (finding.keyword === 'unevaluatedProperties') {
    return finding.params.unevaluatedProperties.map((name) => ({
      path: appendPointer(instancePath, String(name)),
      keyword,
      message: `unknown field "${String(name)}"`,
    }));
  }
  // The field is reported by the keyword that forbids it.
  if (keyword === 'boolean' && finding.schemaPath.endsWith('/additionalProperties')) return [];
  return [{ path: instancePath, keyword, message: describeFinding(finding, root) }];
}

/** Extra fields, when none are allowed; a schema for extra fields reports on its own what is wrong in them. */
function listUnknownFields(
  finding: Extract<SchemaFinding, { keyword: 'additionalProperties' }>,
  root: object | boolean,
): SchemaProblem[] {
  const parent = valueAt(root, finding.schemaPath.slice(1));
  const known = Object.keys(ownField(parent, 'properties') ?? {});
  const hint = known.length > 0 && known.length <= 24 ? `; known fields: ${known.join(', ')}` : '';
  return ownField(parent, 'additionalProperties') === false || parent === undefined
    ? finding.params.additionalProperties.map((name) => ({
        path: appendPointer(finding.instancePath, name),
        keyword: finding.keyword,
        message: `unknown field "${name}"${hint}`,
      }))
    : [];
}

function withoutRepeats(problems: readonly SchemaProblem[]): SchemaProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, keyword, message }) => {
    const id = `${path}\n${keyword}\n${message}`;
    return !seen.has(id) && seen.add(id) !== undefined;
  });
}

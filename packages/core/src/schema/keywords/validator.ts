import { appendPointer } from '../json-pointer.ts';
import type { SchemaProblem } from '../validation.ts';

/** A problem and, when a constant did not fit, the ones that would have: they tell alternatives apart. */
export interface Finding extends SchemaProblem {
  readonly allowed?: readonly unknown[];
}

/** Takes down everything that keeps a value from fitting, and where in it. */
export class Trace {
  readonly path: string;
  readonly findings: Finding[];

  constructor(path: string, findings: Finding[]) {
    this.path = path;
    this.findings = findings;
  }

  /** For a part of the value. */
  at(step: string | number): Trace {
    return new Trace(appendPointer(this.path, step), this.findings);
  }

  /** Adds a finding; false, because the value does not fit. */
  add(keyword: string, message: string, allowed?: readonly unknown[]): false {
    const { path } = this;
    this.findings.push(allowed === undefined ? { path, keyword, message } : { path, keyword, message, allowed });
    return false;
  }
}

/**
 * A schema, or one keyword of it, made ready for repeated use: whether a value fits. With a trace, everything that keeps
 * it from fitting is added there; without one, the first fault decides.
 */
export type Validator = (value: unknown, trace?: Trace) => boolean;

export interface CompileContext {
  /** Makes a part of the schema ready. */
  compile(schema: unknown): Validator;
  /** The part that a reference within the schema leads to. */
  schemaAt(reference: string): unknown;
  /** Makes ready what a reference within the schema leads to, when it is first used. */
  resolve(reference: string): Validator;
}

/** One keyword of a schema. */
export interface Keyword {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly context: CompileContext;
}

/**
 * Makes a keyword ready. Undefined when its operand has a form that the keyword does not have; it then says nothing,
 * as in every implementation.
 */
export type KeywordMaker = (operand: unknown, keyword: Keyword) => Validator | undefined;

/** A keyword that either fits or does not, with one message. */
export function assertion(
  keyword: string,
  fits: (value: unknown) => boolean,
  describe: (value: unknown) => string,
): Validator {
  return (value, trace) => fits(value) || (trace?.add(keyword, describe(value)) ?? false);
}

/** A keyword that compares something about one kind of value with its operand, a number. */
export function bound<Value>(
  isKind: (value: unknown) => value is Value,
  fits: (value: Value, operand: number) => boolean,
  wording: readonly [before: string, after: string],
): KeywordMaker {
  return (operand, { name }) =>
    typeof operand === 'number'
      ? assertion(
          name,
          (value) => !isKind(value) || fits(value, operand),
          () => `expected ${wording.join(String(operand))}`,
        )
      : undefined;
}

/** Whether all parts pass; without a trace, none is tried after the first that does not. */
export function everyPart<Part>(
  parts: readonly Part[],
  trace: Trace | undefined,
  test: (part: Part, index: number) => boolean,
): boolean {
  let fits = true;
  let index = 0;
  for (const part of parts) {
    if (!test(part, index++)) {
      if (trace === undefined) return false;
      fits = false;
    }
  }
  return fits;
}

/** Several validators, all of which must be met. */
export function conjunction(validators: readonly Validator[]): Validator {
  const [only] = validators;
  if (validators.length === 1 && only !== undefined) return only;
  return (value, trace) => everyPart(validators, trace, (validate) => validate(value, trace));
}

/** What a validator has to say, apart from everything else. */
export function findingsOf(validate: Validator, value: unknown, path: string): Finding[] {
  const findings: Finding[] = [];
  validate(value, new Trace(path, findings));
  return findings;
}

import { IntegrationError } from '@mortise/core';

export type VectorFilterScalar = string | number | boolean | null;

/**
 * Comparisons of one field. Numbers compare with numbers and texts with texts; across types nothing holds but `$ne` and `$nin`. On a
 * list, a comparison holds where it holds for an item, and `$ne` and `$nin` where it holds for none.
 */
export interface VectorFieldCondition {
  readonly $eq?: VectorFilterScalar;
  /** Also for a field that is not there. */
  readonly $ne?: VectorFilterScalar;
  readonly $gt?: number | string;
  readonly $gte?: number | string;
  readonly $lt?: number | string;
  readonly $lte?: number | string;
  readonly $in?: readonly VectorFilterScalar[];
  /** Also for a field that is not there. */
  readonly $nin?: readonly VectorFilterScalar[];
  /** Whether the field is there, `null` included. */
  readonly $exists?: boolean;
  /** A text that the field's text holds, with regard to case, or an item of the field's list. */
  readonly $contains?: string | number | boolean;
}

/**
 * Which documents, by their payload; everything must hold. A key is a field's name, or a path of names with dots (a field whose own
 * name has the dots comes first). A plain value means equality. What only one store can do goes into `providerOptions`.
 */
export interface VectorFilter {
  readonly $and?: readonly VectorFilter[];
  readonly $or?: readonly VectorFilter[];
  readonly $not?: VectorFilter;
  readonly [field: string]:
    | VectorFilterScalar
    | VectorFieldCondition
    | VectorFilter
    | readonly VectorFilter[]
    | undefined;
}

const OPERATORS = new Set(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin', '$exists', '$contains']);
const MAX_DEPTH = 32;

/** One comparison, checked: what adapters translate. */
export interface FieldTest {
  readonly kind: 'field';
  readonly field: string;
  readonly operator: keyof VectorFieldCondition;
  readonly operand: VectorFilterScalar | readonly VectorFilterScalar[];
}

/** A filter in a form that is easy to walk. `and` of nothing holds for everything, `or` of nothing for nothing. */
export type FilterNode =
  | FieldTest
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode };

/**
 * Takes a filter apart and checks it.
 *
 * @param filter As a caller gave it, whatever its type says.
 * @throws {IntegrationError} `invalid_request` for an unknown operator, an operand that does not fit, or too deep a nesting.
 */
export function parseVectorFilter(filter: unknown): FilterNode {
  return parse(filter, 'filter', 0);
}

function parse(filter: unknown, path: string, depth: number): FilterNode {
  if (depth > MAX_DEPTH) throw refusal(path, `is nested deeper than ${MAX_DEPTH} levels`);
  if (!isRecord(filter)) throw refusal(path, 'expected an object');
  const nodes: FilterNode[] = [];
  for (const [key, value] of Object.entries(filter)) {
    const at = `${path}.${key}`;
    if (value === undefined) continue;
    if (key === '$and' || key === '$or') {
      if (!Array.isArray(value)) throw refusal(at, 'expected a list of filters');
      const parts = value.map((part: unknown, index) => parse(part, `${at}[${index}]`, depth + 1));
      nodes.push({ kind: key === '$and' ? 'and' : 'or', nodes: parts });
    } else if (key === '$not') nodes.push({ kind: 'not', node: parse(value, at, depth + 1) });
    else if (key.startsWith('$')) throw refusal(at, 'there is no such operator');
    else nodes.push(...parseField(key, value, at));
  }
  return { kind: 'and', nodes };
}

function parseField(field: string, value: unknown, path: string): FilterNode[] {
  if (isScalar(value)) return [{ kind: 'field', field, operator: '$eq', operand: value }];
  if (!isRecord(value) || Object.keys(value).length === 0) throw refusal(path, 'expected a value or operators');
  return Object.entries(value).flatMap(([operator, operand]): FieldTest[] => {
    if (operand === undefined) return [];
    if (!isOperator(operator)) throw refusal(`${path}.${operator}`, 'there is no such operator');
    return [{ kind: 'field', field, operator, operand: checkOperand(operator, operand, `${path}.${operator}`) }];
  });
}

function checkOperand(
  operator: keyof VectorFieldCondition,
  operand: unknown,
  path: string,
): VectorFilterScalar | readonly VectorFilterScalar[] {
  if (operator === '$in' || operator === '$nin') {
    if (Array.isArray(operand) && operand.every(isScalar)) return operand;
    throw refusal(path, 'expected a list of values');
  }
  if (!isScalar(operand)) throw refusal(path, 'expected a value');
  const type = operand === null ? 'null' : typeof operand;
  const fits =
    operator === '$exists'
      ? type === 'boolean'
      : operator === '$contains'
        ? type !== 'null'
        : operator === '$eq' || operator === '$ne' || type === 'number' || type === 'string';
  if (!fits) throw refusal(path, `a ${type} does not fit`);
  return operand;
}

function isOperator(text: string): text is Extract<keyof VectorFieldCondition, string> {
  return OPERATORS.has(text);
}

function isScalar(value: unknown): value is VectorFilterScalar {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(path: string, what: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field: path, message: `${path}: ${what}` });
}

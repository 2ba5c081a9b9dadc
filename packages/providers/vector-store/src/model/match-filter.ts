import { type FieldTest, type FilterNode, parseVectorFilter, type VectorFilterScalar } from './filter.ts';

type Payload = Readonly<Record<string, unknown>>;

/**
 * Whether a payload fulfils a filter: the reference that every store is held to.
 *
 * @throws {IntegrationError} `invalid_request` for a filter that is none.
 */
export function matchesVectorFilter(payload: Payload | undefined, filter: unknown): boolean {
  return matchesNode(payload ?? {}, parseVectorFilter(filter));
}

/** As `matchesVectorFilter`, for a filter that was taken apart before. */
export function matchesNode(payload: Payload, node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((part) => matchesNode(payload, part));
    case 'or':
      return node.nodes.some((part) => matchesNode(payload, part));
    case 'not':
      return !matchesNode(payload, node.node);
    default:
      return matchesField(payload, node);
  }
}

function matchesField(payload: Payload, { field, operator, operand }: FieldTest): boolean {
  const { isThere, value } = lookUp(payload, field);
  switch (operator) {
    case '$exists':
      return isThere === operand;
    case '$ne':
      return !holdsForAny(value, (item) => item === operand);
    case '$nin':
      return !holdsForAny(value, (item) => isOneOf(item, operand));
    case '$in':
      return isThere && holdsForAny(value, (item) => isOneOf(item, operand));
    case '$contains':
      if (Array.isArray(value)) return value.some((item: unknown) => item === operand);
      return typeof value === 'string' && typeof operand === 'string' && value.includes(operand);
    case '$eq':
      return isThere && holdsForAny(value, (item) => item === operand);
    default:
      return isThere && holdsForAny(value, (item) => compares(item, operator, operand));
  }
}

function holdsForAny(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) ? value.some(test) : test(value);
}

function isOneOf(value: unknown, operand: VectorFilterScalar | readonly VectorFilterScalar[]): boolean {
  return Array.isArray(operand) && operand.some((one: unknown) => one === value);
}

function compares(
  value: unknown,
  operator: '$gt' | '$gte' | '$lt' | '$lte',
  operand: VectorFilterScalar | readonly VectorFilterScalar[],
): boolean {
  const order =
    typeof value === 'number' && typeof operand === 'number'
      ? value - operand
      : typeof value === 'string' && typeof operand === 'string'
        ? Number(value > operand) - Number(value < operand)
        : Number.NaN;
  if (operator === '$gt') return order > 0;
  if (operator === '$gte') return order >= 0;
  return operator === '$lt' ? order < 0 : order <= 0;
}

/** The field of this name, or what stands at this path of names. Own members alone. */
function lookUp(payload: unknown, field: string): { readonly isThere: boolean; readonly value: unknown } {
  if (typeof payload !== 'object' || payload === null) return ABSENT;
  if (Object.hasOwn(payload, field)) {
    const value: unknown = Reflect.get(payload, field);
    return value === undefined ? ABSENT : { isThere: true, value };
  }
  const dot = field.indexOf('.');
  if (dot === -1 || !Object.hasOwn(payload, field.slice(0, dot))) return ABSENT;
  return lookUp(Reflect.get(payload, field.slice(0, dot)), field.slice(dot + 1));
}

const ABSENT = { isThere: false, value: undefined } as const;

import { IntegrationError } from '@mortise/core';

export type AnalyticsPropertyValue = string | number | boolean | null;

/**
 * How a property is compared. `contains` is for text, without regard to case. Numbers compare with numbers and texts with
 * texts; a comparison across types does not hold, nor does any but `neq` and `exists` for a property that is not there.
 */
export type AnalyticsPropertyCondition =
  | { readonly op: 'eq' | 'neq'; readonly value: AnalyticsPropertyValue }
  | { readonly op: 'in' | 'nin'; readonly value: readonly AnalyticsPropertyValue[] }
  | { readonly op: 'gt' | 'gte' | 'lt' | 'lte'; readonly value: string | number }
  | { readonly op: 'contains'; readonly value: string }
  | { readonly op: 'exists'; readonly value: boolean };

/** Conditions by property, all of which must hold. A plain value means equality. */
export type AnalyticsPropertyFilter = Readonly<Record<string, AnalyticsPropertyValue | AnalyticsPropertyCondition>>;

/**
 * Whether properties fulfil a filter: the reference for adapters and their tests.
 *
 * @throws {IntegrationError} `invalid_request` for an operator that does not exist.
 */
export function matchesPropertyFilter(
  properties: Readonly<Record<string, unknown>>,
  filter: AnalyticsPropertyFilter,
): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return holds(value, typeof wanted === 'object' && wanted !== null ? wanted : { op: 'eq', value: wanted });
  });
}

function holds(value: unknown, condition: AnalyticsPropertyCondition): boolean {
  switch (condition.op) {
    case 'eq':
      return value === condition.value;
    case 'neq':
      return value !== condition.value;
    case 'in':
      return condition.value.some((one) => one === value);
    case 'nin':
      return value !== undefined && !condition.value.some((one) => one === value);
    case 'contains':
      return typeof value === 'string' && value.toLowerCase().includes(condition.value.toLowerCase());
    case 'exists':
      return (value !== undefined) === condition.value;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return compares(value, condition.op, condition.value);
    default:
      throw unknownOperator(condition);
  }
}

function compares(value: unknown, op: 'gt' | 'gte' | 'lt' | 'lte', bound: string | number): boolean {
  if (typeof value === 'number' && typeof bound === 'number') return order(op, value < bound, value > bound);
  if (typeof value === 'string' && typeof bound === 'string') return order(op, value < bound, value > bound);
  return false;
}

function order(op: 'gt' | 'gte' | 'lt' | 'lte', isLess: boolean, isMore: boolean): boolean {
  if (op === 'gt') return isMore;
  if (op === 'lt') return isLess;
  return op === 'gte' ? !isLess : !isMore;
}

function unknownOperator(condition: never): IntegrationError {
  const op: unknown = Reflect.get(Object(condition), 'op');
  return new IntegrationError({
    code: 'invalid_request',
    field: 'properties',
    message: `properties: there is no operator ${JSON.stringify(op) ?? 'undefined'}`,
  });
}

import type { PaginationContract } from '@mortise/core';
import { misconfigured } from '../errors/integration-request-error.ts';
import type { IntegrationRequest } from '../request/integration-request.ts';
import { firstValueAt, valuesAt } from '../response/body-values.ts';
import { readValue, type ResponseFacts } from '../response/response-facts.ts';
import { findLink } from './link-header.ts';

/** Which page is asked for. */
export interface PagePosition {
  /** From the page before; absent for the first. */
  readonly cursor: string | undefined;
  /** Items that a page may have, capped at what the spec allows. Absent: the provider's own number. */
  readonly pageSize: number | undefined;
}

/** The request for one page. For `link` and `next-url` the cursor is the rest of its address and `request` stays as it is. */
export function requestForPage(
  request: IntegrationRequest,
  contract: PaginationContract,
  { cursor, pageSize }: PagePosition,
): IntegrationRequest {
  const size =
    contract.sizeParam === undefined || pageSize === undefined
      ? {}
      : { [contract.sizeParam]: Math.min(pageSize, contract.maxSize ?? Number.POSITIVE_INFINITY) };
  if (contract.style === 'link' || contract.style === 'next-url') return withParameters(request, size, false);
  if (contract.style === 'page') {
    return withParameters(request, { ...size, [contract.param]: cursor ?? contract.first ?? 1 }, false);
  }
  const position = cursor === undefined ? {} : { [contract.param]: cursor };
  return withParameters(request, { ...size, ...position }, contract.style === 'cursor' && contract.in === 'body');
}

function withParameters(
  request: IntegrationRequest,
  parameters: Readonly<Record<string, string | number>>,
  isInBody: boolean,
): IntegrationRequest {
  if (Object.keys(parameters).length === 0) return request;
  if (!isInBody) return { ...request, query: { ...request.query, ...parameters } };
  const { json = {} } = request;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw misconfigured('Pages by a cursor in the body need a JSON object as body', 'json');
  }
  return { ...request, json: { ...json, ...parameters } };
}

/** The items of a page; undefined where the body has no list at that place. A null counts as an empty list. */
export function itemsOf(contract: PaginationContract, body: unknown): readonly unknown[] | undefined {
  const [items] = valuesAt(body, contract.items);
  if (items === null) return [];
  return Array.isArray(items) ? items : undefined;
}

/** Position of the page after this one; undefined when this is the last. */
export function nextCursor(
  contract: PaginationContract,
  facts: ResponseFacts,
  items: readonly unknown[],
  cursor: string | undefined,
): string | undefined {
  const { body } = facts;
  if ('hasMore' in contract && contract.hasMore !== undefined && firstValueAt(body, contract.hasMore) === false) {
    return undefined;
  }
  switch (contract.style) {
    case 'cursor':
      return textOf(readValue(contract.cursor, facts));
    case 'last-item':
      return items.length === 0 ? undefined : textOf(firstValueAt(items.at(-1), contract.id));
    case 'page':
      return items.length === 0 ? undefined : String(numberOf(cursor, contract.first ?? 1) + 1);
    case 'offset':
      return items.length === 0 ? undefined : String(numberOf(cursor, 0) + items.length);
    case 'link':
      return findLink(facts.headers.get('link'), 'next');
    case 'next-url':
      return textOf(firstValueAt(body, contract.url));
    default:
      return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(cursor: string | undefined, first: number): number {
  if (cursor === undefined) return first;
  if (!/^\d{1,15}$/.test(cursor)) throw misconfigured('The cursor of a numbered page is a whole number', 'cursor');
  return Number(cursor);
}

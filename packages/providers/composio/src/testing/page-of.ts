import type { Page } from '@mortise/core';
import type { GatewayListQuery } from '../tool-gateway-provider.ts';
import { refusal } from './service-line.ts';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** One page of a list. The cursor names the last item of the page before. */
export function pageOf<Item>(
  items: readonly Item[],
  { cursor, pageSize = DEFAULT_PAGE_SIZE }: GatewayListQuery,
  idOf: (item: Item) => string,
): Page<Item> {
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw refusal(`pageSize: expected a whole number from 1, got ${pageSize}`, 'pageSize');
  }
  const start = cursor === undefined ? 0 : items.findIndex((item) => `after-${idOf(item)}` === cursor) + 1;
  if (cursor !== undefined && start === 0) throw refusal('cursor: this list did not give it out', 'cursor');
  const page = items.slice(start, start + Math.min(pageSize, MAX_PAGE_SIZE));
  const last = page.at(-1);
  const hasMore = start + page.length < items.length;
  return {
    items: page,
    hasMore,
    total: items.length,
    ...(hasMore && last !== undefined ? { nextCursor: `after-${idOf(last)}` } : {}),
  };
}

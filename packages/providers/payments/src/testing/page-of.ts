import type { Page } from '@mortise/core';
import { invalidInput } from './check-input.ts';

const DEFAULT_PAGE_SIZE = 100;

/**
 * A page of a list, newest first. The cursor is the id of the last item seen, so that what is inserted moves nothing.
 *
 * @param all Everything that exists, oldest first.
 * @throws {IntegrationError} `invalid_request`: no item has the cursor for its id.
 */
export function pageOf<Item extends { readonly id: string }>(
  all: readonly Item[],
  isWanted: (item: Item) => boolean,
  {
    cursor,
    pageSize = DEFAULT_PAGE_SIZE,
  }: { readonly cursor?: string | undefined; readonly pageSize?: number | undefined },
): Page<Item> {
  if (!Number.isSafeInteger(pageSize) || pageSize < 1)
    throw invalidInput('pageSize', 'expected a whole number above 0');
  const newestFirst = [...all].reverse();
  const place = cursor === undefined ? -1 : newestFirst.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && place < 0) throw invalidInput('cursor', 'expected the id of an item of this list');
  const rest = newestFirst.slice(place + 1).filter(isWanted);
  const items = rest.slice(0, pageSize);
  const last = items.at(-1);
  const hasMore = rest.length > items.length;
  return { items, hasMore, ...(hasMore && last !== undefined ? { nextCursor: last.id } : {}) };
}

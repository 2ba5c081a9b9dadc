import { type FetchPage, IntegrationError, iterate, type Page, type PagedItems } from '@mortise/core';

/** How far a list is read. */
export interface PaginateOptions {
  /** Ends the reading with code `aborted`, also while a page is under way. */
  readonly signal?: AbortSignal;
  /** Where to start, from the `nextCursor` of an earlier page. Absent: the first page. */
  readonly cursor?: string;
  /** Stops after so many items. Absent: all. */
  readonly maxItems?: number;
  /** Stops after so many pages. Absent: all, but an error after 10,000: such a list hardly ends. */
  readonly maxPages?: number;
}

const ENDLESS_PAGES = 10_000;

/**
 * Goes through a list, page by page, as items or pages are asked for. Each page is one call of `fetchPage`, so that each
 * can be guarded for itself. Can be gone through once.
 *
 * While reading, it throws what `fetchPage` throws, and {IntegrationError} `provider_error` where a provider repeats a
 * cursor or a whole page, or does not come to an end.
 */
export function paginate<Item>(fetchPage: FetchPage<Item>, options: PaginateOptions = {}): PagedItems<Item> {
  const { cursor: start, signal } = options;
  const source = iterate<Item>(
    (cursor, pageSignal) => fetchPage(cursor ?? start, pageSignal),
    signal === undefined ? {} : { signal },
  );
  const takePages = (): AsyncGenerator<Page<Item>, void> => limitPages(source, options);
  return {
    pages: () => ({ [Symbol.asyncIterator]: takePages }),
    [Symbol.asyncIterator]: () => flatten(takePages()),
  };
}

async function* limitPages<Item>(source: PagedItems<Item>, options: PaginateOptions): AsyncGenerator<Page<Item>, void> {
  const { maxItems = Number.POSITIVE_INFINITY, maxPages = Number.POSITIVE_INFINITY } = options;
  if (!(maxItems > 0) || !(maxPages > 0)) return;
  let count = 0;
  let number = 0;
  let previous: Page<Item> | undefined;
  for await (const page of source.pages()) {
    number += 1;
    if (number > ENDLESS_PAGES && options.maxPages === undefined) throw endless();
    if (previous !== undefined && isRepeated(page, previous)) throw repeated(number);
    const room = maxItems - count;
    count += page.items.length;
    yield page.items.length > room ? { ...page, items: page.items.slice(0, room) } : page;
    if (count >= maxItems || number >= maxPages) return;
    previous = page;
  }
}

async function* flatten<Item>(pages: AsyncGenerator<Page<Item>, void>): AsyncGenerator<Item, void> {
  for await (const page of pages) yield* page.items;
}

/** A provider that does not know the parameter for the page gives the first page for ever. */
function isRepeated(page: Page<unknown>, previous: Page<unknown>): boolean {
  const { items } = page;
  if (items.length === 0 || items.length !== previous.items.length || !page.hasMore) return false;
  return (
    isSame(items[0], previous.items[0]) &&
    isSame(items.at(-1), previous.items.at(-1)) &&
    JSON.stringify(items) === JSON.stringify(previous.items)
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function repeated(number: number): IntegrationError {
  return new IntegrationError({
    code: 'provider_error',
    message: `The provider gave the same page as page ${number - 1} and page ${number}; reading on would never end`,
  });
}

function endless(): IntegrationError {
  return new IntegrationError({
    code: 'provider_error',
    message: `The list has more than ${ENDLESS_PAGES} pages; set maxPages where that is right`,
  });
}

import { IntegrationError } from '../errors/integration-error.ts';
import { throwIfAborted, untilAborted } from './abort.ts';
import type { ResultMeta } from './call-options.ts';

/** One page of a list. */
export interface Page<Item> extends ResultMeta {
  readonly items: readonly Item[];
  /** Opaque position of the next page. Absent on the last one. */
  readonly nextCursor?: string;
  readonly hasMore: boolean;
  /** Number of items on all pages, where the provider tells it. */
  readonly total?: number;
}

/** What changed since a cursor was handed out. An expired cursor is error `cursor_expired`, never an empty answer. */
export interface Changes<Item> extends ResultMeta {
  readonly upserted: readonly Item[];
  readonly removed: readonly { readonly id: string; readonly deletedAt?: string }[];
  /** Where the next read starts, also when there is nothing more now. */
  readonly nextCursor: string;
  readonly hasMore: boolean;
}

/** Reads one page; the cursor is absent for the first. The signal aborts when the reader stops early. */
export type FetchPage<Item> = (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>;

export interface IterateOptions {
  /** Ends the reading with code `aborted`, also while a page is under way. */
  readonly signal?: AbortSignal;
}

/** The items of all pages in order, read as they are asked for. Can be gone through once, by item or by page. */
export interface PagedItems<Item> extends AsyncIterable<Item> {
  pages(): AsyncIterable<Page<Item>>;
}

/**
 * Goes through a list page by page. Leaving the loop early aborts the signal that `fetchPage` was given.
 *
 * While reading, it throws {IntegrationError}: `aborted`; `provider_error` when a cursor comes back a second time or a
 * page says that there is more without saying where; `invalid_request` on a second pass.
 */
export function iterate<Item>(fetchPage: FetchPage<Item>, options: IterateOptions = {}): PagedItems<Item> {
  let isTaken = false;
  const takePages = (): AsyncGenerator<Page<Item>, void> => {
    if (isTaken) {
      throw new IntegrationError({
        code: 'invalid_request',
        message: 'The pages were gone through already; call iterate() again for a second pass',
      });
    }
    isTaken = true;
    return readPages(fetchPage, options.signal);
  };
  return {
    pages: () => ({ [Symbol.asyncIterator]: takePages }),
    [Symbol.asyncIterator]: () => flatten(takePages()),
  };
}

async function* readPages<Item>(
  fetchPage: FetchPage<Item>,
  callerSignal: AbortSignal | undefined,
): AsyncGenerator<Page<Item>, void> {
  const stop = new AbortController();
  const signal = callerSignal === undefined ? stop.signal : AbortSignal.any([callerSignal, stop.signal]);
  const seen = new Set<string>();
  let cursor: string | undefined;
  try {
    do {
      throwIfAborted(callerSignal);
      const page = await untilAborted(fetchPage(cursor, signal), callerSignal);
      cursor = nextCursorOf(page, seen);
      yield page;
    } while (cursor !== undefined);
  } finally {
    stop.abort();
  }
}

async function* flatten<Item>(pages: AsyncGenerator<Page<Item>, void>): AsyncGenerator<Item, void> {
  for await (const page of pages) yield* page.items;
}

function nextCursorOf(page: Page<unknown>, seen: Set<string>): string | undefined {
  if (!page.hasMore) return undefined;
  const { nextCursor } = page;
  if (nextCursor === undefined || nextCursor === '') {
    throw new IntegrationError({
      code: 'provider_error',
      message: 'The page says that there is more but has no cursor for it',
    });
  }
  if (seen.has(nextCursor)) {
    throw new IntegrationError({
      code: 'provider_error',
      message: `The provider repeated a cursor after ${seen.size + 1} pages; reading on would never end`,
    });
  }
  seen.add(nextCursor);
  return nextCursor;
}

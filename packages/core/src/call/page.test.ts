import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { iterate, type FetchPage } from './page.ts';

/** Pages of the given sizes, whose cursors are their indexes. */
function pagesOf(sizes: readonly number[], log: string[] = []): FetchPage<string> {
  return async (cursor) => {
    log.push(cursor ?? 'first');
    const index = Number(cursor ?? 0);
    const items = Array.from({ length: sizes[index] ?? 0 }, (_, item) => `${index}.${item}`);
    return index + 1 < sizes.length
      ? { items, hasMore: true, nextCursor: String(index + 1) }
      : { items, hasMore: false };
  };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('iterate', () => {
  it('gives every item once and in order, whatever the page sizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }), async (sizes) => {
        const log: string[] = [];
        const expected = sizes.flatMap((size, page) => Array.from({ length: size }, (_, item) => `${page}.${item}`));
        expect(await collect(iterate(pagesOf(sizes, log)))).toEqual(expected);
        expect(log.length).toBe(sizes.length);
      }),
    );
  });

  it('gives whole pages, empty ones included', async () => {
    const pages = await collect(iterate(pagesOf([1, 0, 2])).pages());
    expect(pages.map((page) => page.items.length)).toEqual([1, 0, 2]);
  });

  it('reads a page only when its items are asked for', async () => {
    const log: string[] = [];
    const items = iterate(pagesOf([2, 2], log));
    expect(log).toEqual([]);
    for await (const item of items) if (item === '0.1') break;
    expect(log).toEqual(['first']);
  });

  it('aborts the signal of fetchPage when the loop is left early', async () => {
    let signal: AbortSignal | undefined;
    const items = iterate<string>(async (cursor, given) => {
      signal = given;
      return pagesOf([2, 2])(cursor, given);
    });
    for await (const item of items) if (item !== '') break;
    expect(signal?.aborted).toBe(true);
  });

  it('throws on a second pass instead of hanging', async () => {
    const items = iterate(pagesOf([1]));
    await collect(items);
    await expect(collect(items)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(collect(items.pages())).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it.each([
    ['a', 'a'],
    ['a', 'b', 'a'],
  ])('stops on a cursor that comes back: %j', async (...cursors) => {
    let reads = 0;
    const items = iterate(async () => {
      const nextCursor = cursors[reads % cursors.length] ?? 'a';
      reads += 1;
      if (reads > 10) throw new Error('still reading');
      return { items: [reads], hasMore: true, nextCursor };
    });
    await expect(collect(items)).rejects.toMatchObject({
      code: 'provider_error',
      message: expect.stringMatching(/repeated/),
    });
    expect(reads).toBe(cursors.length);
  });

  it('refuses a page that has more but does not say where', async () => {
    await expect(collect(iterate(async () => ({ items: [], hasMore: true })))).rejects.toMatchObject({
      code: 'provider_error',
    });
  });

  it('ignores the cursor of the last page', async () => {
    expect(await collect(iterate(async () => ({ items: [1], hasMore: false, nextCursor: 'later' })))).toEqual([1]);
  });

  it('reads nothing when the signal aborted beforehand', async () => {
    const log: string[] = [];
    const reason = new Error('gone');
    const items = iterate(pagesOf([1], log), { signal: AbortSignal.abort(reason) });
    await expect(collect(items)).rejects.toMatchObject({ code: 'aborted', cause: reason });
    expect(log).toEqual([]);
  });

  it('ends at once when the signal aborts under way, even if fetchPage does not listen', async () => {
    const controller = new AbortController();
    const items = iterate(() => new Promise<never>(() => {}), { signal: controller.signal });
    const result = collect(items);
    controller.abort();
    await expect(result).rejects.toMatchObject({ code: 'aborted' });
  });

  it('passes on what fetchPage throws', async () => {
    const failure = new Error('down');
    await expect(collect(iterate(async () => Promise.reject(failure)))).rejects.toBe(failure);
  });
});

import type { PaginationContract } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { recordingFetch, rejectionOf, type SeenRequest, specOf } from '../__fixtures__/example-api.ts';
import type { ClientCredentials } from '../client/client-options.ts';
import { createIntegrationClient } from '../client/create-integration-client.ts';
import type { PagesOptions } from '../client/integration-client.ts';

const credentials: ClientCredentials = { headers: {}, query: { key: 'secret-key' } };
type Answer = (url: URL, request: SeenRequest) => Response;

function listing(pagination: PaginationContract, answer: Answer) {
  const { fetch, seen } = recordingFetch((request) => answer(new URL(request.url), request));
  return { seen, client: createIntegrationClient(specOf({ transport: { pagination } }), { credentials, fetch }) };
}

async function itemsOf(pagination: PaginationContract, answer: Answer, options: PagesOptions<unknown> = {}) {
  const { client, seen } = listing(pagination, answer);
  const items: unknown[] = [];
  for await (const item of client.paginate({ path: '/items', query: { q: 'x' } }, options)) items.push(item);
  return { items, queries: seen.map(({ url }) => new URL(url).search) };
}

const ALL = ['a', 'b', 'c', 'd', 'e'];

describe('pages', () => {
  it('by a cursor in the body', async () => {
    const { items, queries } = await itemsOf(
      {
        style: 'cursor',
        items: '/data',
        param: 'after',
        cursor: { pointer: '/meta/next' },
        sizeParam: 'limit',
        maxSize: 2,
      },
      (url) => {
        const start = Number(url.searchParams.get('after') ?? 0);
        return Response.json({
          data: ALL.slice(start, start + 2),
          meta: { next: start + 2 < ALL.length ? start + 2 : null },
        });
      },
      { pageSize: 100 },
    );
    expect(items).toEqual(ALL);
    expect(queries).toEqual([
      '?q=x&limit=2&key=secret-key',
      '?q=x&limit=2&after=2&key=secret-key',
      '?q=x&limit=2&after=4&key=secret-key',
    ]);
  });

  it('by a cursor in a header that goes into the body', async () => {
    const { client, seen } = listing(
      { style: 'cursor', items: '', param: 'cursor', in: 'body', cursor: { header: 'x-next' } },
      (_url, { body }) => Response.json(['a'], { headers: String(body).includes('cursor') ? {} : { 'x-next': 'n1' } }),
    );
    const items: unknown[] = [];
    for await (const item of client.paginate({ path: '/search', json: { q: 1 } })) items.push(item);
    expect(items).toEqual(['a', 'a']);
    expect(seen.map(({ body }) => body)).toEqual(['{"q":1}', '{"q":1,"cursor":"n1"}']);
    expect(await rejectionOf(client.page({ json: [1] }, { cursor: 'n1' }))).toMatchObject({ reason: 'misconfigured' });
  });

  it('by the last item, until told that there is no more', async () => {
    const { items, queries } = await itemsOf(
      { style: 'last-item', items: '/data', param: 'starting_after', id: '/id', hasMore: '/has_more' },
      (url) => {
        const after = url.searchParams.get('starting_after');
        const start = after === null ? 0 : ALL.indexOf(after) + 1;
        return Response.json({
          data: ALL.slice(start, start + 3).map((id) => ({ id })),
          has_more: start + 3 < ALL.length,
        });
      },
    );
    expect(items).toEqual(ALL.map((id) => ({ id })));
    expect(queries).toEqual(['?q=x&key=secret-key', '?q=x&starting_after=c&key=secret-key']);
  });

  it('by number, until one is empty', async () => {
    const { items, queries } = await itemsOf({ style: 'page', items: '/rows', param: 'page', first: 0 }, (url) => {
      const page = Number(url.searchParams.get('page'));
      return Response.json({ rows: ALL.slice(page * 2, page * 2 + 2) });
    });
    expect(items).toEqual(ALL);
    expect(queries).toEqual(['0', '1', '2', '3'].map((page) => `?q=x&page=${page}&key=secret-key`));
  });

  it('by offset', async () => {
    const { items, queries } = await itemsOf(
      { style: 'offset', items: '/rows', param: 'skip', hasMore: '/more' },
      (url) => {
        const skip = Number(url.searchParams.get('skip') ?? 0);
        return Response.json({ rows: ALL.slice(skip, skip + 4), more: skip + 4 < ALL.length });
      },
    );
    expect(items).toEqual(ALL);
    expect(queries).toEqual(['?q=x&key=secret-key', '?q=x&skip=4&key=secret-key']);
  });

  it('by a Link header, relative or whole, with the credentials only once', async () => {
    const { items, queries } = await itemsOf({ style: 'link', items: '' }, (url) => {
      const page = Number(url.searchParams.get('p') ?? 1);
      const next = page === 1 ? '/v1/items?p=2&key=secret-key' : 'http://api.example.com/v1/items?p=3';
      return Response.json([page], page < 3 ? { headers: { link: `<${next}>; rel="next"` } } : {});
    });
    expect(items).toEqual([1, 2, 3]);
    expect(queries).toEqual(['?q=x&key=secret-key', '?p=2&key=secret-key', '?p=3&key=secret-key']);
  });

  it('by an address in the body', async () => {
    const { items } = await itemsOf({ style: 'next-url', items: '/value', url: '/@odata.nextLink' }, (url) =>
      Response.json(
        url.searchParams.has('$skip')
          ? { value: [2], '@odata.nextLink': null }
          : { value: [1], '@odata.nextLink': 'https://api.example.com/v1/items?$skip=1' },
      ),
    );
    expect(items).toEqual([1, 2]);
  });

  it.each(['https://evil.example.net/v1/items', 'https://api.example.com:8443/x', 'https://', '//evil.example.net/x'])(
    'do not go on to %s, where the credentials would follow',
    async (next) => {
      const error = await rejectionOf(
        itemsOf({ style: 'next-url', items: '/v', url: '/n' }, () => Response.json({ v: [1], n: next })),
      );
      expect(error).toMatchObject({ code: 'provider_error', reason: 'address-refused' });
    },
  );

  it('of a linked list are resumed by a path, never by an address', async () => {
    const { client, seen } = listing({ style: 'link', items: '' }, () => Response.json([1]));
    await client.page({ path: '/items' }, { cursor: '/v1/items?p=7' });
    expect(seen[0]?.url).toBe('https://api.example.com/v1/items?p=7&key=secret-key');
    for (const cursor of ['https://evil.example.net/', '//evil.example.net/', 'x', '/a b', '/\\evil']) {
      expect(await rejectionOf(client.page({ path: '/items' }, { cursor }))).toMatchObject({ field: 'cursor' });
    }
    expect(seen).toHaveLength(1);
  });

  it('stop when a cursor or a whole page is repeated', async () => {
    const sameCursor = itemsOf({ style: 'cursor', items: '/d', param: 'c', cursor: { pointer: '/n' } }, () =>
      Response.json({ d: [1], n: 'again' }),
    );
    expect(await rejectionOf(sameCursor)).toMatchObject({
      code: 'provider_error',
      message: expect.stringContaining('repeated a cursor'),
    });
    const samePage = itemsOf({ style: 'page', items: '', param: 'p' }, () => Response.json([{ id: 1 }, { id: 2 }]));
    expect(await rejectionOf(samePage)).toMatchObject({
      code: 'provider_error',
      message: expect.stringContaining('same page'),
    });
  });

  it('end where the caller has enough, without asking for more', async () => {
    const byNumber: PaginationContract = { style: 'page', items: '', param: 'p' };
    const answer: Answer = (url) => {
      const page = Number(url.searchParams.get('p'));
      return Response.json([page * 2 - 1, page * 2]);
    };
    expect(await itemsOf(byNumber, answer, { maxItems: 3 })).toMatchObject({
      items: [1, 2, 3],
      queries: { length: 2 },
    });
    expect(await itemsOf(byNumber, answer, { maxItems: 4 })).toMatchObject({
      items: [1, 2, 3, 4],
      queries: { length: 2 },
    });
    expect(await itemsOf(byNumber, answer, { maxPages: 3 })).toMatchObject({ queries: { length: 3 } });
    expect(await itemsOf(byNumber, answer, { maxItems: 0 })).toMatchObject({ items: [], queries: { length: 0 } });
    expect(await itemsOf(byNumber, answer, { cursor: '5', maxPages: 1 })).toMatchObject({ items: [9, 10] });
  });

  it('are an error when they never end', async () => {
    const endless = itemsOf({ style: 'page', items: '', param: 'p' }, (url) =>
      Response.json([url.searchParams.get('p')]),
    );
    expect(await rejectionOf(endless)).toMatchObject({
      code: 'provider_error',
      message: expect.stringContaining('10000 pages'),
    });
  });

  it('are read as they are asked for, each through the hook, and not after the loop was left', async () => {
    const { client, seen } = listing({ style: 'page', items: '', param: 'p' }, (url) =>
      Response.json([url.searchParams.get('p')]),
    );
    const cursors: (string | undefined)[] = [];
    const pages = client
      .paginate(
        { path: '/items' },
        {
          through: (readPage, cursor) => {
            cursors.push(cursor);
            return readPage();
          },
        },
      )
      .pages();
    expect(seen).toHaveLength(0);
    for await (const page of pages) {
      expect(page).toMatchObject({ items: [String(seen.length)], hasMore: true, nextCursor: String(seen.length + 1) });
      if (seen.length === 3) break;
    }
    expect(cursors).toEqual([undefined, '2', '3']);
  });

  it('go through the function that knows their items', async () => {
    const { client } = listing({ style: 'offset', items: '/d', param: 'o' }, () => Response.json({ d: ['1', 'x'] }));
    const toNumber = (item: unknown): number => {
      const number = Number(item);
      if (Number.isNaN(number)) throw new TypeError('no number');
      return number;
    };
    expect(await rejectionOf(client.page({}, {}, toNumber))).toMatchObject({ reason: 'malformed-response' });
  });

  it.each<[unknown, object]>([
    [{ other: [] }, { reason: 'malformed-response', message: expect.stringContaining('expected a list at "/d"') }],
    [{ d: {} }, { reason: 'malformed-response' }],
    [undefined, { reason: 'misconfigured', field: 'pagination' }],
  ])('need a list where the spec says that it is', async (body, error) => {
    const pagination: PaginationContract = { style: 'offset', items: '/d', param: 'o' };
    const { fetch } = recordingFetch(() => Response.json(body ?? {}));
    const spec = specOf(body === undefined ? {} : { transport: { pagination } });
    expect(await rejectionOf(createIntegrationClient(spec, { credentials, fetch }).page({}))).toMatchObject(error);
  });

  it('are empty where the list is null', async () => {
    const { items } = await itemsOf({ style: 'offset', items: '/d', param: 'o' }, () => Response.json({ d: null }));
    expect(items).toEqual([]);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asIf } from '../__fixtures__/as-if.ts';
import { utf8 } from '../bytes/text-bytes.ts';
import { canonicalForm, parseFields } from './form-fields.ts';
import type { InboundHeaders, NodeRequest } from './inbound-request.ts';
import { DUPLICATED, HeaderNames, readHeaders } from './read-headers.ts';
import { readFetchRequest, readNodeRequest } from './read-source.ts';
import { RequestView, type SignedUrlOptions } from './request-view.ts';
import { urlVariants } from './url-variants.ts';

describe('headers', () => {
  const names = new HeaderNames();
  const [a, b] = [names.slot('X-A'), names.slot('x-b')];

  it.each<[string, InboundHeaders]>([
    ['a plain object', { 'x-A': '1', 'X-B': ['2'], other: '3', constructor: '4' }],
    [
      'pairs',
      [
        ['x-a', '1'],
        ['X-b', '2'],
        ['other', '3'],
      ],
    ],
    ['Headers', new Headers({ 'X-A': '1', 'X-B': '2' })],
  ])('are read from %s, whatever their case', (_kind, headers) => {
    const values = readHeaders(headers, names);
    expect([values[a], values[b]]).toEqual(['1', '2']);
  });

  it.each<[string, InboundHeaders]>([
    ['a list', { 'x-a': ['1', '1'] }],
    ['two cases of a name', { 'x-a': '1', 'X-A': '1' }],
    [
      'pairs',
      [
        ['x-a', '1'],
        ['X-A', '2'],
      ],
    ],
  ])('are marked that come twice, in %s', (_kind, headers) => {
    expect(readHeaders(headers, names)[a]).toBe(DUPLICATED);
    expect(readHeaders(headers, names)[b]).toBeUndefined();
  });

  it('never come from what an object inherits', () => {
    const inherited = asIf(Object.create({ 'x-a': '1' }));
    expect(readHeaders(inherited, names)[a]).toBeUndefined();
    const wanted = new HeaderNames();
    const slot = wanted.slot('constructor');
    expect(readHeaders({}, wanted)[slot]).toBeUndefined();
  });
});

describe('a form', () => {
  it('is read as the URL standard says', () => {
    // Escapes that are whole; with others platforms differ, and with letters beyond ASCII between them Node errs.
    const scrap = fc.constantFrom(
      'a',
      'b',
      '=',
      '&',
      '+',
      '%41',
      '%C3%BC',
      '%00',
      '%26',
      '%3D',
      '%2B',
      '%25',
      ' ',
      '#',
      ';',
      '%EF%BB%BF',
    );
    fc.assert(
      fc.property(fc.string({ unit: scrap, maxLength: 20 }), (text) => {
        const expected = new URLSearchParams(text);
        const fields = parseFields(text.startsWith('?') ? '' : text) ?? new Map<string, string[]>();
        expect([...fields.keys()].toSorted()).toEqual([...new Set(expected.keys())].toSorted());
        for (const [name, values] of fields) expect(values).toEqual(expected.getAll(name));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['%C3', '\uFFFD'],
    ['%C3%28+', '\uFFFD( '],
    ['%', '%'],
    ['%zz%4', '%zz%4'],
    ['%C3%', '\uFFFD%'],
    ['\u00fc%FF%C3%BC', '\u00fc\uFFFD\u00fc'],
    ['%EF%BB%BF%FF', '\uFEFF\uFFFD'],
  ])('is read though it is no UTF-8: %j', (text, expected) => {
    expect(parseFields(`a=${text}`)).toEqual(new Map([['a', [expected]]]));
  });

  it('is signed sorted, each name with its values, repetitions left out', () => {
    expect(canonicalForm(parseFields('b=2&a=z&a=y&a=z&A=1&c&%62=3') ?? new Map())).toBe('A1ayazb2b3c');
  });

  it('is refused with more fields than anyone sends', () => {
    expect(parseFields('a&'.repeat(10_000))).toBeDefined();
    expect(parseFields('a&'.repeat(10_001))).toBeUndefined();
  });
});

describe('a URL', () => {
  it.each([
    ['https://a.test/x?y', ['https://a.test/x?y', 'https://a.test:443/x?y']],
    ['https://a.test:443/x', ['https://a.test:443/x', 'https://a.test/x']],
    ['http://a.test/x', ['http://a.test/x', 'http://a.test:80/x']],
    ['https://u:p@a.test/x', ['https://u:p@a.test/x', 'https://u:p@a.test:443/x']],
    ['https://[::1]/x', ['https://[::1]/x', 'https://[::1]:443/x']],
    [
      "https://a.test/?q='",
      ["https://a.test/?q='", "https://a.test:443/?q='", 'https://a.test/?q=%27', 'https://a.test:443/?q=%27'],
    ],
    ['not a url', ['not a url']],
  ])('has the spellings that a sender may have signed: %s', (url, expected) => {
    expect(urlVariants(url)).toEqual(expect.arrayContaining(expected));
    expect(urlVariants(url)[0]).toBe(url);
    expect(urlVariants(url).length).toBeLessThanOrEqual(8);
  });

  const urlOf = (
    url: string | undefined,
    options: SignedUrlOptions,
    headers: InboundHeaders = {},
  ): string | undefined =>
    new RequestView({ headers, rawBody: '', ...(url === undefined ? {} : { url }) }, new HeaderNames(), options).url;

  it('is the one that was passed, else that of an origin, else an absolute one', () => {
    expect(urlOf('/x?y', { url: 'https://a.test/z' })).toBe('https://a.test/z');
    expect(urlOf('http://internal/x?y', { origin: 'https://a.test/' })).toBe('https://a.test/x?y');
    expect(urlOf('https://a.test/x?y', {})).toBe('https://a.test/x?y');
  });

  it('is not known from a path, and never from headers unless they are trusted', () => {
    const headers = { host: 'a.test', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'b.test' };
    expect(urlOf('/x', {}, headers)).toBeUndefined();
    expect(urlOf(undefined, { origin: 'https://a.test' }, headers)).toBeUndefined();
    expect(urlOf('/x', { trustForwardedHeaders: true }, headers)).toBe('https://b.test/x');
    expect(urlOf('/x', { trustForwardedHeaders: true }, { ...headers, 'x-forwarded-host': undefined })).toBe(
      'https://a.test/x',
    );
  });

  it.each<[string, InboundHeaders]>([
    ['two hosts', { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'a.test, b.test' }],
    [
      'two headers',
      [
        ['x-forwarded-proto', 'https'],
        ['x-forwarded-host', 'a.test'],
        ['X-Forwarded-Host', 'b.test'],
      ],
    ],
    ['no scheme', { host: 'a.test' }],
    ['another scheme', { 'x-forwarded-proto': 'javascript', host: 'a.test' }],
  ])('is not known from forwarded headers with %s', (_what, headers) => {
    expect(urlOf('/x', { trustForwardedHeaders: true }, headers)).toBeUndefined();
  });
});

describe('readFetchRequest', () => {
  const post = (
    body: string | Uint8Array<ArrayBuffer> | ReadableStream,
    headers: Record<string, string> = {},
  ): Request =>
    new Request('https://a.test/x?y=1', {
      method: 'POST',
      headers,
      body,
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    });

  it('keeps method, URL, headers and the very bytes', async () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0xc3);
    const result = await readFetchRequest(post(bytes, { 'x-a': '1' }));
    expect(result).toMatchObject({
      ok: true,
      request: { method: 'POST', url: 'https://a.test/x?y=1', rawBody: bytes },
    });
  });

  it('takes a request without a body', async () => {
    expect(await readFetchRequest(new Request('https://a.test/'))).toMatchObject({
      ok: true,
      request: { rawBody: new Uint8Array() },
    });
  });

  it('refuses a body that was read before', async () => {
    const request = post('text');
    await request.text();
    expect(await readFetchRequest(request)).toMatchObject({ ok: false, reason: 'malformed' });
  });

  it('stops at the limit, however much would follow', async () => {
    let pulled = 0;
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: () => void (isCancelled = true),
    });
    expect(await readFetchRequest(post(endless), { maxBodyBytes: 5000 })).toMatchObject({
      ok: false,
      reason: 'too_large',
    });
    expect(pulled).toBeLessThan(10);
    expect(isCancelled).toBe(true);
  });

  it('takes exactly the limit', async () => {
    expect(await readFetchRequest(post('12345'), { maxBodyBytes: 5 })).toMatchObject({ ok: true });
    expect(await readFetchRequest(post('123456'), { maxBodyBytes: 5 })).toMatchObject({
      ok: false,
      reason: 'too_large',
    });
  });

  it('ends when the signal aborts, before and while it reads', async () => {
    const silent = (): ReadableStream<Uint8Array> => new ReadableStream({ pull: () => new Promise(() => undefined) });
    const aborted = await readFetchRequest(post(silent()), { signal: AbortSignal.abort() });
    expect(aborted).toMatchObject({ ok: false, reason: 'aborted' });
    const controller = new AbortController();
    const reading = readFetchRequest(post(silent()), { signal: controller.signal });
    controller.abort();
    expect(await reading).toMatchObject({ ok: false, reason: 'aborted' });
  });
});

describe('readNodeRequest', () => {
  const message = (chunks: readonly unknown[], more: object = {}): NodeRequest => ({
    method: 'POST',
    url: '/x?y=1',
    rawHeaders: ['X-A', '1', 'x-a', '2'],
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks) yield await Promise.resolve(chunk);
    },
    ...more,
  });

  it('keeps what came over the wire, repeated headers included', async () => {
    const result = await readNodeRequest(message([utf8('a'), utf8('\u00fc')]));
    expect(result).toEqual({
      ok: true,
      request: {
        method: 'POST',
        url: '/x?y=1',
        headers: [
          ['X-A', '1'],
          ['x-a', '2'],
        ],
        rawBody: utf8('a\u00fc'),
      },
    });
  });

  it('takes no host from the request line', async () => {
    const result = await readNodeRequest(message([], { url: 'https://evil.test/x?y' }));
    expect(result).toMatchObject({ request: { url: '/x?y' } });
  });

  it.each(['rawBody', 'body'])('takes the bytes that a framework kept as %s', async (name) => {
    expect(await readNodeRequest(message([], { [name]: utf8('kept'), readableDidRead: true }))).toMatchObject({
      request: { rawBody: utf8('kept') },
    });
  });

  it('refuses a body that was parsed, and one that was decoded', async () => {
    const parsed = message([], { body: { id: 1 }, readableDidRead: true });
    expect(await readNodeRequest(parsed)).toMatchObject({ reason: 'malformed' });
    expect(await readNodeRequest(message(['text']))).toMatchObject({ reason: 'malformed' });
  });

  it('believes a length that is too large, and counts where none is given', async () => {
    const declared = message([], { rawHeaders: ['Content-Length', '11'] });
    expect(await readNodeRequest(declared, { maxBodyBytes: 10 })).toMatchObject({ reason: 'too_large' });
    expect(await readNodeRequest(message([new Uint8Array(11)]), { maxBodyBytes: 10 })).toMatchObject({
      reason: 'too_large',
    });
    expect(await readNodeRequest(message([new Uint8Array(10)]), { maxBodyBytes: Number.NaN })).toMatchObject({
      reason: 'too_large',
    });
  });

  it('leaves the stream to the server when it stops, so that it can still answer', async () => {
    let isEnded = false;
    const endless = {
      next: () => Promise.resolve({ done: false, value: new Uint8Array(100) }),
      return: () => {
        isEnded = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
    const request = message([], { [Symbol.asyncIterator]: () => endless });
    expect(await readNodeRequest(request, { maxBodyBytes: 10 })).toMatchObject({ reason: 'too_large' });
    expect(isEnded).toBe(false);
  });

  it('says aborted when the connection breaks off', async () => {
    const broken = message([], {
      async *[Symbol.asyncIterator]() {
        yield utf8('half');
        await Promise.resolve();
        throw new TypeError('aborted');
      },
    });
    expect(await readNodeRequest(broken)).toMatchObject({ ok: false, reason: 'aborted' });
  });
});

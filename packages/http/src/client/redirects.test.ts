import { describe, expect, it } from 'vitest';
import { API_KEY, recordingFetch, rejectionOf, type SeenRequest, specOf } from '../__fixtures__/example-api.ts';
import type { ClientCredentials } from './client-options.ts';
import { createIntegrationClient } from './create-integration-client.ts';

const credentials: ClientCredentials = {
  headers: { Authorization: `Bearer ${API_KEY}`, Cookie: `session=${API_KEY}` },
  query: { key: API_KEY },
};

/** Answers each address with a redirect to the next, then with 200. */
function redirecting(...hops: readonly (readonly [status: number, location: string])[]) {
  return recordingFetch((_request, index) => {
    const hop = hops[index];
    return hop === undefined
      ? Response.json({ done: true })
      : new Response('moved', { status: hop[0], headers: { location: hop[1] } });
  });
}

function show({ method, url, headers, body }: SeenRequest) {
  return {
    method,
    url: url.replaceAll(API_KEY, 'KEY'),
    hasCredentials: JSON.stringify(headers).includes(API_KEY),
    body,
  };
}

const client = (fetch: ReturnType<typeof recordingFetch>['fetch'], options = {}) =>
  createIntegrationClient(specOf(), { credentials, fetch, ...options });

describe('redirects', () => {
  it('within the origin take everything along', async () => {
    const { fetch, seen } = redirecting([307, '/v2/a'], [308, 'https://api.example.com/v3/b?x=1#frag']);
    await client(fetch).request({ path: '/a', json: { n: 1 } });
    expect(seen.map(show)).toEqual([
      { method: 'POST', url: 'https://api.example.com/v1/a?key=KEY', hasCredentials: true, body: '{"n":1}' },
      { method: 'POST', url: 'https://api.example.com/v2/a?key=KEY', hasCredentials: true, body: '{"n":1}' },
      { method: 'POST', url: 'https://api.example.com/v3/b?x=1&key=KEY', hasCredentials: true, body: '{"n":1}' },
    ]);
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [302, 'PUT', 'PUT'],
    [307, 'DELETE', 'DELETE'],
    [303, 'HEAD', 'HEAD'],
  ])('of status %i turn %s into %s', async (status, method, next) => {
    const { fetch, seen } = redirecting([status, '/x']);
    const isWrite = method === 'POST' || method === 'PUT';
    await client(fetch).request({ method, ...(isWrite ? { json: {} } : {}) });
    expect(seen[1]?.method).toBe(next);
    expect(seen[1]?.body).toBe(isWrite && next !== 'GET' ? '{}' : undefined);
    expect(seen[1]?.headers['content-type']).toBe(isWrite && next !== 'GET' ? 'application/json' : undefined);
  });

  it('to another origin get nothing that could be a secret, and it does not come back', async () => {
    const { fetch, seen } = redirecting(
      [302, 'https://cdn.example.net/file?sig=1'],
      [302, 'https://api.example.com/v1/other'],
    );
    await client(fetch).request({
      path: '/file',
      headers: { 'X-Own': 'private', 'Accept-Language': 'fr' },
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    });
    expect(seen.map(show).slice(1)).toEqual([
      { method: 'GET', url: 'https://cdn.example.net/file?sig=1', hasCredentials: false, body: undefined },
      { method: 'GET', url: 'https://api.example.com/v1/other', hasCredentials: false, body: undefined },
    ]);
    expect(seen[1]?.headers).toEqual({ accept: 'application/json', 'accept-language': 'fr' });
    expect(seen[2]?.headers).toEqual({ accept: 'application/json', 'accept-language': 'fr' });
  });

  it.each([
    ['http://api.example.com/v1/a', 'expected https'],
    ['https://api.example.com:8443/', undefined],
    ['https://127.0.0.1/', 'loopback'],
    ['https://[::1]/', 'loopback'],
    ['https://[::ffff:127.0.0.1]/', 'transition'],
    ['https://2130706433/', 'loopback'],
    ['https://0x7f.1/', 'loopback'],
    ['https://0177.0.0.1/', 'loopback'],
    ['https://169.254.169.254/latest/meta-data/', 'metadata'],
    ['https://10.0.0.1/', 'private'],
    ['https://metadata.google.internal/', 'local network'],
    ['https://user:pass@cdn.example.net/', 'user name'],
    ['ftp://cdn.example.net/', 'expected https'],
    ['file:///etc/passwd', 'expected https'],
    ['javascript:alert(1)', 'expected https'],
  ])('to %s are checked as if they were the first address', async (location, refusal) => {
    const { fetch, seen } = redirecting([302, location]);
    const asked = client(fetch).request({ path: '/a' });
    if (refusal === undefined) {
      await asked;
      expect(show(seen[1] ?? expect.fail())).toMatchObject({ hasCredentials: false });
      return;
    }
    const error = await rejectionOf(asked);
    expect(error).toMatchObject({ reason: 'address-refused', message: expect.stringContaining(refusal) });
    expect(seen).toHaveLength(1);
  });

  it('keep to the hosts that the application allows', async () => {
    const { fetch, seen } = redirecting([302, 'https://cdn.example.net/x']);
    const network = { allowedHosts: ['api.example.com'] };
    expect(await rejectionOf(client(fetch, { network }).request({}))).toMatchObject({ reason: 'address-refused' });
    expect(seen).toHaveLength(1);
  });

  it.each([
    [307, { json: {} }, 'https://cdn.example.net/x', 'body to another origin'],
    [302, { method: 'PUT', json: {} }, 'https://cdn.example.net/x', 'body to another origin'],
    [307, { body: new Blob(['x']).stream() }, '/x', 'stream'],
    [302, {}, 'https://', 'valid URL'],
    [302, {}, 'https://me:pw@api.example.com/x', 'user name'],
  ])('are refused where they cannot be followed safely: case %#', async (status, request, location, message) => {
    const { fetch, seen } = redirecting([status, location]);
    expect(await rejectionOf(client(fetch).request(request))).toMatchObject({
      code: 'provider_error',
      reason: 'redirect-refused',
      message: expect.stringContaining(message),
    });
    expect(seen).toHaveLength(1);
  });

  it('end after five', async () => {
    const { fetch, seen } = recordingFetch(() => new Response(null, { status: 302, headers: { location: '/again' } }));
    expect(await rejectionOf(client(fetch).request({}))).toMatchObject({ reason: 'redirect-refused' });
    expect(seen).toHaveLength(6);
    seen.length = 0;
    expect(await rejectionOf(client(fetch, { maxRedirects: 0 }).request({}))).toMatchObject({
      reason: 'redirect-refused',
    });
    expect(seen).toHaveLength(1);
  });

  it('without a target are failed answers, and 304 is an answer', async () => {
    const without = recordingFetch(() => new Response(null, { status: 302 }));
    expect(await rejectionOf(client(without.fetch).request({}))).toMatchObject({ reason: 'response', httpStatus: 302 });
    const unchanged = recordingFetch(() => new Response(null, { status: 304 }));
    expect((await client(unchanged.fetch).request({})).status).toBe(304);
  });
});

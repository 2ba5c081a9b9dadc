import { describe, expect, it } from 'vitest';
import { recordingFetch, rejectionOf, specOf, virtualClock } from '../__fixtures__/example-api.ts';
import type { ClientCredentials } from './client-options.ts';
import { createIntegrationClient } from './create-integration-client.ts';

const credentials: ClientCredentials = { headers: { Authorization: 'Bearer abc' }, query: {} };

describe('a request', () => {
  it('goes to the base URL with the credentials, what the spec says and what the caller adds', async () => {
    const { fetch, seen } = recordingFetch();
    const spec = specOf({
      transport: {
        baseUrl: 'https://{account}.example.com/{apiVersion}',
        defaultHeaders: { 'X-Client': 'mortise', Accept: 'application/vnd.example+json' },
      },
      spec: {
        versionPolicy: {
          currentVersion: 'v2',
          supportedVersions: [{ version: 'v2', status: 'stable' }],
          versionInPath: true,
        },
      },
    });
    const client = createIntegrationClient(spec, { connection: { config: { account: 'acme' } }, credentials, fetch });
    const response = await client.request({
      path: '/contacts/{id}/notes?expand=all',
      params: { id: 'a/b ?c' },
      query: { q: 'x y&z', tag: ['a', 'b'], none: undefined, nil: null, n: 0, yes: true },
      headers: { 'X-Client': 'mine' },
    });
    expect(response.json()).toEqual({ ok: true });
    expect(seen[0]).toMatchObject({
      url: 'https://acme.example.com/v2/contacts/a%2Fb%20%3Fc/notes?expand=all&q=x%20y%26z&tag=a&tag=b&n=0&yes=true',
      method: 'GET',
      headers: { authorization: 'Bearer abc', 'x-client': 'mine', accept: 'application/vnd.example+json' },
    });
    expect(seen[0]?.init.redirect).toBe('manual');
  });

  it('has the defaults of the config schema where the connection leaves fields out', async () => {
    const { fetch, seen } = recordingFetch();
    const spec = {
      ...specOf({ transport: { baseUrl: 'https://{region}.example.com/{project}' } }),
      configSchema: {
        schema: {
          type: 'object',
          properties: { region: { type: 'string', default: 'eu' }, project: { type: 'string' }, toString: {} },
        },
      },
    };
    for (const config of [{ project: 'a' }, { project: 'b', region: 'us' }]) {
      await createIntegrationClient(spec, { credentials, fetch, connection: { config } }).request({});
    }
    expect(seen.map(({ url }) => url)).toEqual(['https://eu.example.com/a', 'https://us.example.com/b']);
    const missing = createIntegrationClient(spec, { credentials, fetch }).request({});
    expect(await rejectionOf(missing)).toMatchObject({ reason: 'misconfigured', field: 'project' });
  });

  it('carries the API version where the policy puts it: the connection overrides, an empty override is none', async () => {
    const { fetch, seen } = recordingFetch();
    const versionPolicy = {
      currentVersion: '2026-01-01',
      supportedVersions: [{ version: '2026-01-01', status: 'stable' }],
      versionHeader: 'Example-Version',
      versionQueryParam: 'v',
    } as const;
    const spec = specOf({ spec: { versionPolicy } });
    await createIntegrationClient(spec, { credentials, fetch }).request({ path: '/x' });
    await createIntegrationClient(spec, { credentials, fetch, connection: { apiVersion: '2025-01-01' } }).request({});
    await createIntegrationClient(spec, { credentials, fetch, connection: { apiVersion: '' } }).request({});
    expect(seen.map(({ headers }) => headers['example-version'])).toEqual(['2026-01-01', '2025-01-01', '2026-01-01']);
    expect(seen.map(({ url }) => url)).toEqual([
      'https://api.example.com/v1/x?v=2026-01-01',
      'https://api.example.com/v1?v=2025-01-01',
      'https://api.example.com/v1?v=2026-01-01',
    ]);
  });

  it('puts credentials into query and path without encoding them twice, above what the caller sets', async () => {
    const { fetch, seen } = recordingFetch();
    const spec = specOf({ transport: { baseUrl: 'https://api.example.com/bot{token}' } });
    const own: ClientCredentials = { headers: { 'X-Key': 'real' }, query: { key: 'a b' }, path: { token: '12:ab%2F' } };
    const client = createIntegrationClient(spec, { credentials: () => Promise.resolve(own), fetch });
    await client.request({ path: '/getMe', headers: { 'x-key': 'other' } });
    expect(seen[0]?.url).toBe('https://api.example.com/bot12:ab%2F/getMe?key=a%20b');
    expect(seen[0]?.headers['x-key']).toBe('real');
  });

  it('sends JSON, forms, bytes and streams', async () => {
    const { fetch, seen } = recordingFetch();
    const client = createIntegrationClient(specOf(), { credentials, fetch });
    await client.request({ path: '/a', json: { name: 'ä' } });
    await client.request({ path: '/b', form: { a: '1 2', b: ['x', 'y'] } });
    await client.request({
      path: '/c',
      method: 'put',
      body: new Uint8Array([1, 2]),
      headers: { 'content-type': 'image/png' },
    });
    await client.request({ path: '/d', body: new Blob(['x']).stream() });
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'POST', 'PUT', 'POST']);
    expect(seen.map(({ headers }) => headers['content-type'])).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
      'image/png',
      undefined,
    ]);
    expect(seen[0]?.body).toBe('{"name":"ä"}');
    expect(seen[1]?.body).toBe('a=1+2&b=x&b=y');
    expect(Reflect.get(seen[3]?.init ?? {}, 'duplex')).toBe('half');
  });

  it('goes to another host of the provider where the author of the code says so', async () => {
    const { fetch, seen } = recordingFetch();
    const client = createIntegrationClient(specOf(), { credentials, fetch, connection: { config: { region: 'eu' } } });
    await client.request({
      url: 'https://{region}.uploads.example.com/files/{id}',
      params: { id: 7 },
      query: { a: 1 },
    });
    expect(seen[0]?.url).toBe('https://eu.uploads.example.com/files/7?a=1');
    const error = await rejectionOf(client.request({ url: 'https://{host}/files', params: { host: '127.0.0.1' } }));
    expect(error).toMatchObject({ reason: 'address-refused' });
    expect(seen).toHaveLength(1);
  });

  it.each([
    [{ path: 'contacts' }, 'path'],
    [{ path: '/a/../b' }, 'path'],
    [{ path: '/a/%2e%2e/b' }, 'path'],
    [{ path: '/a#b' }, 'path'],
    [{ path: '/a b' }, 'path'],
    [{ path: '//evil.com/\\x' }, 'path'],
    [{ path: '/x/{id}', params: { id: '..' } }, 'path'],
    [{ path: '/x/{missing}' }, 'missing'],
    [{ method: 'GE T' }, 'method'],
    [{ headers: { 'a b': 'c' } }, 'headers'],
    [{ headers: { Host: 'evil.com' } }, 'headers'],
    [{ headers: { 'X-A': 'b\r\nX-C: d' } }, 'X-A'],
    [{ headers: { 'X-A': '€' } }, 'X-A'],
    [{ json: 1, form: {} }, 'body'],
    [{ json: () => 1 }, 'json'],
    [{ json: { big: 1n } }, 'json'],
  ])('is not sent when it cannot be right: case %#', async (request, field) => {
    const { fetch, seen } = recordingFetch();
    const client = createIntegrationClient(specOf(), { credentials, fetch });
    expect(await rejectionOf(client.request(request))).toMatchObject({
      code: 'invalid_request',
      reason: 'misconfigured',
      retryable: false,
      field,
    });
    expect(seen).toHaveLength(0);
  });

  it('does not repeat a refused header value in its error', async () => {
    const client = createIntegrationClient(specOf(), {
      credentials: { headers: { 'X-Key': 'canary-value\n' }, query: {} },
      fetch: recordingFetch().fetch,
    });
    expect(String(await rejectionOf(client.request({})))).not.toContain('canary');
  });

  it('stays beneath the origin of the base URL when a path begins with two slashes', async () => {
    const { fetch, seen } = recordingFetch();
    await createIntegrationClient(specOf({ transport: { baseUrl: 'https://api.example.com' } }), {
      credentials,
      fetch,
    }).request({ path: '//evil.com/x' });
    expect(new URL(seen[0]?.url ?? '').origin).toBe('https://api.example.com');
  });

  it('needs a spec with a REST transport and a base URL', async () => {
    const { transports: _, ...withoutTransport } = specOf();
    expect(() => createIntegrationClient(withoutTransport)).toThrow(/no REST transport/);
    const spec = { ...specOf(), transports: [{ type: 'rest' as const }] };
    const client = createIntegrationClient(spec, { credentials, fetch: recordingFetch().fetch });
    expect(await rejectionOf(client.request({}))).toMatchObject({ reason: 'misconfigured', field: 'baseUrl' });
  });
});

describe('idempotency keys', () => {
  const idempotency = { header: 'Idempotency-Key', maxLength: 40 } as const;

  it('go with the methods that take them, numbered from the second request on', async () => {
    const { fetch, seen } = recordingFetch();
    const client = createIntegrationClient(specOf({ transport: { idempotency } }), {
      credentials,
      fetch,
      idempotencyKey: 'k1',
    });
    await client.request({ path: '/a' });
    await client.request({ path: '/b', json: {} });
    await client.request({ path: '/c', json: {} });
    await client.request({ path: '/d', json: {}, idempotencyKey: 'own' });
    await client.request({ path: '/e', json: {} });
    await client.request({ path: '/f', json: {}, method: 'PUT' });
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual([
      undefined,
      'k1',
      'k1-2',
      'own',
      'k1-3',
      undefined,
    ]);
  });

  it('are quoted where the provider wants a structured-field string', async () => {
    const { fetch, seen } = recordingFetch();
    const spec = specOf({ transport: { idempotency: { ...idempotency, quoted: true, methods: ['patch'] } } });
    await createIntegrationClient(spec, { credentials, fetch }).request({ method: 'PATCH', idempotencyKey: 'a"b\\c' });
    expect(seen[0]?.headers['idempotency-key']).toBe('"a\\"b\\\\c"');
  });

  it.each(['a'.repeat(41), '', ' a', 'ä', 'a\nb'])('are refused where they do not fit: %j', async (idempotencyKey) => {
    const client = createIntegrationClient(specOf({ transport: { idempotency } }), {
      credentials,
      fetch: recordingFetch().fetch,
    });
    const error = await rejectionOf(client.request({ json: {}, idempotencyKey }));
    expect(error).toMatchObject({ reason: 'misconfigured', field: 'idempotencyKey' });
  });
});

describe('trace context', () => {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const send = async (options: { traceparent?: string; tracestate?: string }) => {
    const { fetch, seen } = recordingFetch();
    await createIntegrationClient(specOf(), { credentials, fetch }).request(options);
    return { traceparent: seen[0]?.headers['traceparent'], tracestate: seen[0]?.headers['tracestate'] };
  };

  it('is passed on, whatever its version and flags', async () => {
    expect(await send({ traceparent, tracestate: 'a=1' })).toEqual({ traceparent, tracestate: 'a=1' });
    const later = `01-${'a'.repeat(32)}-${'b'.repeat(16)}-ff`;
    expect(await send({ traceparent: later })).toEqual({ traceparent: later, tracestate: undefined });
  });

  it.each([
    `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`,
    `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'A'.repeat(32)}-${'b'.repeat(16)}-01`,
    'x',
  ])('is left out with its state when it is not well-formed: %s', async (broken) => {
    expect(await send({ traceparent: broken, tracestate: 'a=1' })).toEqual({});
  });

  it('is passed on without a state that is too long', async () => {
    expect(await send({ traceparent, tracestate: 'a'.repeat(513) })).toEqual({ traceparent, tracestate: undefined });
  });
});

describe('the time and the caller', () => {
  const never = () => new Promise<Response>(() => undefined);

  it('end a request that is not answered, whether or not the platform heeds the signal', async () => {
    const { fake, clock } = virtualClock();
    const { fetch, seen } = recordingFetch(never);
    const client = createIntegrationClient(specOf(), { credentials, fetch, clock });
    const error = await fake.settle(rejectionOf(client.request({ path: '/slow', timeoutMs: 1500 })));
    expect(error).toMatchObject({ code: 'timeout', reason: 'timeout', retry: 'transient' });
    expect(String(error)).toContain('GET /slow was not answered within 1500 ms');
    expect(fake.monotonicMs()).toBe(1500);
    expect(seen[0]?.init.signal?.aborted).toBe(true);
    expect(fake.pendingTimers).toBe(0);
  });

  it('leave it open whether a write without a key happened', async () => {
    const { fake, clock } = virtualClock();
    const { fetch } = recordingFetch(never);
    const spec = specOf({ transport: { idempotency: { header: 'Idempotency-Key' } } });
    const client = createIntegrationClient(spec, { credentials, fetch, clock });
    expect(await fake.settle(rejectionOf(client.request({ json: {} })))).toMatchObject({
      code: 'outcome_unknown',
      reason: 'timeout',
      retry: 'never',
    });
    expect(await fake.settle(rejectionOf(client.request({ json: {}, idempotencyKey: 'k' })))).toMatchObject({
      code: 'timeout',
      retry: 'transient',
    });
  });

  it('stop at once when the caller aborts, and leave nothing behind', async () => {
    const { fake, clock } = virtualClock();
    const { fetch } = recordingFetch(never);
    const ofClient = new AbortController();
    const ofRequest = new AbortController();
    const client = createIntegrationClient(specOf(), { credentials, fetch, clock, signal: ofClient.signal });
    const first = rejectionOf(client.request({ signal: ofRequest.signal }));
    ofRequest.abort(new Error('no more'));
    expect(await first).toMatchObject({ code: 'aborted', reason: 'aborted', cause: expect.any(Error) });
    const second = rejectionOf(client.request({}));
    ofClient.abort();
    expect(await second).toMatchObject({ code: 'aborted' });
    expect(await rejectionOf(client.request({}))).toMatchObject({ code: 'aborted' });
    expect(fake.pendingTimers).toBe(0);
  });

  it('count while credentials are waited for', async () => {
    const { fake, clock } = virtualClock();
    const client = createIntegrationClient(specOf(), {
      credentials: () => new Promise<ClientCredentials>(() => undefined),
      clock,
      timeoutMs: 200,
    });
    expect(await fake.settle(rejectionOf(client.request({})))).toMatchObject({ code: 'timeout' });
  });
});

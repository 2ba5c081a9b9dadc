import type { IntegrationErrorCode, ResponseMatch, ResponseMeaning, RestTransportConfig } from '@mortise/core';
import { assertNoCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { API_KEY, recordingFetch, rejectionOf, specOf, virtualClock } from '../__fixtures__/example-api.ts';
import { IntegrationRequestError } from '../errors/integration-request-error.ts';
import type { ClientCredentials } from './client-options.ts';
import { createIntegrationClient } from './create-integration-client.ts';

const credentials: ClientCredentials = { headers: { authorization: `Bearer ${API_KEY}` }, query: {} };
type Transport = Partial<RestTransportConfig>;

async function failureOf(response: () => Response, transport: Transport = {}, method = 'GET'): Promise<unknown> {
  const { clock } = virtualClock();
  const client = createIntegrationClient(specOf({ transport }), {
    credentials,
    secrets: { apiKey: API_KEY },
    fetch: recordingFetch(response).fetch,
    clock,
  });
  return rejectionOf(client.request({ path: '/items/{id}', params: { id: 'private-id' }, method }));
}

describe('a failed answer', () => {
  it.each<[number, IntegrationErrorCode, string]>([
    [400, 'invalid_request', 'never'],
    [401, 'unauthenticated', 'never'],
    [403, 'forbidden', 'never'],
    [404, 'not_found', 'never'],
    [409, 'conflict', 'never'],
    [429, 'rate_limited', 'throttled'],
    [500, 'provider_error', 'transient'],
    [503, 'unavailable', 'transient'],
    [504, 'timeout', 'transient'],
    [302, 'provider_error', 'never'],
  ])('with status %i is %s, retry %s', async (status, code, retry) => {
    const error = await failureOf(() => new Response('<html>', { status }));
    expect(error).toMatchObject({ code, retry, httpStatus: status, reason: 'response' });
    expect(IntegrationRequestError.is(error)).toBe(true);
    expect(String(error)).toBe(`IntegrationRequestError: GET /items/{id} answered ${status}`);
  });

  it('says what the provider says: code, message and request id, from wherever the spec points to', async () => {
    const transport: Transport = {
      errors: {
        code: [{ pointer: '/error/type' }, { pointer: '/errors/*/code' }],
        message: [{ pointer: '/errors/*/detail' }],
        requestId: [{ header: 'x-none' }, { pointer: '/trace' }],
      },
    };
    const answer = () =>
      Response.json({ errors: [{ code: 'E1', detail: 'No such item' }], trace: 'r-1' }, { status: 422 });
    expect(await failureOf(answer, transport)).toMatchObject({
      code: 'invalid_request',
      message: 'GET /items/{id} answered 422 (E1): No such item',
      providerCode: 'E1',
      requestId: 'r-1',
    });
  });

  it('finds the request id in the usual headers', async () => {
    expect(
      await failureOf(() => new Response('', { status: 500, headers: { 'x-request-id': 'req-7' } })),
    ).toMatchObject({
      requestId: 'req-7',
    });
  });

  it.each<[ResponseMeaning, IntegrationErrorCode, string]>([
    ['bad_credential', 'unauthenticated', 'never'],
    ['missing_scope', 'forbidden', 'never'],
    ['throttled', 'rate_limited', 'throttled'],
    ['quota_exhausted', 'quota_exceeded', 'never'],
    ['misconfigured', 'invalid_request', 'never'],
    ['not_found', 'not_found', 'never'],
    ['invalid_request', 'invalid_request', 'never'],
    ['conflict', 'conflict', 'never'],
    ['unavailable', 'unavailable', 'transient'],
  ])('that a rule says is %s has code %s, whatever its status', async (means, code, retry) => {
    const transport: Transport = { errors: { rules: [{ when: { body: [{ pointer: '/e', equals: 1 }] }, means }] } };
    const error = await failureOf(() => Response.json({ e: 1 }, { status: 418 }), transport);
    expect(error).toMatchObject({ code, retry, meaning: means, httpStatus: 418 });
  });

  it('is worth another try where the rule says so', async () => {
    const rule = (retryable: boolean): Transport => ({
      errors: { rules: [{ when: { status: [400, 503] }, means: 'conflict', retryable }] },
    });
    expect(await failureOf(() => new Response('', { status: 400 }), rule(true))).toMatchObject({ retry: 'transient' });
    expect(await failureOf(() => new Response('', { status: 503 }), rule(false))).toMatchObject({ retry: 'never' });
  });

  it('may have a success status', async () => {
    const transport: Transport = {
      errors: {
        failures: [{ body: [{ pointer: '/ok', equals: false }] }],
        code: [{ pointer: '/error' }],
        rules: [{ when: { body: [{ pointer: '/error', equals: 'ratelimited' }] }, means: 'throttled' }],
      },
    };
    expect(await failureOf(() => Response.json({ ok: false, error: 'ratelimited' }), transport)).toMatchObject({
      code: 'rate_limited',
      retry: 'throttled',
      providerCode: 'ratelimited',
      httpStatus: 200,
    });
    expect(await failureOf(() => Response.json({ ok: false, error: 'odd' }), transport)).toMatchObject({
      code: 'provider_error',
      retry: 'never',
    });
    const { fetch } = recordingFetch(() => Response.json({ ok: true }));
    const response = await createIntegrationClient(specOf({ transport }), { credentials, fetch }).request({});
    expect(response.json()).toEqual({ ok: true });
  });

  it.each<[Record<string, string>, Transport, unknown, number | undefined]>([
    [{ 'retry-after': '7' }, {}, {}, 7000],
    [{ 'retry-after-ms': '70' }, {}, {}, 70],
    [{ 'retry-after': '7' }, { retryAfter: [{ pointer: '/wait', format: 'delta-ms' }] }, { wait: 90 }, 90],
    [{ 'retry-after': '7' }, { retryAfter: [{ pointer: '/wait', format: 'delta-ms' }] }, {}, 7000],
    [{ 'x-wait': '2m' }, { retryAfter: [{ header: 'x-wait', format: 'duration' }] }, {}, 120_000],
    [{ ratelimit: '"a";r=0;t=5' }, {}, {}, 5000],
    [{ ratelimit: '"a";r=0;t=5', 'retry-after': '9' }, {}, {}, 9000],
    [{ ratelimit: '"a";r=4;t=5' }, {}, {}, undefined],
  ])('tells the wait: %j', async (headers, transport, body, retryAfterMs) => {
    const error = await failureOf(() => Response.json(body, { status: 429, headers }), transport);
    expect(error).toMatchObject({ retry: 'throttled', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    if (retryAfterMs === undefined) expect(error).not.toHaveProperty('retryAfterMs');
  });

  it('keeps a wait away from what waiting does not help', async () => {
    const headers = { ratelimit: '"a";r=0;t=5' };
    const error = await failureOf(() => new Response('', { status: 404, headers }));
    expect(error).not.toHaveProperty('retryAfterMs');
    expect(error).toMatchObject({ rateLimits: [{ name: 'a', remaining: 0, resetMs: 5000 }] });
  });

  it('is read as far as it is worth it', async () => {
    const huge = () => new Response(`{"a":"${'x'.repeat(300_000)}"}`, { status: 500 });
    expect(await failureOf(huge, { errors: { code: [{ pointer: '/a' }] } })).toMatchObject({ httpStatus: 500 });
    expect(await failureOf(huge)).not.toHaveProperty('providerCode');
  });

  it('holds no secret, however the provider words it', async () => {
    const transport: Transport = {
      errors: { code: [{ pointer: '/c' }], message: [{ pointer: '/m' }], requestId: [{ pointer: '/r' }] },
    };
    const echo = () =>
      Response.json(
        { c: API_KEY, m: `Bad key ${API_KEY} in Bearer ${API_KEY} and ${btoa(API_KEY)}`, r: `id-${API_KEY}` },
        { status: 401, headers: { 'x-echo': API_KEY } },
      );
    const error = await failureOf(echo, transport);
    assertNoCanary(error, API_KEY);
    expect(String(error)).toContain('[redacted]');
    expect(String(error)).not.toContain('private-id');
  });
});

describe('an expectation', () => {
  const ask = (response: () => Response, expected: ResponseMatch) => {
    const transport: Transport = { errors: { failures: [{ body: [{ pointer: '/ok', equals: false }] }] } };
    const client = createIntegrationClient(specOf({ transport }), {
      credentials,
      fetch: recordingFetch(response).fetch,
    });
    return client.request({ path: '/x', expect: expected });
  };

  it('makes a success of any answer that meets it, and a failure of every other', async () => {
    expect((await ask(() => Response.json({}, { status: 405 }), { status: 405 })).status).toBe(405);
    expect((await ask(() => Response.json({ ok: false }), { status: 200 })).status).toBe(200);
    const other = ask(() => Response.json({ ok: true }), { body: [{ pointer: '/user' }] });
    expect(await rejectionOf(other)).toMatchObject({ code: 'provider_error', httpStatus: 200, reason: 'response' });
    const refused = ask(() => Response.json({}, { status: 401 }), { status: 200 });
    expect(await rejectionOf(refused)).toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a connection that fails', () => {
  const broken = (code: string) => (): never => {
    throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('inner'), { code }) });
  };

  it('is worth another try when a repetition does no harm', async () => {
    expect(await failureOf(broken('ECONNRESET'))).toMatchObject({
      code: 'unavailable',
      retry: 'transient',
      reason: 'network',
      message: 'GET /items/{id}: the connection failed (ECONNRESET)',
    });
    expect(await failureOf(broken('ECONNREFUSED'), {}, 'POST')).toMatchObject({
      code: 'unavailable',
      retry: 'transient',
    });
    expect(await failureOf(broken('ECONNRESET'), {}, 'PUT')).toMatchObject({ code: 'unavailable' });
  });

  it('leaves open what became of a write', async () => {
    const error = await failureOf(broken('ECONNRESET'), {}, 'POST');
    expect(error).toMatchObject({ code: 'outcome_unknown', retry: 'never', reason: 'network' });
  });

  it('has its cause out of sight', async () => {
    const error = await failureOf(() => {
      throw new TypeError(`Cannot connect to https://x/?key=${API_KEY}`);
    });
    expect(error).toHaveProperty('cause');
    expect(JSON.stringify(error) + String(error)).not.toContain(API_KEY);
  });
});

describe('a body', () => {
  const clientFor = (response: () => Response) =>
    createIntegrationClient(specOf(), { credentials, fetch: recordingFetch(response).fetch });

  it('that is no JSON is an error without a word of it', async () => {
    const html = () => new Response(`<html>${API_KEY}`, { headers: { 'content-type': 'text/html' } });
    const error = await rejectionOf(clientFor(html).json({ path: '/x' }));
    expect(error).toMatchObject({ code: 'provider_error', retry: 'transient', reason: 'malformed-response' });
    expect(String(error)).toContain('GET /x: expected JSON, got 29 bytes of text/html');
    assertNoCanary(error, API_KEY);
    expect(await rejectionOf(clientFor(html).json({ json: {} }))).toMatchObject({ retry: 'never' });
  });

  it('may be empty, or begin with a byte order mark, or be of another character set', async () => {
    expect(await clientFor(() => new Response(null, { status: 204 })).json({})).toBeUndefined();
    expect(await clientFor(() => new Response('\ufeff{"a":1}')).json({})).toEqual({ a: 1 });
    const latin = () =>
      new Response(new Uint8Array([0x22, 0xe4, 0x22]), {
        headers: { 'content-type': 'application/json; charset=ISO-8859-1' },
      });
    expect(await clientFor(latin).json({})).toBe('ä');
  });

  it('goes through the function that knows its form', async () => {
    const client = clientFor(() => Response.json({ n: 5 }));
    const numberIn = (value: unknown): number => {
      const n: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'n') : undefined;
      if (typeof n !== 'number') throw new TypeError(`canary ${JSON.stringify(value)}`);
      return n;
    };
    expect(await client.json({}, numberIn)).toBe(5);
    const error = await rejectionOf(clientFor(() => Response.json({ n: API_KEY })).json({ path: '/n' }, numberIn));
    expect(error).toMatchObject({
      reason: 'malformed-response',
      retry: 'never',
      message: 'GET /n: the answer is not of the expected form',
    });
    expect(JSON.stringify(error)).not.toContain(API_KEY);
  });

  it('is cut off where it is too large, by its announcement or while it comes in', async () => {
    let pulled = 0;
    let isCancelled = false;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            pulled += 1;
            controller.enqueue(new Uint8Array(1000));
          },
          cancel() {
            isCancelled = true;
          },
        }),
      );
    const error = await rejectionOf(clientFor(endless).request({ path: '/x', maxResponseBytes: 10_000 }));
    expect(error).toMatchObject({ code: 'provider_error', reason: 'response-too-large', retry: 'never' });
    expect(pulled).toBeLessThan(15);
    expect(isCancelled).toBe(true);
    const announced = () => new Response('x', { headers: { 'content-length': '99999999' } });
    expect(await rejectionOf(clientFor(announced).request({}))).toMatchObject({ reason: 'response-too-large' });
    const lying = () => new Response('x'.repeat(50), { headers: { 'content-length': '5' } });
    expect(await rejectionOf(clientFor(lying).request({ maxResponseBytes: 20 }))).toMatchObject({
      reason: 'response-too-large',
    });
  });
});

import type { OAuth2AuthConfig } from '@mortise/core';
import { createCanary, FakeClock, findCanary } from '@mortise/testing';
import fc from 'fast-check';
import { bodyText } from '../__fixtures__/body-text.ts';
import { describe, expect, it } from 'vitest';
import { AuthError } from '../errors/auth-error.ts';
import { OAuthError } from '../errors/oauth-error.ts';
import { OAuthClient } from './oauth-client.ts';
import type { OAuthClientOptions } from './oauth-client-options.ts';
import type { FetchLike } from './transport.ts';

const SECRET = createCanary(21, 'token');

const METHOD: OAuth2AuthConfig = {
  type: 'oauth2',
  grantType: 'authorization_code',
  authorizationUrl: 'https://as.example/authorize?tenant=1',
  tokenUrl: 'https://as.example/token',
  deviceAuthorizationUrl: 'https://as.example/device',
  revocationUrl: 'https://as.example/revoke',
  introspectionUrl: 'https://as.example/introspect',
  scopes: ['a', 'b'],
};

interface SentRequest {
  readonly url: string;
  readonly headers: Headers;
  readonly body: string;
  readonly redirect: unknown;
}

/** Answers in turn, the last one for good; an error is thrown. */
function answering(...answers: readonly (object | Response | Error)[]): { fetch: FetchLike; sent: SentRequest[] } {
  const sent: SentRequest[] = [];
  return {
    sent,
    fetch: async (url, { headers, body, redirect }) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)];
      sent.push({ url, headers: new Headers(headers), body: bodyText(body), redirect });
      if (answer instanceof Error) throw answer;
      return answer instanceof Response ? answer.clone() : Response.json(answer);
    },
  };
}

function clientOf(
  fetch: FetchLike,
  overrides: Partial<OAuth2AuthConfig> = {},
  options: Partial<OAuthClientOptions> = {},
) {
  return new OAuthClient(
    { ...METHOD, ...overrides },
    { config: { clientId: 'id-1' }, secrets: { clientSecret: SECRET }, fetch, ...options },
  );
}

async function failureOf(action: () => Promise<unknown>): Promise<OAuthError> {
  const error = await action().then(
    () => expect.unreachable('it succeeded'),
    (reason: unknown) => reason,
  );
  if (OAuthError.is(error)) return error;
  throw error;
}

const TOKEN = { access_token: 'a2', token_type: 'bearer', expires_in: 60 };
const HELD = { accessToken: 'a1', refreshToken: 'r1', tokenType: 'Bearer', scope: 'a', extra: { instance: 'eu' } };

describe('the authorization request', () => {
  it('has state and an S256 challenge of its own, each time', async () => {
    const client = clientOf(answering(TOKEN).fetch);
    const first = await client.beginAuthorization({ redirectUri: 'https://app/cb' });
    const second = await client.beginAuthorization({ redirectUri: 'https://app/cb' });
    const { searchParams } = new URL(first.url);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(first.codeVerifier));
    expect(Object.fromEntries(searchParams)).toEqual({
      tenant: '1',
      scope: 'a b',
      response_type: 'code',
      client_id: 'id-1',
      redirect_uri: 'https://app/cb',
      state: first.state,
      code_challenge: btoa(String.fromCharCode(...new Uint8Array(digest)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace('=', ''),
      code_challenge_method: 'S256',
    });
    expect(first.state.length).toBeGreaterThanOrEqual(43);
    expect(first.state).not.toBe(second.state);
    expect(first.codeVerifier).not.toBe(second.codeVerifier);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  it('follows the spec: separator, parameter, extras, no PKCE; and nobody replaces the state', async () => {
    const client = clientOf(answering(TOKEN).fetch, {
      scopeSeparator: ',',
      scopeParam: 'user_scope',
      pkce: false,
      authorizationParams: { access_type: 'offline', state: 'fixed', prompt: 'none' },
    });
    const { url, state, codeVerifier } = await client.beginAuthorization({
      redirectUri: 'https://app/cb',
      scopes: ['x', 'y'],
      params: { prompt: 'consent', client_id: 'other' },
    });
    const { searchParams } = new URL(url);
    expect(searchParams.get('user_scope')).toBe('x,y');
    expect([searchParams.get('access_type'), searchParams.get('prompt')]).toEqual(['offline', 'consent']);
    expect([searchParams.get('state'), searchParams.get('client_id')]).toEqual([state, 'id-1']);
    expect([codeVerifier, searchParams.get('code_challenge'), searchParams.get('scope')]).toEqual([
      undefined,
      null,
      null,
    ]);
  });
});

describe('the callback', () => {
  const pendingOf = async (client: OAuthClient) => client.beginAuthorization({ redirectUri: 'https://app/cb' });

  it.each<[string, (state: string) => URL | URLSearchParams | string]>([
    ['a URL', (state) => new URL(`https://app/cb?code=c&state=${state}`)],
    ['text', (state) => `https://app/cb?code=c&state=${state}#_=_`],
    ['a path', (state) => `/cb?code=c&state=${state}`],
    ['a query', (state) => `code=c&state=${state}`],
    ['parameters', (state) => new URLSearchParams({ code: 'c', state })],
  ])('may be %s', async (_name, callbackOf) => {
    const { fetch, sent } = answering(TOKEN);
    const client = clientOf(fetch);
    const pending = await pendingOf(client);
    await client.completeAuthorization(callbackOf(pending.state), pending);
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
      grant_type: 'authorization_code',
      code: 'c',
      redirect_uri: 'https://app/cb',
      code_verifier: pending.codeVerifier,
      client_id: 'id-1',
      client_secret: SECRET,
    });
    expect(sent[0]?.headers.get('accept')).toBe('application/json');
    expect(sent[0]?.redirect).toBe('manual');
  });

  it.each<[string, (state: string) => string, object]>([
    ['without a state', () => 'code=c', { code: 'INVALID_CALLBACK' }],
    ['with another state', () => 'code=c&state=other', { code: 'INVALID_CALLBACK' }],
    ['with two states', (state) => `code=c&state=${state}&state=${state}`, { code: 'INVALID_CALLBACK' }],
    ['with two codes', (state) => `code=c&code=d&state=${state}`, { code: 'INVALID_CALLBACK' }],
    ['without a code', (state) => `state=${state}`, { code: 'INVALID_CALLBACK' }],
    ['with a token', (state) => `token=t&state=${state}`, { code: 'INVALID_CALLBACK' }],
    ['of endless length', (state) => `code=${'c'.repeat(20_000)}&state=${state}`, { code: 'INVALID_CALLBACK' }],
    [
      'of a user who said no',
      (state) => `error=access_denied&state=${state}`,
      { code: 'ACCESS_DENIED', oauthCode: 'access_denied' },
    ],
    ['of an error', (state) => `error=weird&error_description=d&state=${state}`, { code: 'REFUSED', description: 'd' }],
    ['of an error with another state', () => 'error=access_denied&state=other', { code: 'INVALID_CALLBACK' }],
  ])('is refused %s, and nothing is sent', async (_name, callbackOf, expected) => {
    const { fetch, sent } = answering(TOKEN);
    const client = clientOf(fetch);
    const pending = await pendingOf(client);
    const error = await failureOf(async () => client.completeAuthorization(callbackOf(pending.state), pending));
    expect(error).toMatchObject(expected);
    expect(findCanary(error, pending.state)).toEqual([]);
    expect(sent).toEqual([]);
  });

  it('is refused an hour after the authorization was begun', async () => {
    const clock = new FakeClock();
    const client = clientOf(answering(TOKEN).fetch, {}, { clock });
    const pending = await pendingOf(client);
    await clock.advance(60 * 60 * 1_000 + 1);
    const error = await failureOf(async () => client.completeAuthorization(`code=c&state=${pending.state}`, pending));
    expect(error.code).toBe('EXPIRED');
  });

  it('says which scopes were granted where the token does not', async () => {
    const client = clientOf(answering(TOKEN).fetch);
    const pending = await pendingOf(client);
    const token = await client.completeAuthorization(`code=c&scope=a,c&state=${pending.state}`, pending);
    expect(token.scope).toBe('a c');
  });

  it('whatever it holds, is refused with INVALID_CALLBACK or has exactly our state', async () => {
    const { fetch, sent } = answering(TOKEN);
    const client = clientOf(fetch);
    const pending = await pendingOf(client);
    const name = fc.constantFrom('code', 'state', 'error', 'iss', 'response', 'id_token', 'scope', 'x');
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'c', pending.state));
    const query = fc.array(fc.tuple(name, value)).map((pairs) => new URLSearchParams(pairs).toString());
    await fc.assert(
      fc.asyncProperty(fc.oneof(query, fc.string({ unit: 'binary' })), async (callback) => {
        const before = sent.length;
        const parameters = new URLSearchParams(callback.slice(callback.indexOf('?') + 1).split('#')[0]);
        try {
          await client.completeAuthorization(callback, pending);
          expect(parameters.getAll('state')).toEqual([pending.state]);
          expect(parameters.getAll('code')).toHaveLength(1);
        } catch (error) {
          expect(OAuthError.is(error)).toBe(true);
          expect(sent).toHaveLength(before);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('requests to the token endpoint', () => {
  it('are encoded as the spec says, client and parameters with them', async () => {
    const { fetch, sent } = answering(TOKEN);
    const client = clientOf(fetch, {
      bodyFormat: 'json',
      clientAuthentication: 'basic',
      tokenParams: { audience: 'api' },
      refresh: { sendScope: true },
    });
    await client.refresh(HELD);
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'r1',
      audience: 'api',
      scope: 'a b',
    });
    expect(sent[0]?.headers.get('content-type')).toBe('application/json');
    expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${btoa(`id-1:${SECRET}`)}`);
  });

  it('encode client and secret in the header as forms are', async () => {
    const { fetch, sent } = answering(TOKEN);
    const client = clientOf(
      fetch,
      { clientAuthentication: 'basic' },
      { config: { clientId: 'a-b.c_d:e' }, secrets: { clientSecret: 'x y+z/ü%' } },
    );
    await client.requestClientCredentials();
    expect(atob(sent[0]?.headers.get('authorization')?.slice(6) ?? '')).toBe('a-b.c_d%3Ae:x+y%2Bz%2F%C3%BC%25');
  });

  it('keep what the answer to a refresh leaves out', async () => {
    expect(await clientOf(answering(TOKEN).fetch).refresh(HELD)).toMatchObject({
      accessToken: 'a2',
      refreshToken: 'r1',
      scope: 'a',
      extra: { instance: 'eu' },
    });
    const { fetch } = answering({ ...TOKEN, refresh_token: 'r2', scope: 'b', region: 'us' });
    expect(await clientOf(fetch).refresh(HELD)).toMatchObject({
      refreshToken: 'r2',
      scope: 'b',
      extra: { instance: 'eu', region: 'us' },
    });
  });

  it('count the lifetime from before they were sent', async () => {
    const clock = new FakeClock();
    const { fetch } = answering(TOKEN);
    const client = clientOf(
      async (url, init) => {
        await clock.sleep(5_000);
        return fetch(url, init);
      },
      {},
      { clock },
    );
    const startMs = clock.now();
    const token = await clock.settle(client.refresh(HELD));
    expect(Date.parse(token.expiresAt ?? '')).toBe(startMs + 60_000);
  });

  it('end at their deadline, and then nobody knows whether they were acted on', async () => {
    const clock = new FakeClock();
    let aborted: unknown;
    const client = clientOf(
      async (_url, { signal }) => new Promise(() => signal?.addEventListener('abort', () => (aborted = signal.reason))),
      {},
      { clock, timeoutMs: 3_000 },
    );
    const startMs = clock.now();
    const error = await clock.settle(failureOf(async () => client.refresh(HELD)));
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true, outcomeUnknown: true });
    expect(clock.now() - startMs).toBe(3_000);
    expect(aborted).toBe(error);
    expect(clock.pendingTimers).toBe(0);
  });

  it('end with the caller’s reason', async () => {
    const controller = new AbortController();
    const client = clientOf(async () => {
      controller.abort('enough');
      return new Promise(() => {});
    });
    await expect(client.refresh(HELD, { signal: controller.signal })).rejects.toBe('enough');
    await expect(client.refresh(HELD, { signal: AbortSignal.abort('no') })).rejects.toBe('no');
  });

  it('read no more than the limit', async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (stream) => stream.enqueue(new Uint8Array(65_536).fill(32)),
    });
    const client = clientOf(async () => new Response(endless), {}, { maxResponseBytes: 200_000 });
    expect(await failureOf(async () => client.refresh(HELD))).toMatchObject({
      code: 'INVALID_RESPONSE',
      outcomeUnknown: true,
    });
  });

  it('tell what was certainly not sent from what may have been', async () => {
    const refused = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) });
    const reset = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNRESET' }) });
    for (const [error, outcomeUnknown] of [
      [refused, false],
      [reset, true],
      [new TypeError('load failed'), true],
    ] as const) {
      expect(await failureOf(async () => clientOf(answering(error).fetch).refresh(HELD))).toMatchObject({
        code: 'NETWORK',
        retryable: true,
        outcomeUnknown,
      });
    }
  });

  it('are never repeated', async () => {
    const { fetch, sent } = answering(new Response('', { status: 503 }));
    await failureOf(async () => clientOf(fetch).refresh(HELD));
    expect(sent).toHaveLength(1);
  });

  it('show no secret in what goes wrong', async () => {
    const canaries = [SECRET, createCanary(22, 'token'), createCanary(23, 'token')] as const;
    const held = { ...HELD, refreshToken: canaries[1], accessToken: canaries[2] };
    const echo: FetchLike = async (_url, { body }) =>
      Response.json({ error: 'invalid_request', error_description: `got ${bodyText(body)}` }, { status: 400 });
    const thrown = new TypeError(`no ${canaries.join()}`);
    for (const fetch of [echo, answering(thrown).fetch, answering(new Response('{"a":', { status: 200 })).fetch]) {
      const error = await failureOf(async () => clientOf(fetch).refresh(held));
      for (const canary of canaries)
        expect(findCanary(JSON.stringify(error) + String(error.stack), canary)).toEqual([]);
    }
  });
});

describe('addresses', () => {
  const build = (tokenUrl: string, options: Partial<OAuthClientOptions> = {}, config: object = {}) =>
    new OAuthClient(
      { ...METHOD, tokenUrl },
      { config: { clientId: 'c', ...config }, secrets: { clientSecret: SECRET }, ...options },
    );

  it.each([
    ['http://as.example/token', {}, {}],
    ['http://127.0.0.1/token', {}, {}],
    ['http://10.0.0.1/token', { allowInsecureLoopback: true }, {}],
    ['http://127.0.0.1.evil.example/token', { allowInsecureLoopback: true }, {}],
    ['ftp://as.example/token', {}, {}],
    ['file:///etc/passwd', {}, {}],
    ['https://user:pass@as.example/token', {}, {}],
    ['not a url', {}, {}],
    ['https://{host}/token', {}, { host: 'evil.example' }],
    ['https://{host}.com/token', {}, { host: 'evil' }],
    ['https://{account}.as.example/token', {}, { account: 'evil.example/x' }],
    ['https://{account}.as.example/token', {}, { account: 'evil.example#' }],
    ['https://{account}.as.example/token', {}, { account: 'a@evil.example:1' }],
  ])('%s with %j is refused', (tokenUrl, options, config) => {
    expect(() => build(tokenUrl, options, config)).toThrow(OAuthError);
    expect(() => build(tokenUrl, options, config)).toThrow(/token endpoint/);
  });

  it.each([
    ['http://127.0.0.1:8080/token', { allowInsecureLoopback: true }, {}, 'http://127.0.0.1:8080/token'],
    ['http://[::1]/token', { allowInsecureLoopback: true }, {}, 'http://[::1]/token'],
    [
      'https://{account}.as.example/{realm}/token',
      {},
      { account: 'acme', realm: 'a/b' },
      'https://acme.as.example/a%2Fb/token',
    ],
    [
      'https://{host}/token',
      { allowHost: (host: string) => host === 'ok.example' },
      { host: 'ok.example' },
      'https://ok.example/token',
    ],
  ])('%s with %j is asked', async (tokenUrl, options, config, expected) => {
    const { fetch, sent } = answering(TOKEN);
    await build(tokenUrl, { ...options, fetch }, config).requestClientCredentials();
    expect(sent.map(({ url }) => url)).toEqual([expected]);
  });

  it('name the field that is missing', () => {
    expect(() => build('https://{account}.as.example/token')).toThrow(AuthError);
    expect(() => new OAuthClient(METHOD, { config: {}, secrets: { clientSecret: 's' } })).toThrow(/"clientId"/);
    expect(() => new OAuthClient(METHOD, { config: { clientId: 'c' } })).toThrow(/"clientSecret"/);
    expect(
      () =>
        new OAuthClient(
          { ...METHOD, clientSecretField: 'key' },
          { config: { clientId: 'c' }, secrets: { clientSecret: 's' } },
        ),
    ).toThrow(/"key"/);
  });

  it('must be in the spec where a flow needs them', async () => {
    const { revocationUrl: _url, ...without } = METHOD;
    const client = new OAuthClient(without, { config: { clientId: 'c' }, secrets: { clientSecret: 's' } });
    expect(await failureOf(async () => client.revoke(HELD))).toMatchObject({ code: 'UNSUPPORTED' });
  });
});

describe('the device flow', () => {
  const DEVICE = {
    device_code: 'dc',
    user_code: 'UC',
    verification_url: 'https://as.example/d',
    expires_in: '600',
    interval: '2',
  };
  const pending = Response.json({ error: 'authorization_pending' }, { status: 400 });
  const slow = Response.json({ error: 'slow_down' }, { status: 400 });
  const broken = new TypeError('fetch failed');

  /** Milliseconds between polls. */
  async function pollsOf(...answers: readonly (object | Response | Error)[]) {
    const clock = new FakeClock();
    const { fetch } = answering(DEVICE, ...answers);
    const polls: number[] = [];
    let last = clock.now();
    const client = clientOf(
      async (url, init) => {
        if (url.endsWith('/token')) polls.push(clock.now() - last);
        last = clock.now();
        return fetch(url, init);
      },
      {},
      { clock },
    );
    const device = await client.beginDeviceAuthorization();
    const outcome = await clock.settle(
      client.completeDeviceAuthorization(device).then(
        (token) => token.accessToken,
        (error: unknown) => (OAuthError.is(error) ? error.code : error),
      ),
    );
    return { polls, outcome, device };
  }

  it('waits the server’s interval, 5 s longer for good after each slow_down', async () => {
    const { polls, outcome, device } = await pollsOf(pending, slow, pending, slow, TOKEN);
    expect(device).toMatchObject({ verificationUri: 'https://as.example/d', intervalMs: 2_000 });
    expect(polls).toEqual([2_000, 2_000, 7_000, 7_000, 12_000]);
    expect(outcome).toBe('a2');
  });

  it('waits twice as long after each answer that did not come', async () => {
    const { polls, outcome } = await pollsOf(broken, broken, pending, new Response('', { status: 503 }), TOKEN);
    expect(polls).toEqual([2_000, 4_000, 8_000, 8_000, 16_000]);
    expect(outcome).toBe('a2');
  });

  it('waits as long as the server asks', async () => {
    const throttled = new Response('', { status: 429, headers: { 'retry-after': '90' } });
    expect((await pollsOf(throttled, TOKEN)).polls).toEqual([2_000, 90_000]);
  });

  it.each([
    ['the user refused', 'access_denied', 'ACCESS_DENIED'],
    ['the code ended', 'expired_token', 'EXPIRED'],
    ['the client is refused', 'invalid_client', 'INVALID_CLIENT'],
  ])('ends when %s', async (_name, error, code) => {
    const { polls, outcome } = await pollsOf(pending, Response.json({ error }, { status: 400 }));
    expect([polls.length, outcome]).toEqual([2, code]);
  });

  it('ends with the code’s life', async () => {
    const { polls, outcome } = await pollsOf(pending);
    expect(outcome).toBe('EXPIRED');
    expect(polls.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(600_000);
    expect(polls.length).toBe(299);
  });

  it('ends with the caller’s reason', async () => {
    const controller = new AbortController();
    const clock = new FakeClock();
    const client = clientOf(answering(DEVICE, pending).fetch, {}, { clock });
    const device = await client.beginDeviceAuthorization();
    const waiting = client.completeDeviceAuthorization(device, { signal: controller.signal });
    controller.abort('left');
    await expect(waiting).rejects.toBe('left');
    expect(clock.pendingTimers).toBe(0);
  });

  it('accepts no device authorization that lacks its codes, and shows none', async () => {
    const { fetch } = answering({ device_code: 'dc-canary-0815', expires_in: 1 });
    const error = await failureOf(async () => clientOf(fetch).beginDeviceAuthorization());
    expect(error.code).toBe('INVALID_RESPONSE');
    expect(findCanary(error, 'dc-canary-0815')).toEqual([]);
  });
});

describe('revocation', () => {
  const hints = (sent: readonly SentRequest[]) =>
    sent.map(({ body }) => {
      const form = new URLSearchParams(body);
      return [form.get('token_type_hint'), form.get('token')];
    });

  it('asks for the refresh token first, then for the access token', async () => {
    const { fetch, sent } = answering(new Response(null, { status: 204 }));
    await clientOf(fetch).revoke(HELD);
    expect(hints(sent)).toEqual([
      ['refresh_token', 'r1'],
      ['access_token', 'a1'],
    ]);
  });

  it('asks for both also where the first fails, and says so', async () => {
    const { fetch, sent } = answering(new Response('', { status: 503 }), new Response(null, { status: 200 }));
    expect(await failureOf(async () => clientOf(fetch).revoke(HELD))).toMatchObject({ code: 'UNAVAILABLE' });
    expect(sent).toHaveLength(2);
  });

  it('takes it for done where access tokens cannot be revoked', async () => {
    const { fetch } = answering(
      new Response(null, { status: 200 }),
      Response.json({ error: 'unsupported_token_type' }, { status: 400 }),
    );
    expect(await clientOf(fetch).revoke(HELD)).toBeUndefined();
  });
});

describe('introspection', () => {
  it('says what the server says', async () => {
    const { fetch } = answering({ active: true, scope: 'a', client_id: 'c', sub: 's', exp: 1_800_000_000 });
    expect(await clientOf(fetch).introspect('t')).toEqual({
      isActive: true,
      scope: 'a',
      clientId: 'c',
      subject: 's',
      expiresAt: '2027-01-15T08:00:00.000Z',
    });
    expect(await clientOf(answering({ active: false }).fetch).introspect('t')).toEqual({ isActive: false });
  });

  it('is no answer without "active"', async () => {
    expect(await failureOf(async () => clientOf(answering({}).fetch).introspect('t'))).toMatchObject({
      code: 'INVALID_RESPONSE',
    });
  });
});

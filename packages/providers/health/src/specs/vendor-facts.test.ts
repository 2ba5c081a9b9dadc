import { requestCredentials } from '@mortise/auth';
import {
  type ConfigOf,
  findAuthConfig,
  findTransportConfig,
  type IntegrationSpec,
  type SecretsOf,
} from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { answerHandshake, signWebhook, verifyWebhook } from '@mortise/webhooks';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  appleHealthIntegrationSpec,
  defineHealthProviderSpec,
  fitbitIntegrationSpec,
  garminIntegrationSpec,
  myFitnessPalIntegrationSpec,
  openWearablesIntegrationSpec,
  ouraIntegrationSpec,
  stravaIntegrationSpec,
  whoopIntegrationSpec,
} from './index.ts';

const NOW_MS = Date.parse('2026-11-25T12:00:00Z');
const now = () => NOW_MS;

async function hmac(key: string | Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array> {
  const raw = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(text)));
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

describe('deliveries of WHOOP', () => {
  const secrets = { clientSecret: 'whoop-client-secret' };
  const rawBody = '{"user_id":1,"id":"a","type":"sleep.updated","trace_id":"t"}';
  const headers = async (key = 'whoop-client-secret', stamp = String(NOW_MS)) => ({
    'x-whoop-signature-timestamp': stamp,
    'x-whoop-signature': base64(await hmac(key, `${stamp}${rawBody}`)),
  });

  it('are signed with the client secret over the milliseconds and the body, in base64', async () => {
    const result = await verifyWebhook(whoopIntegrationSpec, { headers: await headers(), rawBody }, secrets, { now });
    expect(result).toMatchObject({ ok: true, eventType: 'sleep.updated' });
  });

  it('are refused when forged, changed, old, or when no secret is configured', async () => {
    const verify = (request: Parameters<typeof verifyWebhook>[1], known: Record<string, string> = secrets) =>
      verifyWebhook(whoopIntegrationSpec, request, known, { now });
    const genuine = await headers();
    const old = await headers('whoop-client-secret', String(NOW_MS - 3_600_000));
    expect((await verify({ headers: await headers('other'), rawBody })).ok).toBe(false);
    expect((await verify({ headers: genuine, rawBody: rawBody.replace('1', '2') })).ok).toBe(false);
    expect((await verify({ headers: old, rawBody })).ok).toBe(false);
    expect((await verify({ headers: genuine, rawBody }, {})).ok).toBe(false);
  });
});

describe('deliveries of Oura', () => {
  const secrets = { clientSecret: 'oura-client-secret', webhookVerificationToken: 'chosen' };
  const stamp = String(NOW_MS / 1000);
  const rawBody = '{"event_type":"update","data_type":"sleep","object_id":"o","user_id":"u"}';

  it('are signed in capital hex over the seconds and the body', async () => {
    const signature = hex(await hmac('oura-client-secret', `${stamp}${rawBody}`)).toUpperCase();
    const request = { headers: { 'x-oura-timestamp': stamp, 'x-oura-signature': signature }, rawBody };
    expect(await verifyWebhook(ouraIntegrationSpec, request, secrets, { now })).toMatchObject({
      ok: true,
      eventType: 'sleep.update',
    });
    const forged = { ...request, headers: { ...request.headers, 'x-oura-signature': '00'.repeat(32) } };
    expect((await verifyWebhook(ouraIntegrationSpec, forged, secrets, { now })).ok).toBe(false);
  });

  it.each([
    ['chosen', 200, '{"challenge":"abc"}'],
    ['another', 401, ''],
  ])('begin with a challenge that is repeated for the token %j only', async (token, status, body) => {
    const url = `https://app.example.com/hooks?verification_token=${token}&challenge=abc`;
    const answer = await answerHandshake(
      ouraIntegrationSpec,
      { method: 'GET', url, headers: {}, rawBody: '' },
      secrets,
    );
    expect(answer?.response).toMatchObject({ status });
    expect(answer?.response.body ?? '').toBe(body);
  });
});

describe('deliveries of Strava', () => {
  it('begin with a challenge under a name with a dot', async () => {
    const url = 'https://app.example.com/hooks?hub.mode=subscribe&hub.challenge=15f7&hub.verify_token=chosen';
    const request = { method: 'GET', url, headers: {}, rawBody: '' };
    const answer = await answerHandshake(stravaIntegrationSpec, request, { webhookVerifyToken: 'chosen' });
    expect(answer?.response).toMatchObject({ status: 200, body: '{"hub.challenge":"15f7"}' });
    const other = await answerHandshake(stravaIntegrationSpec, request, { webhookVerifyToken: 'other' });
    expect(other?.accepted).toBe(false);
  });
});

it.each([
  ['Strava', stravaIntegrationSpec],
  ['Garmin', garminIntegrationSpec],
  ['MyFitnessPal', myFitnessPalIntegrationSpec],
])('deliveries of %s prove nothing, and are refused unless the host says that it knows', async (_name, spec) => {
  const request = { headers: { 'garmin-client-id': 'x' }, rawBody: '{}' };
  const secrets = { clientId: 'x', clientSecret: 'y' };
  expect((await verifyWebhook(spec, request, secrets, { now })).ok).toBe(false);
  expect((await verifyWebhook(spec, request, secrets, { now, acceptUnverified: true })).ok).toBe(true);
});

describe('deliveries of Open Wearables', () => {
  const secrets = { webhookSecret: 'whsec_bWFkZXVw' };
  const delivery = { body: '{"type":"sleep.created"}', id: 'msg_1', timestampMs: NOW_MS };
  const sign = async () => {
    const [contract] = openWearablesIntegrationSpec.webhooks ?? [];
    if (contract === undefined) throw new TypeError('no contract');
    return signWebhook(contract, delivery, secrets);
  };

  it('follow the scheme of Svix', async () => {
    const sent = await sign();
    const expected = base64(await hmac(new TextEncoder().encode('madeup'), `msg_1.${NOW_MS / 1000}.${delivery.body}`));
    expect(sent.headers['svix-signature']).toBe(`v1,${expected}`);
    expect((await verifyWebhook(openWearablesIntegrationSpec, sent, secrets, { now })).ok).toBe(true);
  });

  it('may carry signatures of an old and a new secret', async () => {
    const sent = await sign();
    const headers = { ...sent.headers, 'svix-signature': `v1,AAAA ${sent.headers['svix-signature'] ?? ''}` };
    expect((await verifyWebhook(openWearablesIntegrationSpec, { ...sent, headers }, secrets, { now })).ok).toBe(true);
  });
});

describe('deliveries of Google Health', () => {
  const secrets = { webhookSecret: 'Bearer made-up-delivery-secret' };
  const check = (authorization: Record<string, string>) =>
    answerHandshake(
      fitbitIntegrationSpec,
      { headers: { 'content-type': 'application/json', ...authorization }, rawBody: '{"type":"verification"}' },
      secrets,
    );

  it('begin with two checks: with the whole Authorization value, and without', async () => {
    expect((await check({ authorization: 'Bearer made-up-delivery-secret' }))?.response.status).toBe(201);
    expect((await check({ authorization: 'made-up-delivery-secret' }))?.response.status).toBe(401);
    expect((await check({}))?.response.status).toBe(401);
  });

  it('need a signature beside the value', async () => {
    const request = { headers: { authorization: secrets.webhookSecret }, rawBody: '[]' };
    expect((await verifyWebhook(fitbitIntegrationSpec, request, secrets, { now })).ok).toBe(false);
  });
});

describe('what vendors do differently', () => {
  const oauth = (spec: IntegrationSpec) => findAuthConfig(spec.supportedAuthMethods ?? [], 'oauth2');
  const rest = (spec: IntegrationSpec) => findTransportConfig(spec.transports ?? [], 'rest');

  it('WHOOP gives a refresh token for the scope offline only, and wants the scopes again', () => {
    expect(oauth(whoopIntegrationSpec)).toMatchObject({ refresh: { rotation: 'rotating', sendScope: true } });
    expect(oauth(whoopIntegrationSpec)?.scopes).toContain('offline');
  });

  it('WHOOP takes a cursor in camel case and gives it in snake case, and counts its reset in seconds', () => {
    expect(rest(whoopIntegrationSpec)?.pagination).toMatchObject({
      param: 'nextToken',
      cursor: { pointer: '/next_token' },
      maxSize: 25,
    });
    expect(rest(whoopIntegrationSpec)?.retryAfter).toEqual([{ header: 'X-RateLimit-Reset', format: 'delta-seconds' }]);
  });

  it('Oura has no scope named sleep', () => {
    expect(oauth(ouraIntegrationSpec)?.scopes).not.toContain('sleep');
    expect(oauth(ouraIntegrationSpec)?.scopes).toEqual(expect.arrayContaining(['heartrate', 'spo2Daily']));
  });

  it('Strava separates scopes by commas and reads no sleep', () => {
    expect(oauth(stravaIntegrationSpec)?.scopeSeparator).toBe(',');
    expect(stravaIntegrationSpec.capabilities.provides.map(({ key }) => key)).not.toContain('health.sleep.read');
  });

  it('Garmin asks for PKCE and has no scopes', () => {
    expect(oauth(garminIntegrationSpec)).toMatchObject({ pkce: true, scopes: [] });
  });

  it('Fitbit is read from the Google Health API, with consent given to Google', () => {
    expect(rest(fitbitIntegrationSpec)?.baseUrl).toBe('https://health.googleapis.com');
    expect(oauth(fitbitIntegrationSpec)).toMatchObject({
      tokenUrl: 'https://oauth2.googleapis.com/token',
      authorizationParams: { access_type: 'offline', prompt: 'consent' },
    });
    const ended = fitbitIntegrationSpec.versionPolicy?.supportedVersions.filter(({ status }) => status === 'sunset');
    expect(ended?.map(({ version, sunsetDate }) => [version, sunsetDate])).toEqual([
      ['1.2', '2026-11-02'],
      ['1.1', '2026-11-02'],
      ['1', '2026-11-02'],
    ]);
  });

  it('MyFitnessPal wants its client id beside the token', () => {
    const secrets = { accessToken: 'a', clientId: 'c' };
    expect(requestCredentials(myFitnessPalIntegrationSpec.supportedAuthMethods ?? [], { secrets }).headers).toEqual({
      Authorization: 'Bearer a',
      'mfp-client-id': 'c',
    });
  });

  it('Open Wearables takes its key bare, in a header of its own', () => {
    const [method] = openWearablesIntegrationSpec.supportedAuthMethods ?? [];
    expect(method && requestCredentials(method, { secrets: { apiKey: 'sk-1' } }).headers).toEqual({
      'X-Open-Wearables-API-Key': 'sk-1',
    });
  });

  it('Apple Health has no consent page: an app on the device asks', () => {
    expect(oauth(appleHealthIntegrationSpec)).toBeUndefined();
    expect(appleHealthIntegrationSpec.webhooks).toBeUndefined();
  });

  it.each([['https://wearables.example.com'], ['wearables.example.com/api'], ['a b'], ['']])(
    'an instance is named by its host alone, not %j',
    (host) => {
      const { schema } = openWearablesIntegrationSpec.configSchema;
      expect(validateAgainstSchema<unknown>(schema, { host }).valid).toBe(false);
    },
  );

  it('a secret holds the client, or at least a token of the member', () => {
    const accepts = (secret: object) =>
      validateAgainstSchema<unknown>(whoopIntegrationSpec.secretSchema.schema, secret).valid;
    expect(accepts({ clientId: 'a', clientSecret: 'b' })).toBe(true);
    expect(accepts({ accessToken: 'a' })).toBe(true);
    expect(accepts({ clientId: 'a' })).toBe(false);
    expect(accepts({ refreshToken: 'a' })).toBe(false);
  });

  it('config and secret are typed', () => {
    expectTypeOf<ConfigOf<typeof openWearablesIntegrationSpec>['host']>().toEqualTypeOf<string>();
    expectTypeOf<SecretsOf<typeof openWearablesIntegrationSpec>['apiKey']>().toEqualTypeOf<string>();
    expectTypeOf<ConfigOf<typeof fitbitIntegrationSpec>['surface']>().toEqualTypeOf<
      'google-health' | 'fitbit-legacy' | undefined
    >();
  });
});

describe('a spec for one more vendor', () => {
  const facts = {
    key: 'health.acme',
    title: 'Acme Band',
    description: 'Data of Acme bands.',
    docsUrl: 'https://developer.acme.example',
    tags: ['acme'],
  };

  it('has the defaults of the shipped ones and claims nothing that is not known', () => {
    const spec = defineHealthProviderSpec(facts);
    expect(spec.meta).toMatchObject({ stability: 'experimental', tags: ['health', 'wearables', 'acme'] });
    expect(spec.supportedModes).toEqual(['managed', 'byok']);
    expect(spec.capabilities.provides.map(({ key }) => key)).toEqual([
      'health.activities.read',
      'health.workouts.read',
      'health.sleep.read',
      'health.biometrics.read',
    ]);
    expect(spec.supportedAuthMethods?.map(({ type }) => type)).toEqual(['api-key', 'bearer', 'basic']);
    expect(spec.webhooks).toBeUndefined();
    expect(JSON.stringify(spec)).not.toContain('""');
  });

  it('has an OAuth method where there is an address, and consent where there is one for it', () => {
    const withToken = defineHealthProviderSpec({
      ...facts,
      oauthTokenUrl: 'https://acme.example/token',
      byokScopes: ['read'],
    });
    expect(withToken.supportedAuthMethods?.[0]).toMatchObject({
      type: 'oauth2',
      grantType: 'refresh_token',
      scopes: ['read'],
    });
    const withConsent = defineHealthProviderSpec({
      ...facts,
      oauthTokenUrl: 'https://acme.example/token',
      oauthAuthorizationUrl: 'https://acme.example/authorize',
    });
    expect(withConsent.supportedAuthMethods?.[0]).toMatchObject({ grantType: 'authorization_code' });
  });

  it('leaves what it was given as it was, and shares no part with another', () => {
    const transports = [{ type: 'mcp', transport: 'http', url: 'https://acme.example/mcp' }] as const;
    const one = defineHealthProviderSpec({ ...facts, transports });
    const other = defineHealthProviderSpec({ ...facts, transports });
    expect(Object.isFrozen(transports[0])).toBe(false);
    expect(one.transports).not.toBe(other.transports);
    expect(one.transports?.[0]).not.toBe(other.transports?.[0]);
    expect(one.preferredTransport).toBe('mcp');
    expect(one.configSchema.schema).not.toBe(other.configSchema.schema);
  });

  it('is refused where its parts do not fit together', () => {
    expect(() => defineHealthProviderSpec({ ...facts, oauthTokenUrl: '' })).toThrow(/tokenUrl/);
    expect(() => defineHealthProviderSpec({ ...facts, key: 'not a key' })).toThrow(/key/);
  });
});

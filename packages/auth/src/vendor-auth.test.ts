import { type IntegrationAuthConfig, validateIntegrationSpec } from '@mortise/core';
import { bodyText } from './__fixtures__/body-text.ts';
import { describe, expect, it } from 'vitest';
import { LEFT_OUT, SECRETS, TOKEN, VENDOR_AUTH } from './__fixtures__/vendor-auth.ts';
import { requestCredentials } from './credentials/request-credentials.ts';
import { OAuthClient } from './oauth/oauth-client.ts';

const CASES = VENDOR_AUTH.map((each) => [`${each.vendor}: ${each.name}`, each] as const);

function specWith(methods: readonly IntegrationAuthConfig[]): object {
  const names = [...Object.keys(SECRETS), 'accessToken', 'refreshToken', 'privateKey'];
  return {
    meta: {
      key: 'custom.example',
      version: '1.0.0',
      title: 'Example',
      owners: ['@team'],
      tags: ['x'],
      category: 'custom',
    },
    supportedModes: ['byok'],
    capabilities: { provides: [{ key: 'x.y' }] },
    configSchema: {
      schema: { type: 'object', properties: { installationId: { type: 'string' }, mailbox: { type: 'string' } } },
    },
    secretSchema: {
      schema: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) },
    },
    transports: [{ type: 'rest', baseUrl: 'https://api.example.com' }],
    supportedAuthMethods: methods,
  };
}

describe('what vendors document about their credentials', () => {
  it.each(CASES)('can be stated in a spec: %s', (_name, { methods }) => {
    const placed = methods.some(({ type }) => type === 'path-token');
    const spec = specWith(methods);
    const transports = [{ type: 'rest', baseUrl: 'https://api.example.com/bot{token}' }];
    expect(validateIntegrationSpec(placed ? { ...spec, transports } : spec)).toMatchObject({ valid: true });
  });

  it.each(CASES)('becomes the credentials of a request: %s', (_name, { methods, headers = {}, query = {}, path }) => {
    const isGrant = methods.some(({ type }) => type === 'oauth2' || type === 'service-account');
    const source = { secrets: SECRETS, ...(isGrant ? { token: TOKEN } : {}) };
    expect(requestCredentials(methods, source)).toEqual({ headers, query, ...(path === undefined ? {} : { path }) });
    expect(() => requestCredentials(methods, { secrets: {} })).toThrow(/has no field|needs a token/);
  });

  it.each(CASES.filter(([, { methods }]) => methods.some(({ type }) => type === 'oauth2')))(
    'is a grant that can be begun: %s',
    async (_name, { methods }) => {
      const [method] = methods;
      if (method?.type !== 'oauth2') throw new TypeError('no OAuth');
      const sent: URLSearchParams[] = [];
      const client = new OAuthClient(method, {
        secrets: SECRETS,
        fetch: async (_url, { headers, body }) => {
          const isJson = new Headers(headers).get('content-type') === 'application/json';
          sent.push(new URLSearchParams(isJson ? JSON.parse(bodyText(body)) : bodyText(body)));
          const answer = { ok: true, access_token: 'a', authed_user: { access_token: 'a' } };
          return Response.json(answer);
        },
      });
      if (method.grantType === 'client_credentials') {
        expect((await client.requestClientCredentials()).accessToken).toBe('a');
        return;
      }
      const pending = await client.beginAuthorization({ redirectUri: 'https://app.example/callback' });
      const { searchParams } = new URL(pending.url);
      const scopes = searchParams.get(method.scopeParam ?? 'scope');
      expect(scopes?.split(method.scopeSeparator ?? ' ') ?? []).toEqual(method.scopes);
      expect(searchParams.has('code_challenge')).toBe(method.pkce !== false);
      expect((await client.completeAuthorization(`code=c&state=${pending.state}`, pending)).accessToken).toBe('a');
      expect(sent[0]?.get('grant_type')).toBe('authorization_code');
    },
  );

  it('is left out only where it is no credential of a request, or nobody has described it', () => {
    expect(LEFT_OUT.map(({ vendor, name }) => `${vendor}: ${name}`)).toEqual([
      'garmin: OAuth 1',
      'google cloud storage: HMAC key',
      'google cloud storage: workload identity',
      'posthog: project token',
      'posthog: OAuth',
      'powens: client credentials',
      'resend: OAuth',
      'supabase, postgres: database user',
    ]);
    expect(new Set(VENDOR_AUTH.map(({ vendor }) => vendor)).size).toBe(42);
  });
});

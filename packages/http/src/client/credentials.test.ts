import { MortiseError } from '@mortise/core';
import { describe, expect, it } from 'vitest';
import { recordingFetch, rejectionOf, specOf } from '../__fixtures__/example-api.ts';
import type { IntegrationClientOptions } from './client-options.ts';
import { createIntegrationClient } from './create-integration-client.ts';

const METHODS = [
  { type: 'header', headerName: 'X-Api-Key', secretField: 'apiKey' },
  { type: 'bearer', tokenField: 'token' },
  { type: 'webhook-signing', algorithm: 'hmac-sha256', signatureHeader: 'x-sig', secretField: 'apiKey' },
] as const;

async function sent(options: IntegrationClientOptions, auth: readonly [...typeof METHODS] | undefined = METHODS) {
  const { fetch, seen } = recordingFetch();
  const secrets = { apiKey: 'key-0815', token: 'token-4711' };
  await createIntegrationClient(specOf({ auth }), { secrets, fetch, ...options }).request({ path: '/x' });
  return seen[0]?.headers;
}

describe('credentials of a request', () => {
  it('follow the spec’s first method that is for requests', async () => {
    expect(await sent({})).toEqual({ accept: 'application/json', 'x-api-key': 'key-0815' });
  });

  it('follow the connection’s method, unless the spec does not have it or it is not for requests', async () => {
    expect(await sent({ connection: { authMethod: 'bearer' } })).toMatchObject({ authorization: 'Bearer token-4711' });
    expect(await sent({ connection: { authMethod: 'basic' } })).toHaveProperty('x-api-key');
    expect(await sent({ connection: { authMethod: 'webhook-signing' } })).toHaveProperty('x-api-key');
  });

  it('can be chosen, combined and left out', async () => {
    expect(await sent({ auth: METHODS[1] })).not.toHaveProperty('x-api-key');
    expect(await sent({ auth: [METHODS[0], METHODS[1]] })).toMatchObject({
      'x-api-key': 'key-0815',
      authorization: 'Bearer token-4711',
    });
    expect(await sent({ auth: false })).toEqual({ accept: 'application/json' });
  });

  it('take a token that is asked for in each request, or the connection’s own', async () => {
    const { fetch, seen } = recordingFetch();
    const auth = {
      type: 'oauth2',
      grantType: 'client_credentials',
      tokenUrl: 'https://id.example.com/token',
      scopes: [],
    } as const;
    let count = 0;
    const client = createIntegrationClient(specOf(), {
      auth,
      fetch,
      token: async () => ({ accessToken: `t${(count += 1)}` }),
    });
    await client.request({});
    await client.request({});
    const connection = { oauth2State: { accessToken: 'own', tokenType: 'Bearer' } };
    await createIntegrationClient(specOf(), { auth, fetch, connection }).request({});
    expect(seen.map(({ headers }) => headers['authorization'])).toEqual(['Bearer t1', 'Bearer t2', 'Bearer own']);
  });

  it('that are missing are an error that names the field, and nothing is sent', async () => {
    const { fetch, seen } = recordingFetch();
    const client = createIntegrationClient(specOf(), { secrets: { apiKey: '' }, fetch });
    expect(await rejectionOf(client.request({ path: '/x' }))).toMatchObject({
      code: 'invalid_request',
      reason: 'misconfigured',
      field: 'apiKey',
      message: expect.stringContaining('GET /x has no credentials'),
    });
    expect(seen).toHaveLength(0);
  });

  it.each([
    ['AUTH_REQUIRED', 'never', 'unauthenticated'],
    ['TOKEN_UNAVAILABLE', 'transient', 'unavailable'],
  ] as const)('whose keeper says %s fail with what that means', async (code, retry, expected) => {
    const token = () => Promise.reject(new MortiseError({ code, retry, message: 'from the keeper' }));
    const client = createIntegrationClient(specOf(), { token, fetch: recordingFetch().fetch });
    expect(await rejectionOf(client.request({}))).toMatchObject({ code: expected, retry, reason: 'credentials' });
  });
});

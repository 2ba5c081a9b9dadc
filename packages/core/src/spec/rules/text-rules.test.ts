import { describe, expect, it } from 'vitest';
import { contractSpec } from '../../__fixtures__/contract-spec.ts';
import { changed } from '../../__fixtures__/example-spec.ts';
import { validateIntegrationSpec } from '../validate-integration-spec.ts';

function problemsOf(path: string, value: unknown, spec: unknown = contractSpec()): string[] {
  const { problems } = validateIntegrationSpec(changed(spec, path, value));
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

const ADDRESSES = [
  '/supportedAuthMethods/1/authorizationUrl',
  '/supportedAuthMethods/1/tokenUrl',
  '/supportedAuthMethods/1/revocationUrl',
  '/supportedAuthMethods/1/introspectionUrl',
  '/supportedAuthMethods/1/deviceAuthorizationUrl',
  '/supportedAuthMethods/2/tokenUrl',
  '/webhooks/1/verification/2/key/keySetUrl',
];

describe('addresses', () => {
  it.each(ADDRESSES)('are https: %s', (path) => {
    expect(problemsOf(path, 'http://example.com')).toEqual([
      `${path}: expected https, or http for a loopback address, got http:`,
    ]);
    expect(problemsOf(path, '/relative')).toEqual([`${path}: expected an absolute https URL`]);
    expect(problemsOf(path, 'http://127.0.0.1:8080/token')).toEqual([]);
  });

  it('are https in a health request that goes to another host', () => {
    const path = '/healthCheck/request/path';
    const { versionPolicy: _policy, supportedAuthMethods: _methods, ...spec } = contractSpec();
    const fixed = changed(spec, '/transports/0/baseUrl', 'https://example.com');
    expect(problemsOf(path, 'http://example.com/me', fixed)).toHaveLength(1);
    expect(problemsOf(path, 'https://example.com/me', fixed)).toEqual([]);
    expect(problemsOf(path, 'me', fixed)).toEqual([]);
  });

  it('are no parameters, claims or pointers that only have such a name', () => {
    expect(problemsOf('/supportedAuthMethods/1/authorizationParams', { redirectUrl: 'x', url: 'y' })).toEqual([]);
    expect(problemsOf('/webhooks/1/verification/2/claims', { pageUrl: 'x' })).toEqual([]);
    expect(problemsOf('/transports/0/pagination', { style: 'next-url', items: '', url: '/next' })).toEqual([]);
  });
});

describe('places of an address', () => {
  const fillers = 'there is account, clientId, user, apiVersion, token';

  it.each(['/transports/0/baseUrl', '/healthCheck/request/path', ...ADDRESSES])('can be filled in: %s', (path) => {
    const text = 'https://example.com/{token}/{apiVersion}/{account}';
    expect(problemsOf(path, text)).toEqual([]);
    expect(problemsOf(path, `${text}/{region}`)).toEqual([`${path}: nothing fills in {region}; ${fillers}`]);
  });

  it('are filled in by an API version where there is a policy, and by a token where a method has one', () => {
    const { versionPolicy: _policy, supportedAuthMethods: _methods, ...spec } = contractSpec();
    expect(problemsOf('/supportedModes', ['byok'], spec)).toEqual([
      '/transports/0/baseUrl: nothing fills in {token}; there is account, clientId, user',
      '/transports/0/baseUrl: nothing fills in {apiVersion}; there is account, clientId, user',
    ]);
  });

  it('are not judged where the config takes any field', () => {
    const open = changed(contractSpec(), '/configSchema/schema', { type: 'object' });
    expect(problemsOf('/healthCheck/request/path', '/{region}', open)).toEqual([]);
  });

  it('cannot be filled in by a config without fields', () => {
    const closed = { type: 'object', additionalProperties: false };
    const { versionPolicy: _policy, supportedAuthMethods: _methods, webhooks: _webhooks, ...spec } = contractSpec();
    const fixed = changed(spec, '/transports/0/baseUrl', 'https://example.com');
    expect(problemsOf('/configSchema/schema', closed, fixed)).toEqual([
      '/healthCheck/request/path: nothing fills in {account}; there is no field of config',
    ]);
  });
});

describe('credentials in a spec', () => {
  const RANDOM_KEY = 'a8F3k29Xq7Lm4Zp1Rt6W';
  const looks = 'looks like a credential; a spec names the field of the secret that holds it';

  it.each([
    ['/healthCheck/request/headers/X-Key', RANDOM_KEY],
    ['/healthCheck/request/headers/Authorization', 'Basic x'],
    ['/healthCheck/request/headers/cookie', 'x'],
    ['/healthCheck/request/body/key', RANDOM_KEY],
    ['/healthCheck/request/path', `/me?key=${RANDOM_KEY}`],
    ['/transports/0/defaultHeaders', { 'Proxy-Authorization': 'x' }],
    ['/supportedAuthMethods/1/authorizationParams/key', RANDOM_KEY],
    ['/supportedAuthMethods/1/tokenParams/key', RANDOM_KEY],
    ['/supportedAuthMethods/1/tokenParams/client_secret', 'x'],
    ['/supportedAuthMethods/1/tokenParams/password', 'x'],
    ['/webhooks/0/verification/signature/prefix', RANDOM_KEY],
    ['/webhooks/1/verification/2/claims/key', RANDOM_KEY],
  ])('are refused: %s', (path, value) => {
    const [problem] = problemsOf(path, value);
    expect(problem).toMatch(new RegExp(`^${path}.*: ${looks}$`));
    expect(problem).not.toContain(RANDOM_KEY);
  });

  it.each([
    ['/supportedAuthMethods/1/authorizationParams', { access_type: 'offline', prompt: 'consent' }],
    ['/supportedAuthMethods/1/tokenParams', { client_assertion_type: 'urn:ietf:params:oauth', audience: 'api' }],
    ['/supportedAuthMethods/1/scopes', ['https://www.googleapis.com/auth/calendar.events.readonly']],
    ['/healthCheck/request/headers', { 'X-Api-Version': '2026-01-01', Accept: 'application/vnd.example.v3+json' }],
  ])('are no harmless texts: %s', (path, value) => {
    expect(problemsOf(path, value)).toEqual([]);
  });

  it('are found in data that holds itself', () => {
    const body: Record<string, unknown> = { key: RANDOM_KEY };
    body['again'] = body;
    const spec = contractSpec();
    const { problems } = validateIntegrationSpec({
      ...spec,
      healthCheck: { request: { ...spec.healthCheck.request, body } },
    });
    expect(problems.map(({ path }) => path)).toEqual(['/healthCheck/request/body/key']);
  });
});

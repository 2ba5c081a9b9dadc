import { describe, expect, it } from 'vitest';
import { contractSpec } from '../../__fixtures__/contract-spec.ts';
import { changed } from '../../__fixtures__/example-spec.ts';
import { validateIntegrationSpec } from '../validate-integration-spec.ts';

function problemsOf(path: string, value: unknown, spec: unknown = contractSpec()): string[] {
  const { problems } = validateIntegrationSpec(changed(spec, path, value));
  return problems.map((problem) => `${problem.path}: ${problem.message}`);
}

describe('what goes into an address', () => {
  const BASE_URL = '/transports/0/baseUrl';
  const noToken = '/supportedAuthMethods/0: needs a place {token} in a base URL or in the path of the health request';
  const noVersion =
    '/versionPolicy/versionInPath: needs a place {apiVersion} in a base URL or in the path of the health request';

  it('has its place in a base URL', () => {
    expect(problemsOf(BASE_URL, 'https://example.com')).toEqual([noVersion, noToken]);
    expect(problemsOf(BASE_URL, 'https://example.com/{apiVersion}')).toEqual([noToken]);
    expect(problemsOf(BASE_URL, 'https://example.com/{token}')).toEqual([noVersion]);
  });

  it('or in the path of the health request', () => {
    const fixed = changed(contractSpec(), BASE_URL, 'https://example.com');
    expect(problemsOf('/healthCheck/request/path', '/{apiVersion}/bot{token}/getMe', fixed)).toEqual([]);
  });

  it('needs no place where there is no address, or where it goes elsewhere', () => {
    const { transports: _transports, healthCheck: _health, ...bare } = contractSpec();
    expect(problemsOf('/supportedModes', ['byok'], bare)).toEqual([]);
    const fixed = changed(contractSpec(), BASE_URL, 'https://example.com/{token}');
    expect(problemsOf('/versionPolicy/versionInPath', false, fixed)).toEqual([]);
    expect(problemsOf('/versionPolicy/versionInPath', undefined, fixed)).toEqual([]);
  });
});

describe('the contract of a REST transport', () => {
  it.each([
    ['/transports/0/rateLimits/0/resetFormat', undefined, 'required field "resetFormat" is missing'],
    ['/transports/0/rateLimits/0/resetFormat', 'soon', 'expected one of "delta-seconds"'],
    ['/transports/0/rateLimits/0/limit', 'x limit', 'expected text that matches'],
    ['/transports/0/allowedHosts/0', 'https://example.com', 'expected text that matches'],
    ['/transports/0/retryAfter/0', { pointer: '/a' }, 'fits none of the 2 alternatives'],
    ['/transports/0/errors/code/0', { pointer: 'a' }, 'fits none of the 2 alternatives'],
    ['/transports/0/errors/rules/0/means', 'oops', 'expected one of "bad_credential"'],
    ['/transports/0/pagination/style', 'magic', 'expected one of "cursor", "last-item", "page"'],
    ['/transports/0/pagination/items', 'data', 'expected text that matches'],
    ['/transports/0/pagination/param', undefined, 'required field "param" is missing'],
    ['/healthCheck/request/method', 'DELETE', 'expected one of "GET", "HEAD", "POST"'],
    ['/healthCheck/request/expect/status', 99, 'expected a number >= 100'],
    ['/healthCheck/request/expect/body/0/pointer', '/a~2', 'expected text that matches'],
    ['/supportedAuthMethods/1/tokenResponse/expiresIn', 'expires_in', 'expected text that matches'],
    ['/supportedAuthMethods/1/refresh/rotation', 'maybe', 'expected one of "rotating", "reusable"'],
    ['/supportedAuthMethods/2/grant', 'other', 'expected one of "jwt-bearer", "app-jwt"'],
  ])('is refused with %s = %j', (path, value, message) => {
    expect(problemsOf(path, value).join('\n')).toContain(`${path}: ${message}`);
  });

  it('needs no format where nothing is reset', () => {
    expect(problemsOf('/transports/0/rateLimits/0', { remaining: 'x-left' })).toEqual([]);
  });
});

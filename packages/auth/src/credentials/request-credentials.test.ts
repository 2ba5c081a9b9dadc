import type { IntegrationAuthConfig } from '@mortise/core';
import { createCanary, findCanary } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthError } from '../errors/auth-error.ts';
import { type CredentialSource, requestCredentials } from './request-credentials.ts';

function failure(method: IntegrationAuthConfig, source: CredentialSource): AuthError {
  try {
    requestCredentials(method, source);
  } catch (error) {
    if (AuthError.is(error)) return error;
    throw error;
  }
  return expect.unreachable('credentials came');
}

const secrets = { apiKey: 'key-1', accessToken: 'token-1', token: 'path:1', mine: 'own-1' };

describe('credentials of a request', () => {
  it.each<[string, IntegrationAuthConfig, CredentialSource, object]>([
    ['an API key', { type: 'api-key' }, { secrets }, { Authorization: 'Bearer key-1' }],
    [
      'an API key under its other name',
      { type: 'api-key' },
      { secrets: { api_key: 'k' } },
      { Authorization: 'Bearer k' },
    ],
    [
      'an API key whose first name is empty',
      { type: 'api-key' },
      { secrets: { apiKey: '', api_key: 'k' } },
      { Authorization: 'Bearer k' },
    ],
    [
      'an API key in a header of its own, without prefix',
      { type: 'api-key', headerName: 'X-Key' },
      { secrets },
      { 'X-Key': 'key-1' },
    ],
    [
      'an API key with the vendor’s prefix',
      { type: 'api-key', headerName: 'authorization', prefix: 'Token ' },
      { secrets },
      { authorization: 'Token key-1' },
    ],
    [
      'an API key of the spec’s field',
      { type: 'api-key', secretField: 'mine' },
      { secrets },
      { Authorization: 'Bearer own-1' },
    ],
    ['a bearer token', { type: 'bearer' }, { secrets }, { Authorization: 'Bearer token-1' }],
    [
      'a bearer token of the spec’s field',
      { type: 'bearer', tokenField: 'mine' },
      { secrets },
      { Authorization: 'Bearer own-1' },
    ],
    [
      'a header',
      { type: 'header', headerName: 'X-Token', valuePrefix: 'v=' },
      { secrets: { 'X-Token': 't' } },
      { 'X-Token': 'v=t' },
    ],
    ['a header from the key', { type: 'header', headerName: 'X-Token' }, { secrets }, { 'X-Token': 'key-1' }],
    [
      'OAuth 2 from the secret',
      { type: 'oauth2', grantType: 'authorization_code', tokenUrl: '', scopes: [] },
      { secrets },
      { Authorization: 'Bearer token-1' },
    ],
    [
      'OAuth 2 from a kept token, in the spec’s header',
      { type: 'oauth2', grantType: 'authorization_code', tokenUrl: '', scopes: [], headerName: 'X-At', prefix: '' },
      { secrets, token: { accessToken: 'kept', tokenType: 'Bearer' } },
      { 'X-At': 'kept' },
    ],
    [
      'OAuth 2 of the token type that the server named',
      { type: 'oauth2', grantType: 'authorization_code', tokenUrl: '', scopes: [] },
      { token: { accessToken: 'kept', tokenType: 'MAC' } },
      { Authorization: 'MAC kept' },
    ],
    [
      'OAuth 2 of a bearer token in any case',
      { type: 'oauth2', grantType: 'authorization_code', tokenUrl: '', scopes: [] },
      { token: { accessToken: 'kept', tokenType: 'bearer' } },
      { Authorization: 'Bearer kept' },
    ],
    [
      'a machine account',
      { type: 'service-account', credentialFormat: 'json-key' },
      { token: { accessToken: 'minted', tokenType: 'Bearer' } },
      { Authorization: 'Bearer minted' },
    ],
  ])('%s', (_name, method, source, headers) => {
    expect(requestCredentials(method, source)).toEqual({ headers, query: {} });
  });

  it('an API key in the query, and then in no header', () => {
    expect(requestCredentials({ type: 'api-key', queryParam: 'key' }, { secrets })).toEqual({
      headers: {},
      query: { key: 'key-1' },
    });
  });

  it('a token in the path, colons kept and all else encoded', () => {
    expect(requestCredentials({ type: 'path-token', tokenField: 'token' }, { secrets })).toEqual({
      headers: {},
      query: {},
      path: { token: 'path:1' },
    });
    expect(requestCredentials({ type: 'path-token', tokenField: 't' }, { secrets: { t: 'a%2Fb+ü' } }).path).toEqual({
      token: 'a%252Fb%2B%C3%BC',
    });
  });

  it.each(['a/b', '..', '.', 'a?b', 'a#b', 'a\\b', 'a b', 'a\nb', '\ud800'])(
    'no token that would change the path: %j',
    (t) => {
      expect(failure({ type: 'path-token', tokenField: 't' }, { secrets: { t } })).toMatchObject({
        code: 'INVALID_FIELD',
        field: 't',
      });
    },
  );

  it('of several methods at once, unless two want the same header', () => {
    const id = { type: 'header', headerName: 'X-Client-Id', secretField: 'id' } as const;
    const key = { type: 'header', headerName: 'X-Client-Secret', secretField: 'key' } as const;
    expect(requestCredentials([id, key], { secrets: { id: '1', key: '2' } }).headers).toEqual({
      'X-Client-Id': '1',
      'X-Client-Secret': '2',
    });
    const again = { ...key, headerName: 'x-client-id' };
    expect(() => requestCredentials([id, again], { secrets: { id: '1', key: '2' } })).toThrow(/x-client-id/);
  });
});

describe('user name and password', () => {
  const basic = (text: string): string => `Basic ${btoa(text)}`;

  it.each<[string, object, CredentialSource, string]>([
    ['from the usual fields', {}, { secrets: { username: 'u', password: 'p' } }, basic('u:p')],
    ['with the user name in the config', {}, { config: { username: 'u' }, secrets: { password: 'p' } }, basic('u:p')],
    [
      'with a numeric user name',
      { usernameField: 'id' },
      { config: { id: 42 }, secrets: { password: 'p' } },
      basic('42:p'),
    ],
    ['with an empty user name', {}, { secrets: { username: '', password: 'p' } }, basic(':p')],
    ['with an empty password', {}, { secrets: { username: 'u', password: '' } }, basic('u:')],
    ['with the key as user name', { usernameField: 'apiKey' }, { secrets: { apiKey: 'k' } }, basic('k:')],
    ['with the key as password', { passwordField: 'apiKey' }, { secrets: { apiKey: 'k' } }, basic(':k')],
    ['with colons in the password', {}, { secrets: { username: 'u', password: 'a:b' } }, basic('u:a:b')],
    ['in UTF-8', {}, { secrets: { username: 'ü', password: '€' } }, 'Basic w7w64oKs'],
  ])('%s', (_name, fields, source, expected) => {
    const { headers } = requestCredentials({ type: 'basic', ...fields }, source);
    expect(headers).toEqual({ Authorization: expected });
  });

  it.each<[string, object, CredentialSource, string, string]>([
    ['a colon in the user name', {}, { secrets: { username: 'a:b', password: 'p' } }, 'INVALID_FIELD', 'username'],
    ['no password', {}, { secrets: { username: 'u' } }, 'MISSING_FIELD', 'password'],
    ['no user name', {}, { secrets: { password: 'p' } }, 'MISSING_FIELD', 'username'],
    ['neither', {}, { secrets: { username: '', password: '' } }, 'MISSING_FIELD', 'username'],
    ['an empty key as password', { passwordField: 'k' }, { secrets: { k: '' } }, 'MISSING_FIELD', 'k'],
    [
      'a named field that is absent',
      { usernameField: 'a', passwordField: 'b' },
      { secrets: { a: 'x' } },
      'MISSING_FIELD',
      'b',
    ],
    ['a control character', {}, { secrets: { username: 'u', password: 'a\nb' } }, 'INVALID_FIELD', 'password'],
  ])('refuses %s', (_name, fields, source, ...[code, field]) => {
    expect(failure({ type: 'basic', ...fields }, source)).toMatchObject({ code, field });
  });
});

describe('a field that is missing or cannot be sent', () => {
  it.each<[IntegrationAuthConfig, string]>([
    [{ type: 'api-key' }, 'apiKey'],
    [{ type: 'api-key', secretField: 'mine' }, 'mine'],
    [{ type: 'bearer' }, 'accessToken'],
    [{ type: 'bearer', tokenField: 'mine' }, 'mine'],
    [{ type: 'header', headerName: 'X-Key' }, 'X-Key'],
    [{ type: 'header', headerName: 'X-Key', secretField: 'mine' }, 'mine'],
    [{ type: 'oauth2', grantType: 'refresh_token', tokenUrl: '', scopes: [], tokenField: 'mine' }, 'mine'],
    [{ type: 'path-token', tokenField: 'mine' }, 'mine'],
    [{ type: 'service-account', credentialFormat: 'pem' }, 'token'],
  ])('is named: %j', (method, field) => {
    expect(failure(method, { secrets: {} })).toMatchObject({ code: 'MISSING_FIELD', field });
    expect(failure(method, { secrets: { [field]: '' } })).toMatchObject({ code: 'MISSING_FIELD', field });
  });

  it('is not replaced by another credential where the spec names it', () => {
    const all = { apiKey: 'k', api_key: 'k', accessToken: 't', access_token: 't', 'X-Key': 'x' };
    const methods: IntegrationAuthConfig[] = [
      { type: 'api-key', secretField: 'mine' },
      { type: 'bearer', tokenField: 'mine' },
      { type: 'header', headerName: 'X-Key', secretField: 'mine' },
      { type: 'oauth2', grantType: 'refresh_token', tokenUrl: '', scopes: [], tokenField: 'mine' },
    ];
    for (const method of methods) expect(failure(method, { secrets: all }).field).toBe('mine');
  });

  it('is not found on the prototype of the record', () => {
    expect(failure({ type: 'bearer', tokenField: 'constructor' }, { secrets: {} }).code).toBe('MISSING_FIELD');
  });

  it.each(['a\r\nX-Admin: 1', 'a\nb', 'a\0b', 'key\n', ' key', 'key ', '\tkey', 'kéy', 'k€y', 'a\u007fb'])(
    'cannot add a header or be changed on the way: %j',
    (value) => {
      for (const method of [
        { type: 'api-key' },
        { type: 'header', headerName: 'X-Key', secretField: 'apiKey', valuePrefix: 'p ' },
        { type: 'bearer', tokenField: 'apiKey' },
      ] as const) {
        const error = failure(method, { secrets: { apiKey: value } });
        expect(error).toMatchObject({ code: 'INVALID_FIELD', field: 'apiKey' });
        expect(error.message).not.toContain(value);
      }
    },
  );

  it('is refused in every header exactly where Headers would refuse or change it, or it is beyond ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
        const isAscii = /^[\x20-\x7e\t]*$/.test(value);
        const survives = isAscii && new Headers({ x: value }).get('x') === value;
        let sent: string | undefined;
        try {
          sent = requestCredentials({ type: 'header', headerName: 'x', secretField: 'f' }, { secrets: { f: value } })
            .headers['x'];
        } catch (error) {
          expect(AuthError.is(error)).toBe(true);
        }
        expect(sent).toBe(survives ? value : undefined);
      }),
    );
  });

  it('refuses a header name that cannot be one, and methods that authenticate no request', () => {
    expect(failure({ type: 'header', headerName: 'X Key' }, { secrets }).code).toBe('INVALID_OPTIONS');
    expect(failure({ type: 'webhook-signing', algorithm: 'hmac-sha256', signatureHeader: 'X' }, { secrets }).code).toBe(
      'UNSUPPORTED',
    );
  });

  it('shows no secret, whatever is wrong with it', () => {
    const canary = createCanary(7);
    for (const value of [`${canary}\n`, ` ${canary}`, `${canary}\r\nx: y`]) {
      const error = failure({ type: 'api-key' }, { secrets: { apiKey: value } });
      expect(findCanary(error, canary)).toEqual([]);
    }
    const error = failure({ type: 'basic' }, { secrets: { username: `${canary}:x`, password: canary } });
    expect(findCanary(error, canary)).toEqual([]);
  });
});

import type { OAuth2TokenResponseQuirks, OAuth2TokenState } from '@mortise/core';
import { createCanary, findCanary } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OAuthError } from '../errors/oauth-error.ts';
import { readTokenAnswer } from './token-answer.ts';

const SENT_AT_MS = Date.parse('2026-06-15T12:00:00.000Z');

async function read(
  body: unknown,
  tokenResponse: OAuth2TokenResponseQuirks = {},
  answer: { status?: number; contentType?: string; secrets?: readonly string[] } = {},
): Promise<OAuth2TokenState> {
  const { status = 200, contentType = 'application/json', secrets = [] } = answer;
  const headers = new Headers({ 'content-type': contentType });
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readTokenAnswer(
    'The token refresh',
    { status, headers, text, sentAtMs: SENT_AT_MS },
    {
      server: { issuer: 'https://as.example' },
      client: { client_id: 'c' },
      method: { tokenResponse },
      secrets,
      nowMs: SENT_AT_MS,
    },
  );
}

async function failure(...parameters: Parameters<typeof read>): Promise<OAuthError> {
  const error = await read(...parameters).then(
    (token) => expect.unreachable(`a token came: ${Object.keys(token).join()}`),
    (reason: unknown) => reason,
  );
  if (OAuthError.is(error)) return error;
  throw error;
}

const FORM = { contentType: 'application/x-www-form-urlencoded' };

describe('the answer of a token endpoint', () => {
  it.each<[string, unknown, OAuth2TokenResponseQuirks, object]>([
    [
      'as RFC 6749 has it',
      { access_token: 'a', token_type: 'Bearer', expires_in: 60, refresh_token: 'r', scope: 'x y' },
      {},
      { accessToken: 'a', tokenType: 'Bearer', expiresAt: '2026-06-15T12:01:00.000Z', refreshToken: 'r', scope: 'x y' },
    ],
    ['without a token type', { access_token: 'a' }, {}, { accessToken: 'a', tokenType: 'Bearer' }],
    [
      'with the spec’s token type',
      { access_token: 'a' },
      { defaultTokenType: 'MAC' },
      { accessToken: 'a', tokenType: 'MAC' },
    ],
    [
      'with a token type of its own',
      { access_token: 'a', token_type: 'bot' },
      {},
      { accessToken: 'a', tokenType: 'bot' },
    ],
    [
      'with a bearer token in any case',
      { access_token: 'a', token_type: 'BEARER' },
      {},
      { accessToken: 'a', tokenType: 'Bearer' },
    ],
    [
      'with a lifetime in text',
      { access_token: 'a', expires_in: '3600' },
      {},
      { accessToken: 'a', tokenType: 'Bearer', expiresAt: '2026-06-15T13:00:00.000Z' },
    ],
    [
      'with scopes in a list',
      { access_token: 'a', scope: ['x', 'y'] },
      {},
      { accessToken: 'a', tokenType: 'Bearer', scope: 'x y' },
    ],
    [
      'with commas between scopes',
      { access_token: 'a', scope: 'x,y, z' },
      {},
      { accessToken: 'a', tokenType: 'Bearer', scope: 'x y z' },
    ],
    [
      'with null for what it has not',
      { access_token: 'a', refresh_token: null, scope: null, expires_in: null, error: null },
      {},
      { accessToken: 'a', tokenType: 'Bearer' },
    ],
    [
      'with a lifetime of nothing, which says nothing',
      { access_token: 'a', expires_in: 0 },
      {},
      { accessToken: 'a', tokenType: 'Bearer' },
    ],
    [
      'with a lifetime beyond all dates',
      { access_token: 'a', expires_in: 1e300 },
      {},
      { accessToken: 'a', tokenType: 'Bearer' },
    ],
    [
      'with a lifetime from the spec',
      { access_token: 'a' },
      { defaultExpiresInSeconds: 60 },
      { accessToken: 'a', tokenType: 'Bearer', expiresAt: '2026-06-15T12:01:00.000Z' },
    ],
    [
      'with an instant in seconds',
      { access_token: 'a', expires_at: SENT_AT_MS / 1_000 + 60 },
      { expiresAt: { pointer: '/expires_at', format: 'epoch-seconds' } },
      {
        accessToken: 'a',
        tokenType: 'Bearer',
        expiresAt: '2026-06-15T12:01:00.000Z',
        extra: { expires_at: SENT_AT_MS / 1_000 + 60 },
      },
    ],
    [
      'with an ISO instant',
      { access_token: 'a', at: '2026-06-15T14:00:00+02:00' },
      { expiresAt: { pointer: '/at', format: 'iso' } },
      { accessToken: 'a', tokenType: 'Bearer', extra: { at: '2026-06-15T14:00:00+02:00' } },
    ],
    [
      'with the token elsewhere',
      { ok: true, authed_user: { id: 'U1', access_token: 'u', refresh_token: 'ur', 'sc/ope': 'x' } },
      {
        accessToken: '/authed_user/access_token',
        refreshToken: '/authed_user/refresh_token',
        scope: '/authed_user/sc~1ope',
        okPointer: '/ok',
      },
      {
        accessToken: 'u',
        refreshToken: 'ur',
        tokenType: 'Bearer',
        scope: 'x',
        extra: { authed_user: { id: 'U1', access_token: '[redacted]', refresh_token: '[redacted]', 'sc/ope': 'x' } },
      },
    ],
    [
      'with an id token, which is not kept',
      { access_token: 'a', id_token: 'broken' },
      {},
      { accessToken: 'a', tokenType: 'Bearer' },
    ],
    [
      'with the vendor’s own members',
      { access_token: 'a', instance_url: 'https://eu.example' },
      {},
      { accessToken: 'a', tokenType: 'Bearer', extra: { instance_url: 'https://eu.example' } },
    ],
  ])('%s', async (_name, body, quirks, expected) => {
    expect(await read(body, quirks)).toEqual(expected);
  });

  it('form-encoded, as some vendors send it', async () => {
    expect(await read('access_token=a%2Bb&scope=x%2Cy&token_type=bearer&expires_in=60', {}, FORM)).toEqual({
      accessToken: 'a+b',
      tokenType: 'Bearer',
      scope: 'x y',
      expiresAt: '2026-06-15T12:01:00.000Z',
    });
  });
});

describe('an answer that is none', () => {
  it.each<[string, Parameters<typeof read>, object]>([
    [
      'an error in a 200',
      [{ error: 'bad_refresh_token' }],
      { code: 'INVALID_GRANT', status: 200, oauthCode: 'bad_refresh_token' },
    ],
    [
      'an error in a form',
      ['error=bad_verification_code&error_description=The+code', {}, FORM],
      { code: 'INVALID_GRANT', description: 'The code' },
    ],
    [
      'a 200 that is not ok',
      [{ ok: false, error: 'invalid_refresh_token', access_token: 'a' }, { okPointer: '/ok' }],
      { code: 'INVALID_GRANT' },
    ],
    ['no token', [{}], { code: 'INVALID_RESPONSE', outcomeUnknown: true }],
    ['an empty token', [{ access_token: '' }], { code: 'INVALID_RESPONSE' }],
    ['a token that is no text', [{ access_token: 1 }], { code: 'INVALID_RESPONSE' }],
    ['no JSON', ['<html>', {}, { contentType: 'text/html' }], { code: 'INVALID_RESPONSE', outcomeUnknown: true }],
    ['a list', ['[]'], { code: 'INVALID_RESPONSE' }],
    ['a token type with a line break', [{ access_token: 'a', token_type: 'a\nb' }], { code: 'INVALID_RESPONSE' }],
    [
      'a refusal',
      [{ error: 'invalid_grant', error_description: 'Token expired' }, {}, { status: 400 }],
      { code: 'INVALID_GRANT', retryable: false, outcomeUnknown: false },
    ],
    ['a refused client', [{ error: 'invalid_client' }, {}, { status: 401 }], { code: 'INVALID_CLIENT' }],
    [
      'a refusal in a nested error',
      [{ error: { code: 'x_y', message: 'No' } }, {}, { status: 403 }],
      { code: 'REFUSED', oauthCode: 'x_y', description: 'No' },
    ],
    ['too many requests', ['', {}, { status: 429 }], { code: 'THROTTLED', retryable: true, retry: 'throttled' }],
    ['a failure', ['oops', {}, { status: 500 }], { code: 'UNAVAILABLE', retryable: true, outcomeUnknown: false }],
    [
      'a failure of a gateway, behind which it may have happened',
      ['', {}, { status: 502 }],
      { code: 'UNAVAILABLE', outcomeUnknown: true },
    ],
    ['a redirect', ['', {}, { status: 302 }], { code: 'REFUSED', retryable: false }],
    [
      'a code that cannot be one',
      [{ error: 'a b\n<script>' }, {}, { status: 400 }],
      { code: 'REFUSED', message: 'The token refresh was answered with status 400' },
    ],
  ])('%s', async (_name, parameters, expected) => {
    expect(await failure(...parameters)).toMatchObject(expected);
  });

  it('shows neither what was sent nor what looks like a token', async () => {
    const canary = createCanary(3, 'token');
    const issued = 'v1.AbCdEf0123456789AbCdEf0123456789';
    for (const body of [
      { error: 'invalid_grant', error_description: `token ${canary} for ${issued} is over` },
      { error: canary, error_description: JSON.stringify({ refresh_token: issued }) },
      { error: 'x', message: `${canary}${canary}` },
    ]) {
      const error = await failure(body, {}, { status: 400, secrets: [canary] });
      expect(findCanary(error, canary)).toEqual([]);
      expect(findCanary(error, 'AbCdEf0123456789')).toEqual([]);
    }
    const success = await failure({ token_type: 'a b', access_token: canary });
    expect(findCanary(success, canary)).toEqual([]);
  });

  it('whatever bytes come, is an OAuthError or a token with text in it', async () => {
    const member = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.constant(null), fc.jsonValue());
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record(
          {
            access_token: member,
            token_type: member,
            expires_in: member,
            refresh_token: member,
            scope: member,
            error: member,
            error_description: member,
            ok: member,
            ['__proto__']: member,
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
    );
    const status = fc.constantFrom(200, 201, 204, 302, 400, 401, 429, 500, 502);
    await fc.assert(
      fc.asyncProperty(body, status, fc.constantFrom('application/json', FORM.contentType, ''), async (...drawn) => {
        const [text, code, contentType] = drawn;
        try {
          const token = await read(text, { okPointer: '/ok' }, { status: code, contentType });
          expect(token.accessToken.trim()).not.toBe('');
          expect(token.tokenType).toMatch(/^[\w!#$%&'*+.^`|~-]+$/);
          if (token.expiresAt !== undefined) expect(Date.parse(token.expiresAt)).toBeGreaterThanOrEqual(SENT_AT_MS);
          expect(code).toBeLessThan(300);
        } catch (error) {
          expect(OAuthError.is(error)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

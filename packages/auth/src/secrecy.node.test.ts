import { inspect } from 'node:util';
import { createCanary, FakeClock, findCanary } from '@mortise/testing';
import { bodyText } from './__fixtures__/body-text.ts';
import { describe, expect, it } from 'vitest';
import {
  AuthError,
  type KeeperEvent,
  MemoryTokenStore,
  OAuthClient,
  OAuthError,
  OAuthTokenKeeper,
  refreshTokenSource,
} from './index.ts';

const METHOD = {
  type: 'oauth2',
  grantType: 'authorization_code',
  authorizationUrl: 'https://as.example/authorize',
  tokenUrl: 'https://as.example/token',
  scopes: [],
} as const;

/** Answers that quote what they were sent, as bad servers do. */
const ECHOES: readonly ((body: string) => Response | Error)[] = [
  (body) => Response.json({ error: 'invalid_request', error_description: body }, { status: 400 }),
  (body) => Response.json({ error: { code: 'x', message: decodeURIComponent(body) } }, { status: 422 }),
  (body) => new Response(`<html>${body}</html>`, { status: 500 }),
  (body) => new Response(body, { status: 200, headers: { 'content-type': 'text/html' } }),
  (body) => Response.json({ error: 'invalid_grant', message: body }, { status: 400 }),
  (body) => Response.json({ token_type: body, access_token: 'a b' }),
  (body) => new TypeError(body),
];

describe('whatever goes wrong', () => {
  it.each(ECHOES.map((echo, index) => [index, echo] as const))(
    'no secret comes out (answer %i)',
    async (index, echo) => {
      const canaries = [1, 2, 3, 4].map((seed) => createCanary(100 * index + seed, 'token'));
      const [clientSecret = '', accessToken = '', refreshToken = '', code = ''] = canaries;
      const clock = new FakeClock();
      const events: KeeperEvent[] = [];
      const client = new OAuthClient(METHOD, {
        config: { clientId: 'c' },
        secrets: { clientSecret },
        clock,
        fetch: async (_url, { body }) => {
          const answer = echo(bodyText(body));
          if (answer instanceof Error) throw answer;
          return answer;
        },
      });
      const keeper = new OAuthTokenKeeper({
        source: refreshTokenSource(client),
        store: new MemoryTokenStore(),
        clock,
        onEvent: (event) => events.push(event),
      });
      await keeper.put('g', {
        accessToken,
        refreshToken,
        tokenType: 'Bearer',
        expiresAt: new Date(clock.now()).toISOString(),
      });
      const pending = await client.beginAuthorization({ redirectUri: 'https://app/cb' });
      const outcomes = await clock.settle(
        Promise.allSettled([
          client.completeAuthorization(`code=${code}&state=${pending.state}`, pending),
          client.refresh({ accessToken, refreshToken, tokenType: 'Bearer' }),
          keeper.accessToken('g'),
          keeper.accessToken('g'),
        ]),
      );
      const errors = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : undefined));
      expect(errors.every((error) => AuthError.is(error) || OAuthError.is(error))).toBe(true);
      const shown = [errors, events, client, keeper].map((value) => [
        inspect(value, { depth: 10, showHidden: true }),
        JSON.stringify(value),
        errors.map((error) => `${String(error)} ${error instanceof Error ? error.stack : ''}`),
      ]);
      for (const canary of [...canaries, pending.codeVerifier ?? '']) expect(findCanary(shown, canary)).toEqual([]);
    },
  );
});

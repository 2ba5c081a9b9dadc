import type { OAuth2AuthConfig, OAuth2TokenState } from '@mortise/core';
import { OAuthError } from '../errors/oauth-error.ts';
import { postForToken, type TokenFetch } from './post-for-token.ts';

export interface OAuth2ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Exchanges a refresh token.
 *
 * Kept as it always was, and not safe: two calls at once lose a rotating grant, nothing is stored, the client's secret
 * always goes into the body, there is no time limit, the address is not checked, a lifetime given as text is ignored, and
 * `extra` holds the whole answer, tokens included. Use `OAuthTokenKeeper`, or `OAuthClient.refresh` under a lock of your own.
 *
 * @throws {OAuthError} `UNSUPPORTED`: the state has no refresh token; otherwise with status and redacted body.
 */
export async function refreshOAuth2Token(
  config: OAuth2AuthConfig,
  state: OAuth2TokenState,
  credentials: OAuth2ClientCredentials,
  fetchFn: TokenFetch = fetch,
): Promise<OAuth2TokenState> {
  const { refreshToken, scope } = state;
  if (refreshToken === undefined || refreshToken === '') {
    throw new OAuthError({ code: 'UNSUPPORTED', message: 'Cannot refresh: no refresh_token in the token state' });
  }
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    ...(scope === undefined || scope === '' ? {} : { scope }),
  };
  const fresh = await postForToken(config, form, 'token refresh', fetchFn);
  return { refreshToken, ...(scope === undefined ? {} : { scope }), ...fresh };
}

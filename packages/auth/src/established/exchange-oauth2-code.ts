import type { OAuth2AuthConfig, OAuth2TokenState } from '@mortise/core';
import { postForToken, type TokenFetch } from './post-for-token.ts';

export interface OAuth2CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly codeVerifier?: string;
}

/**
 * Exchanges an authorization code.
 *
 * Kept as it always was, and not safe: the callback's state is not checked, PKCE is optional, the client's secret always
 * goes into the body, there is no time limit, and `extra` holds the whole answer, tokens included. Use
 * `OAuthClient.completeAuthorization`.
 *
 * @throws {OAuthError} With status and redacted body.
 */
export async function exchangeOAuth2Code(
  config: OAuth2AuthConfig,
  exchange: OAuth2CodeExchange,
  fetchFn: TokenFetch = fetch,
): Promise<OAuth2TokenState> {
  const { codeVerifier } = exchange;
  const form = {
    grant_type: 'authorization_code',
    code: exchange.code,
    redirect_uri: exchange.redirectUri,
    client_id: exchange.clientId,
    client_secret: exchange.clientSecret,
    ...(codeVerifier === undefined || codeVerifier === '' ? {} : { code_verifier: codeVerifier }),
  };
  return postForToken(config, form, 'code exchange', fetchFn);
}

import type { OAuth2AuthConfig } from '@mortise/core';
import { OAuthError } from '../errors/oauth-error.ts';

export interface OAuth2AuthorizationParams {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  /** Absent: the request has no PKCE. */
  readonly codeChallenge?: string;
  /** Default `S256`. */
  readonly codeChallengeMethod?: string;
}

/**
 * The address to which a user is sent.
 *
 * Kept as it always was, and only as safe as its caller: state and PKCE challenge come from outside and may be missing.
 * Use `OAuthClient.beginAuthorization`, which makes both.
 *
 * @throws {OAuthError} `UNSUPPORTED`: the config has no `authorizationUrl`.
 */
export function buildOAuth2AuthorizationUrl(config: OAuth2AuthConfig, params: OAuth2AuthorizationParams): string {
  if (config.authorizationUrl === undefined || config.authorizationUrl === '') {
    throw new OAuthError({ code: 'UNSUPPORTED', message: 'The OAuth 2 config has no authorizationUrl' });
  }
  const url = new URL(config.authorizationUrl);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', params.clientId);
  url.searchParams.set('redirect_uri', params.redirectUri);
  url.searchParams.set('state', params.state);
  if (config.scopes.length > 0) url.searchParams.set('scope', config.scopes.join(' '));
  if (params.codeChallenge !== undefined && params.codeChallenge !== '') {
    url.searchParams.set('code_challenge', params.codeChallenge);
    url.searchParams.set('code_challenge_method', params.codeChallengeMethod ?? 'S256');
  }
  return url.href;
}

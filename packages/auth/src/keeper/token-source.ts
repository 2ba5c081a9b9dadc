import type { OAuth2RefreshPolicy, OAuth2TokenState, ServiceAccountAuthConfig } from '@mortise/core';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import { mintServiceAccountToken, type ServiceAccountOptions } from '../service-account/mint-service-account-token.ts';

/** Where the tokens of a grant come from. */
export interface TokenSource {
  /** `refresh`: a user's grant, which can be lost. `mint`: the client's own, which can be had again at any time. */
  readonly kind: 'refresh' | 'mint';
  readonly policy?: OAuth2RefreshPolicy;
  /** One request. Rejects with an `OAuthError` whose `outcomeUnknown` tells whether it may have been acted on. */
  renew(token: OAuth2TokenState | undefined, options: { readonly signal?: AbortSignal }): Promise<OAuth2TokenState>;
  /** Ends the grant at the server. Absent: the vendor has no way to. */
  revoke?(token: OAuth2TokenState, options: { readonly signal?: AbortSignal }): Promise<void>;
}

/** Tokens of a user's grant, renewed with its refresh token. */
export function refreshTokenSource(client: OAuthClient): TokenSource {
  const { refresh, revocationUrl } = client.method;
  return {
    kind: 'refresh',
    ...(refresh === undefined ? {} : { policy: refresh }),
    renew: async (token, options) => client.refresh(token ?? { accessToken: '', tokenType: 'Bearer' }, options),
    ...(revocationUrl === undefined
      ? {}
      : { revoke: async (token: OAuth2TokenState, options) => client.revoke(token, options) }),
  };
}

/** Tokens of the client itself. Keep one grant for each scope and audience. */
export function clientCredentialsSource(client: OAuthClient, scopes?: readonly string[]): TokenSource {
  return {
    kind: 'mint',
    renew: async (_token, options) =>
      client.requestClientCredentials({ ...(scopes === undefined ? {} : { scopes }), ...options }),
  };
}

/** Tokens made from a machine account's key. */
export function serviceAccountSource(method: ServiceAccountAuthConfig, options: ServiceAccountOptions): TokenSource {
  return {
    kind: 'mint',
    renew: async (_token, { signal }) =>
      mintServiceAccountToken(method, { ...options, ...(signal === undefined ? {} : { signal }) }),
  };
}

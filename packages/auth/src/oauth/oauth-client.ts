import type { OAuth2AuthConfig, OAuth2TokenState } from '@mortise/core';
import { OAuthError } from '../errors/oauth-error.ts';
import { type AuthorizationCallback, readCallback } from './authorization-callback.ts';
import {
  beginAuthorization,
  type BeginAuthorizationOptions,
  type PendingAuthorization,
} from './authorization-request.ts';
import {
  beginDeviceAuthorization,
  completeDeviceAuthorization,
  type DeviceAuthorization,
} from './device-authorization.ts';
import { type OAuthClientContext, type OAuthClientOptions, resolveClient } from './oauth-client-options.ts';
import { requestToken, scopeParameter } from './token-request.ts';
import { introspectToken, revokeToken, type TokenIntrospection } from './token-status.ts';

export interface OAuthCallOptions {
  /** Aborting rejects with the signal's reason; what was sent may have been acted on. */
  readonly signal?: AbortSignal;
}

export interface OAuthScopeOptions extends OAuthCallOptions {
  /** Default: the spec's. */
  readonly scopes?: readonly string[];
}

/**
 * The OAuth 2 flows of one client, as its spec describes the vendor. Requests go to https only, end after `timeoutMs` and
 * follow no redirect; none is repeated.
 *
 * @throws {OAuthError} From every flow. {AuthError} `MISSING_FIELD`, `INVALID_KEY` where the client's own fields are at fault.
 */
export class OAuthClient {
  readonly method: OAuth2AuthConfig;
  readonly #context: OAuthClientContext;

  /**
   * @throws {AuthError} `MISSING_FIELD`: config and secret lack the client's id or secret.
   * @throws {OAuthError} `FORBIDDEN_URL`: the token endpoint is not https.
   */
  constructor(method: OAuth2AuthConfig, options: OAuthClientOptions) {
    this.method = method;
    this.#context = resolveClient(method, options);
  }

  /** Starts the code flow: sends nothing, makes state and PKCE verifier. */
  async beginAuthorization(options: BeginAuthorizationOptions): Promise<PendingAuthorization> {
    return beginAuthorization(this.#context, options);
  }

  /**
   * Ends the code flow: checks the callback and exchanges its code. Scopes are those that were granted, which may be fewer
   * than were asked for.
   */
  async completeAuthorization(
    callback: AuthorizationCallback,
    pending: PendingAuthorization,
    { signal }: OAuthCallOptions = {},
  ): Promise<OAuth2TokenState> {
    const { code, scope } = readCallback(this.#context, callback, pending);
    const token = await requestToken(this.#context, {
      what: 'The code exchange',
      grantType: 'authorization_code',
      parameters: {
        code,
        redirect_uri: pending.redirectUri,
        ...(pending.codeVerifier === undefined ? {} : { code_verifier: pending.codeVerifier }),
      },
      secrets: [code, pending.codeVerifier ?? ''],
      signal,
    });
    return token.scope === undefined && scope !== undefined ? { ...token, scope } : token;
  }

  /**
   * Exchanges the refresh token. What the answer leaves out (refresh token, scope, further members) is kept from before.
   * Never call it twice at once for one grant: see `OAuthTokenKeeper`.
   */
  async refresh(token: OAuth2TokenState, { signal }: OAuthCallOptions = {}): Promise<OAuth2TokenState> {
    const { refreshToken } = token;
    if (refreshToken === undefined || refreshToken === '') {
      throw new OAuthError({ code: 'UNSUPPORTED', message: 'The grant has no refresh token; authorise again' });
    }
    const { method } = this.#context;
    const fresh = await requestToken(this.#context, {
      what: 'The token refresh',
      grantType: 'refresh_token',
      parameters: {
        refresh_token: refreshToken,
        ...(method.refresh?.sendScope === true ? scopeParameter(this.#context, method.scopes) : {}),
      },
      secrets: [refreshToken, token.accessToken],
      signal,
    });
    const extra = { ...token.extra, ...fresh.extra };
    return {
      ...fresh,
      refreshToken: fresh.refreshToken ?? refreshToken,
      ...(fresh.scope === undefined && token.scope !== undefined ? { scope: token.scope } : {}),
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    };
  }

  /** A token for the client itself (RFC 6749, section 4.4). */
  async requestClientCredentials({ scopes, signal }: OAuthScopeOptions = {}): Promise<OAuth2TokenState> {
    return requestToken(this.#context, {
      what: 'The client credentials request',
      grantType: 'client_credentials',
      parameters: scopeParameter(this.#context, scopes ?? this.method.scopes),
      secrets: [],
      signal,
    });
  }

  /** Asks for a device code (RFC 8628), which the user confirms elsewhere. */
  async beginDeviceAuthorization({ scopes, signal }: OAuthScopeOptions = {}): Promise<DeviceAuthorization> {
    return beginDeviceAuthorization(this.#context, scopes ?? this.method.scopes, signal);
  }

  /** Polls until the user has confirmed, refused, or let the code expire. */
  async completeDeviceAuthorization(
    device: DeviceAuthorization,
    { signal }: OAuthCallOptions = {},
  ): Promise<OAuth2TokenState> {
    return completeDeviceAuthorization(this.#context, device, signal);
  }

  /** Ends a grant at the server: refresh token first. */
  async revoke(token: OAuth2TokenState, { signal }: OAuthCallOptions = {}): Promise<void> {
    await revokeToken(this.#context, token, signal);
  }

  /** Asks the server about a token. */
  async introspect(token: string, { signal }: OAuthCallOptions = {}): Promise<TokenIntrospection> {
    return introspectToken(this.#context, token, signal);
  }
}

import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi';
import { endpointUrl } from './endpoint-url.ts';
import type { OAuthClientContext } from './oauth-client-options.ts';
import { scopeParameter } from './token-request.ts';

export interface BeginAuthorizationOptions {
  /** Where the user comes back to; exactly as it is registered with the vendor. */
  readonly redirectUri: string;
  /** Default: the spec's. */
  readonly scopes?: readonly string[];
  /** Further parameters of this authorization, such as `login_hint`. They win over the spec's. */
  readonly params?: Readonly<Record<string, string>>;
}

/**
 * An authorization that has begun. Keep it on the server, bound to the user's session, until the callback comes; then use
 * it once. Plain data.
 */
export interface PendingAuthorization {
  /** Where the user is sent. */
  readonly url: string;
  readonly state: string;
  /** The PKCE verifier, a secret; absent where the spec says that the vendor has no PKCE. */
  readonly codeVerifier?: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** ISO 8601 instant. */
  readonly startedAt: string;
}

/** State and verifier are made here, 256 bits each; the challenge is always S256. */
export async function beginAuthorization(
  context: OAuthClientContext,
  options: BeginAuthorizationOptions,
): Promise<PendingAuthorization> {
  const { method, client, rules, transport } = context;
  const url = endpointUrl(method.authorizationUrl, 'authorization endpoint', rules);
  const scopes = options.scopes ?? method.scopes;
  const state = generateRandomState();
  const codeVerifier = method.pkce === false ? undefined : generateRandomCodeVerifier();
  const parameters: Record<string, string> = {
    ...scopeParameter(context, scopes),
    ...method.authorizationParams,
    ...options.params,
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: options.redirectUri,
    state,
  };
  if (codeVerifier !== undefined) {
    parameters['code_challenge'] = await calculatePKCECodeChallenge(codeVerifier);
    parameters['code_challenge_method'] = 'S256';
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return {
    url: url.href,
    state,
    ...(codeVerifier === undefined ? {} : { codeVerifier }),
    redirectUri: options.redirectUri,
    scopes: [...scopes],
    startedAt: new Date(transport.clock.now()).toISOString(),
  };
}

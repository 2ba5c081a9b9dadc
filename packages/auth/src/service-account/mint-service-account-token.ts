import type { OAuth2TokenState, ServiceAccountAuthConfig } from '@mortise/core';
import { genericTokenEndpointRequest } from 'oauth4webapi';
import { type AuthFields, readField, requireField } from '../credentials/auth-fields.ts';
import { AuthError } from '../errors/auth-error.ts';
import { answerError } from '../oauth/answer-error.ts';
import { endpointUrl, type EndpointRules } from '../oauth/endpoint-url.ts';
import { type OAuthRequestOptions, resolveTransport } from '../oauth/oauth-client-options.ts';
import { parseAnswer } from '../oauth/parse-answer.ts';
import { readTokenAnswer } from '../oauth/token-answer.ts';
import { sendRequest } from '../oauth/token-request.ts';
import { send } from '../oauth/transport.ts';
import { importPrivateKey } from './private-key.ts';
import { readServiceAccountKey, type ServiceAccountKey } from './service-account-key.ts';
import { signJwt } from './sign-jwt.ts';

export interface ServiceAccountOptions extends OAuthRequestOptions, AuthFields {
  /** Default: the spec's. */
  readonly scopes?: readonly string[];
  readonly signal?: AbortSignal;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const DEFAULT_LIFETIME_SECONDS = 3_600;
/** Clocks differ; a JWT from the future is refused. */
const BACKDATE_SECONDS = 30;

/**
 * Makes an access token from a machine account's key. `jwt-bearer` (RFC 7523): a signed assertion is exchanged at the token
 * endpoint. `app-jwt`: the signed JWT is the token, or, with a `tokenUrl`, is exchanged there for an installation's.
 *
 * @throws {AuthError} `MISSING_FIELD`, `INVALID_KEY`, `UNSUPPORTED`
 * @throws {OAuthError} As the server says.
 */
export async function mintServiceAccountToken(
  method: ServiceAccountAuthConfig,
  options: ServiceAccountOptions,
): Promise<OAuth2TokenState> {
  const key = readServiceAccountKey(method, options);
  const { transport, rules } = resolveTransport(options, options);
  const minting: Minting = { method, options, key, transport, rules };
  return method.grant === 'app-jwt' ? appToken(minting) : exchangeAssertion(minting);
}

interface Minting {
  readonly method: ServiceAccountAuthConfig;
  readonly options: ServiceAccountOptions;
  readonly key: ServiceAccountKey;
  readonly transport: ReturnType<typeof resolveTransport>['transport'];
  readonly rules: EndpointRules;
}

async function exchangeAssertion(minting: Minting): Promise<OAuth2TokenState> {
  const { method, options, key, transport, rules } = minting;
  const endpoint = endpointUrl(method.tokenUrl ?? key.tokenUri, 'token endpoint', rules).href;
  const scopes = options.scopes ?? method.scopes ?? [];
  const jwt = await signClaims(minting, {
    aud: method.audience ?? endpoint,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
  });
  const server = { issuer: endpoint, token_endpoint: endpoint };
  const client = { client_id: 'assertion' };
  // The assertion says who asks; nothing else is sent.
  const identity = { clientId: client.client_id, secrets: [jwt.token], authentication: async () => () => {} };
  const context = {
    method: { type: 'oauth2', grantType: 'client_credentials', tokenUrl: endpoint, scopes: [] } as const,
    identity,
    server,
    client,
    issuer: undefined,
    transport,
    rules,
  };
  const answer = await sendRequest(context, options.signal, async (sender, authentication, hooks) =>
    genericTokenEndpointRequest(server, sender, authentication, JWT_BEARER, { assertion: jwt.token }, hooks),
  );
  const secrets = [jwt.token, key.privateKey];
  return readTokenAnswer('The assertion', answer, {
    server,
    client,
    method: {},
    secrets,
    nowMs: transport.clock.now(),
  });
}

async function appToken(minting: Minting): Promise<OAuth2TokenState> {
  const { method, options, transport, rules } = minting;
  const endpoint =
    method.tokenUrl === undefined ? undefined : endpointUrl(method.tokenUrl, 'token endpoint', rules).href;
  const jwt = await signClaims(minting, method.audience === undefined ? {} : { aud: method.audience });
  if (endpoint === undefined) {
    return { accessToken: jwt.token, tokenType: 'Bearer', expiresAt: new Date(jwt.expiresAtMs).toISOString() };
  }
  const answer = await send(
    transport,
    endpoint,
    {
      method: 'POST',
      headers: { accept: 'application/json', authorization: `Bearer ${jwt.token}`, 'user-agent': 'mortise' },
    },
    options.signal,
  );
  const what = 'The exchange of the app token';
  const isSuccess = answer.status >= 200 && answer.status < 300;
  const secrets = [jwt.token, minting.key.privateKey];
  if (!isSuccess) throw answerError(what, answer, { secrets, nowMs: transport.clock.now() });
  // Vendors that do this answer with `token` and an instant (GitHub), or as RFC 6749 has it.
  const hasOwnForm = parseAnswer(answer)?.['token'] !== undefined;
  const tokenResponse = { accessToken: '/token', expiresAt: { pointer: '/expires_at', format: 'iso' } } as const;
  return readTokenAnswer(what, answer, {
    server: { issuer: endpoint },
    client: { client_id: 'assertion' },
    method: hasOwnForm ? { tokenResponse } : {},
    secrets,
    nowMs: transport.clock.now(),
  });
}

async function signClaims(
  { method, options, key, transport }: Minting,
  claims: Readonly<Record<string, unknown>>,
): Promise<{ token: string; expiresAtMs: number }> {
  const { issuerField, subjectField, assertionLifetimeSeconds = DEFAULT_LIFETIME_SECONDS } = method;
  const issuer = issuerField === undefined ? key.email : requireField(options, [issuerField], 'config or secret').value;
  if (issuer === undefined) {
    throw new AuthError({
      code: 'MISSING_FIELD',
      message: 'The key names no issuer; the method needs an issuerField',
      field: 'client_email',
    });
  }
  const subject = subjectField === undefined ? undefined : readField(options, subjectField, 'config');
  const nowSeconds = Math.floor(transport.clock.now() / 1_000);
  const issuedAt = nowSeconds - BACKDATE_SECONDS;
  // Vendors count the lifetime from `iat`, and refuse a longer one.
  const expiresAt = issuedAt + assertionLifetimeSeconds;
  const signingKey = await importPrivateKey(key.privateKey);
  const token = await signJwt(
    signingKey,
    {
      iss: issuer,
      ...(subject === undefined ? {} : { sub: subject }),
      ...claims,
      iat: issuedAt,
      exp: expiresAt,
    },
    key.keyId,
  );
  return { token, expiresAtMs: expiresAt * 1_000 };
}

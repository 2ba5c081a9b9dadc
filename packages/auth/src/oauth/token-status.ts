import type { OAuth2TokenState } from '@mortise/core';
import { introspectionRequest, processIntrospectionResponse, revocationRequest } from 'oauth4webapi';
import { OAuthError } from '../errors/oauth-error.ts';
import { answerError } from './answer-error.ts';
import { endpointUrl } from './endpoint-url.ts';
import type { OAuthClientContext } from './oauth-client-options.ts';
import { parseAnswer } from './parse-answer.ts';
import { sendRequest } from './token-request.ts';

/**
 * Ends a grant (RFC 7009): the refresh token first, since the access token ends with it at most vendors; then the access
 * token, also where the first failed.
 *
 * @throws {OAuthError} The first failure, after both were tried. A server that knows no such token says success.
 */
export async function revokeToken(
  context: OAuthClientContext,
  token: Pick<OAuth2TokenState, 'accessToken' | 'refreshToken'>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const failures: unknown[] = [];
  for (const [hint, value] of [
    ['refresh_token', token.refreshToken],
    ['access_token', token.accessToken],
  ] as const) {
    if (value === undefined || value === '') continue;
    try {
      await revokeOne(context, hint, value, signal);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function revokeOne(
  context: OAuthClientContext,
  hint: 'refresh_token' | 'access_token',
  value: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { method, rules, identity, transport } = context;
  const endpoint = endpointUrl(method.revocationUrl, 'revocation endpoint', rules).href;
  const answer = await sendRequest(context, signal, async (client, authentication, hooks) =>
    revocationRequest({ ...context.server, revocation_endpoint: endpoint }, client, authentication, value, {
      ...hooks,
      additionalParameters: { token_type_hint: hint },
    }),
  );
  if (answer.status >= 200 && answer.status < 300) return;
  const error = answerError('The revocation', answer, {
    secrets: [...identity.secrets, value],
    nowMs: transport.clock.now(),
  });
  // Servers may revoke refresh tokens alone (RFC 7009, section 2.2.1).
  if (hint === 'access_token' && error.oauthCode === 'unsupported_token_type') return;
  throw error;
}

/** What a server says about a token (RFC 7662). */
export interface TokenIntrospection {
  readonly isActive: boolean;
  /** Space-separated. */
  readonly scope?: string;
  readonly clientId?: string;
  readonly subject?: string;
  /** ISO 8601 instant. */
  readonly expiresAt?: string;
}

export async function introspectToken(
  context: OAuthClientContext,
  token: string,
  signal: AbortSignal | undefined,
): Promise<TokenIntrospection> {
  const what = 'The introspection';
  const { method, rules, client, identity, transport } = context;
  const server = {
    ...context.server,
    introspection_endpoint: endpointUrl(method.introspectionUrl, 'introspection endpoint', rules).href,
  };
  const answer = await sendRequest(context, signal, async (sender, authentication, hooks) =>
    introspectionRequest(server, sender, authentication, token, hooks),
  );
  if (answer.status < 200 || answer.status > 299) {
    throw answerError(what, answer, { secrets: [...identity.secrets, token], nowMs: transport.clock.now() });
  }
  try {
    const body = parseAnswer(answer) ?? {};
    const { active, scope, client_id, sub, exp } = await processIntrospectionResponse(
      server,
      client,
      Response.json(body),
    );
    return {
      isActive: active,
      ...(typeof scope === 'string' ? { scope } : {}),
      ...(typeof client_id === 'string' ? { clientId: client_id } : {}),
      ...(typeof sub === 'string' ? { subject: sub } : {}),
      ...(typeof exp === 'number' && exp > 0 && exp < 1e11 ? { expiresAt: new Date(exp * 1_000).toISOString() } : {}),
    };
  } catch {
    throw new OAuthError({
      code: 'INVALID_RESPONSE',
      message: `${what} was answered with what does not fit RFC 7662`,
      status: answer.status,
    });
  }
}

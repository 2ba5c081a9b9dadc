import type { OAuth2TokenState } from '@mortise/core';
import {
  allowInsecureRequests,
  clockSkew,
  type Client,
  type ClientAuth,
  customFetch,
  type CustomFetchOptions,
  genericTokenEndpointRequest,
} from 'oauth4webapi';
import { OAuthError } from '../errors/oauth-error.ts';
import type { OAuthClientContext } from './oauth-client-options.ts';
import { readTokenAnswer } from './token-answer.ts';
import { type OAuthAnswer, send } from './transport.ts';

/** What is asked of the token endpoint. */
export interface TokenRequest {
  /** For messages, such as `The token refresh`. */
  readonly what: string;
  readonly grantType: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Values among the parameters that must not be shown. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** Asks the token endpoint, as the spec says that it wants to be asked, and reads its answer. */
export async function requestToken(context: OAuthClientContext, request: TokenRequest): Promise<OAuth2TokenState> {
  const { method, server, transport } = context;
  const secrets = [...request.secrets, ...context.identity.secrets];
  const parameters = { ...method.tokenParams, ...request.parameters };
  const answer = await sendRequest(context, request.signal, async (client, authentication, options) =>
    genericTokenEndpointRequest(server, client, authentication, request.grantType, parameters, options),
  );
  return readTokenAnswer(request.what, answer, {
    server,
    client: context.client,
    method,
    secrets,
    nowMs: transport.clock.now(),
  });
}

/** The hooks through which oauth4webapi sends its requests. */
export interface RequestHooks {
  readonly [allowInsecureRequests]: true;
  readonly [customFetch]: (url: string, options: CustomFetchOptions<'POST', URLSearchParams>) => Promise<Response>;
}

/** Lets oauth4webapi make a request and prove the client, and sends it within our limits. */
export async function sendRequest(
  context: OAuthClientContext,
  signal: AbortSignal | undefined,
  make: (client: Client, authentication: ClientAuth, hooks: RequestHooks) => Promise<Response>,
): Promise<OAuthAnswer> {
  signal?.throwIfAborted();
  const { transport, method } = context;
  const authentication = await context.identity.authentication();
  const skewSeconds = Math.round((transport.clock.now() - Date.now()) / 1_000);
  let answer: OAuthAnswer | undefined;
  await make({ ...context.client, [clockSkew]: skewSeconds }, authentication, {
    // Our own rules for addresses were applied already, and know loopback from the rest.
    [allowInsecureRequests]: true,
    [customFetch]: async (url, { headers, body }) => {
      const init = method.bodyFormat === 'json' ? jsonBody(headers, body) : { headers, body: body.toString() };
      answer = await send(transport, url, { method: 'POST', ...init }, signal);
      return new Response(null);
    },
  });
  if (answer !== undefined) return answer;
  // Every function of oauth4webapi that is used here sends exactly one request.
  throw new OAuthError({ code: 'UNSUPPORTED', message: 'The flow sent no request' });
}

function jsonBody(headers: Readonly<Record<string, string>>, body: URLSearchParams): RequestInit {
  return {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(body)),
  };
}

/** Scopes as the vendor wants them in a request; none where there are none. */
export function scopeParameter(
  { method }: Pick<OAuthClientContext, 'method'>,
  scopes: readonly string[],
): Record<string, string> {
  if (scopes.length === 0) return {};
  return { [method.scopeParam ?? 'scope']: scopes.join(method.scopeSeparator ?? ' ') };
}

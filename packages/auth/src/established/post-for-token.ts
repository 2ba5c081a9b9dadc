import type { OAuth2AuthConfig, OAuth2TokenState } from '@mortise/core';
import { OAuthError } from '../errors/oauth-error.ts';
import { redactWords } from '../oauth/answer-error.ts';

/** `fetch`, as these functions take it for tests. */
export type TokenFetch = (url: string, init: RequestInit) => Promise<Response>;

const MAX_BODY = 1_000;

/** Posts a form to the token endpoint and reads the answer as these functions always did, secrets kept out of errors. */
export async function postForToken(
  config: OAuth2AuthConfig,
  form: Readonly<Record<string, string>>,
  what: string,
  fetchFn: TokenFetch,
): Promise<OAuth2TokenState> {
  const response = await fetchFn(config.tokenUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  });
  if (!response.ok) throw await refusal(response, form, what);
  const body: unknown = await response.json();
  const member = (name: string): unknown =>
    typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  const text = (name: string): string | undefined => {
    const value = member(name);
    return typeof value === 'string' ? value : undefined;
  };
  const accessToken = text('access_token');
  if (accessToken === undefined || accessToken === '') {
    throw new OAuthError({
      code: 'INVALID_RESPONSE',
      message: `OAuth 2 ${what} failed: the answer holds no access token`,
      status: response.status,
      outcomeUnknown: true,
    });
  }
  const refreshToken = text('refresh_token');
  const expiresIn = member('expires_in');
  const scope = text('scope');
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    tokenType: text('token_type') ?? 'Bearer',
    ...(typeof expiresIn === 'number' ? { expiresAt: new Date(Date.now() + expiresIn * 1_000).toISOString() } : {}),
    ...(scope === undefined ? {} : { scope }),
    ...(typeof body === 'object' && body !== null ? { extra: { ...body } } : {}),
  };
}

async function refusal(response: Response, form: Readonly<Record<string, string>>, what: string): Promise<OAuthError> {
  const secrets = ['refresh_token', 'client_secret', 'code', 'code_verifier'].map((name) => form[name] ?? '');
  const body = redactWords((await response.text().catch(() => '')).slice(0, MAX_BODY), secrets);
  const isPassing = response.status === 429 || response.status >= 500;
  return new OAuthError({
    code: response.status === 429 ? 'THROTTLED' : isPassing ? 'UNAVAILABLE' : 'REFUSED',
    message: `OAuth 2 ${what} failed (${response.status}): ${body}`,
    status: response.status,
  });
}

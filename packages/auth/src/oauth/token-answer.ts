import {
  createRedactor,
  type OAuth2AuthConfig,
  type OAuth2TokenResponseQuirks,
  type OAuth2TokenState,
} from '@mortise/core';
import { type AuthorizationServer, type Client, processGenericTokenEndpointResponse } from 'oauth4webapi';
import { OAuthError } from '../errors/oauth-error.ts';
import { answerError } from './answer-error.ts';
import { parseAnswer, valueAt } from './parse-answer.ts';
import type { OAuthAnswer } from './transport.ts';

export interface TokenAnswerContext {
  readonly server: AuthorizationServer;
  readonly client: Client;
  readonly method: Pick<OAuth2AuthConfig, 'tokenResponse'>;
  /** Values that were sent; a server may repeat them. */
  readonly secrets: readonly string[];
  readonly nowMs: number;
}

/** Members that have a place of their own in the token's state, or none at all. */
const KNOWN_MEMBERS = new Set(['access_token', 'refresh_token', 'token_type', 'expires_in', 'scope', 'id_token', 'ok']);

/** A token's lifetime beyond which no expiry is recorded: dates end somewhere. */
const MAX_LIFETIME_SECONDS = 100 * 365 * 86_400;

/**
 * Reads the answer of a token endpoint: what is unusual about the vendor's is repaired first, as the spec says, and the
 * strict parser sees what RFC 6749 prescribes.
 *
 * @throws {OAuthError} As the server says; `INVALID_RESPONSE` for a success without a token.
 */
export async function readTokenAnswer(
  what: string,
  answer: OAuthAnswer,
  context: TokenAnswerContext,
): Promise<OAuth2TokenState> {
  const { secrets, nowMs, method } = context;
  const isSuccess = answer.status >= 200 && answer.status < 300;
  if (!isSuccess) throw answerError(what, answer, { secrets, nowMs });
  const quirks = method.tokenResponse ?? {};
  const body = parseAnswer(answer);
  if (body === undefined) throw invalid(what, answer, 'is neither a JSON object nor form-encoded');
  const token = canonicalToken(body, quirks, answer.sentAtMs);
  const isRefused = quirks.okPointer !== undefined && valueAt(body, quirks.okPointer) === false;
  if (isRefused || (token.access_token === undefined && hasError(body))) {
    throw answerError(what, answer, { secrets, nowMs });
  }
  if (token.access_token === undefined) throw invalid(what, answer, 'holds no access token');
  const parsed = await parseStrictly(what, answer, token, context);
  return {
    accessToken: parsed.access_token,
    ...(parsed.refresh_token === undefined ? {} : { refreshToken: parsed.refresh_token }),
    tokenType: /^bearer$/i.test(token.token_type) ? 'Bearer' : token.token_type,
    ...expiry(parsed.expires_in, answer.sentAtMs),
    ...(parsed.scope === undefined ? {} : { scope: parsed.scope }),
    ...extraOf(body, quirks, [parsed.access_token, parsed.refresh_token ?? '']),
  };
}

interface CanonicalToken {
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly token_type: string;
  readonly expires_in?: number;
  readonly scope?: string;
}

/** The answer as RFC 6749, section 5.1 would have it. */
function canonicalToken(body: object, quirks: OAuth2TokenResponseQuirks, sentAtMs: number): CanonicalToken {
  const accessToken = textAt(body, quirks.accessToken ?? '/access_token');
  const refreshToken = textAt(body, quirks.refreshToken ?? '/refresh_token');
  const expiresIn = lifetimeSeconds(body, quirks, sentAtMs);
  const scope = scopeText(valueAt(body, quirks.scope ?? '/scope'));
  return {
    ...(accessToken === undefined ? {} : { access_token: accessToken }),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    token_type: textAt(body, '/token_type') ?? quirks.defaultTokenType ?? 'Bearer',
    ...(expiresIn === undefined ? {} : { expires_in: expiresIn }),
    ...(scope === undefined ? {} : { scope }),
  };
}

async function parseStrictly(
  what: string,
  answer: OAuthAnswer,
  token: CanonicalToken,
  { server, client }: TokenAnswerContext,
): ReturnType<typeof processGenericTokenEndpointResponse> {
  // Any token type that can be an authentication scheme: some vendors name their own.
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/.test(token.token_type)) {
    throw invalid(what, answer, 'names a token type that cannot be one');
  }
  try {
    return await processGenericTokenEndpointResponse(server, client, Response.json(token), {
      recognizedTokenTypes: { [token.token_type.toLowerCase()]: () => {} },
    });
  } catch {
    // No cause: the parser's errors carry the body.
    throw invalid(what, answer, 'does not fit RFC 6749');
  }
}

function textAt(body: object, pointer: string): string | undefined {
  const value = valueAt(body, pointer);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Zero or less says nothing about a token that has just been issued, and is taken for "not said". */
function lifetimeSeconds(body: object, quirks: OAuth2TokenResponseQuirks, sentAtMs: number): number | undefined {
  const seconds =
    numberOf(valueAt(body, quirks.expiresIn ?? '/expires_in')) ??
    secondsUntil(body, quirks.expiresAt, sentAtMs) ??
    quirks.defaultExpiresInSeconds;
  return seconds !== undefined && seconds > 0 && seconds <= MAX_LIFETIME_SECONDS ? seconds : undefined;
}

function secondsUntil(
  body: object,
  expiresAt: OAuth2TokenResponseQuirks['expiresAt'],
  sentAtMs: number,
): number | undefined {
  if (expiresAt === undefined) return undefined;
  const value = valueAt(body, expiresAt.pointer);
  const atMs =
    expiresAt.format === 'iso'
      ? Date.parse(typeof value === 'string' ? value : '')
      : (numberOf(value) ?? Number.NaN) * (expiresAt.format === 'epoch-ms' ? 1 : 1_000);
  return Number.isFinite(atMs) ? (atMs - sentAtMs) / 1_000 : undefined;
}

/** A number, or its text: several vendors quote it. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^\s*\d{1,15}(?:\.\d{1,9})?\s*$/.test(value) ? Number(value) : undefined;
}

/** Scopes with single spaces between them, however the vendor separates them. */
function scopeText(value: unknown): string | undefined {
  const list = Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : [value];
  const scopes = list.flatMap((scope) => (typeof scope === 'string' ? scope.split(/[\s,]+/) : [])).filter(Boolean);
  return scopes.length === 0 ? undefined : scopes.join(' ');
}

function expiry(seconds: number | undefined, sentAtMs: number): { expiresAt?: string } {
  return seconds === undefined ? {} : { expiresAt: new Date(sentAtMs + seconds * 1_000).toISOString() };
}

/** What else the vendor said, such as the address of an instance. Tokens have their places and are masked here. */
function extraOf(
  body: Readonly<Record<string, unknown>>,
  quirks: OAuth2TokenResponseQuirks,
  secrets: readonly string[],
): { extra?: Record<string, unknown> } {
  const placed = new Set(
    [quirks.accessToken, quirks.refreshToken, quirks.okPointer].map((pointer) => pointer?.slice(1)),
  );
  const rest = Object.entries(body).filter(
    ([name, value]) => value !== null && !KNOWN_MEMBERS.has(name) && !placed.has(name),
  );
  if (rest.length === 0) return {};
  const masked = createRedactor({ secrets }).value(Object.fromEntries(rest));
  return typeof masked === 'object' && masked !== null ? { extra: { ...masked } } : {};
}

function hasError(body: Readonly<Record<string, unknown>>): boolean {
  return body['error'] !== undefined && body['error'] !== null;
}

function invalid(what: string, { status }: OAuthAnswer, fault: string): OAuthError {
  const message = `${what} was answered with status ${status}, and the answer ${fault}`;
  return new OAuthError({ code: 'INVALID_RESPONSE', message, status, outcomeUnknown: true });
}

import { createRedactor, retryAfterMsFromHeaders } from '@mortise/core';
import { OAuthError, type OAuthErrorCode } from '../errors/oauth-error.ts';
import { parseAnswer } from './parse-answer.ts';
import type { OAuthAnswer } from './transport.ts';

/** RFC 6749, RFC 8628 and the names that large vendors use instead. */
const CODES: Readonly<Record<string, OAuthErrorCode>> = {
  invalid_grant: 'INVALID_GRANT',
  bad_refresh_token: 'INVALID_GRANT',
  bad_verification_code: 'INVALID_GRANT',
  invalid_refresh_token: 'INVALID_GRANT',
  invalid_code: 'INVALID_GRANT',
  invalid_client: 'INVALID_CLIENT',
  unauthorized_client: 'INVALID_CLIENT',
  incorrect_client_credentials: 'INVALID_CLIENT',
  bad_client_secret: 'INVALID_CLIENT',
  invalid_client_id: 'INVALID_CLIENT',
  invalid_scope: 'INVALID_SCOPE',
  access_denied: 'ACCESS_DENIED',
  authorization_declined: 'ACCESS_DENIED',
  consent_required: 'ACCESS_DENIED',
  login_required: 'ACCESS_DENIED',
  interaction_required: 'ACCESS_DENIED',
  expired_token: 'EXPIRED',
  slow_down: 'THROTTLED',
  rate_limited: 'THROTTLED',
  ratelimited: 'THROTTLED',
  too_many_requests: 'THROTTLED',
  temporarily_unavailable: 'UNAVAILABLE',
  server_error: 'UNAVAILABLE',
};

/** Answers of gateways: the server behind them may have finished its work. */
const UNKNOWN_OUTCOME = new Set([408, 499, 502, 504, 520, 521, 522, 523, 524]);

const MAX_DESCRIPTION = 300;

/** What an answer that is no success says. */
export function answerError(
  what: string,
  answer: OAuthAnswer,
  { secrets, nowMs }: { readonly secrets: readonly string[]; readonly nowMs: number },
): OAuthError {
  const body = parseAnswer(answer) ?? {};
  const { status } = answer;
  const oauthCode = [body['error'], memberOf(body['error'], 'code'), body['code']]
    .map((value) => codeText(value, secrets))
    .find((code) => code !== undefined);
  const known = oauthCode !== undefined && Object.hasOwn(CODES, oauthCode) ? CODES[oauthCode] : undefined;
  const retryAfterMs = retryAfterMsFromHeaders(answer.headers, nowMs);
  const description = descriptionOf(body, secrets);
  const said = oauthCode === undefined ? `status ${status}` : `"${oauthCode}" (status ${status})`;
  return new OAuthError({
    code: known ?? codeOfStatus(status),
    message: `${what} was answered with ${said}${description === undefined ? '' : `: ${description}`}`,
    status,
    ...(oauthCode === undefined ? {} : { oauthCode }),
    ...(description === undefined ? {} : { description }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    outcomeUnknown: known === undefined && UNKNOWN_OUTCOME.has(status),
  });
}

function codeOfStatus(status: number): OAuthErrorCode {
  if (status === 429) return 'THROTTLED';
  if (status === 408) return 'TIMEOUT';
  if (status >= 500) return 'UNAVAILABLE';
  return status === 401 ? 'INVALID_CLIENT' : 'REFUSED';
}

/** Only what can be a code: a server might put anything there, and the message repeats it. */
function codeText(value: unknown, secrets: readonly string[]): string | undefined {
  if (typeof value !== 'string' || !/^[A-Za-z][\w.-]{0,63}$/.test(value)) return undefined;
  return redactWords(value, secrets) === value ? value : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function descriptionOf(body: Readonly<Record<string, unknown>>, secrets: readonly string[]): string | undefined {
  const text = body['error_description'] ?? memberOf(body['error'], 'message') ?? body['message'];
  if (typeof text !== 'string' || text === '') return undefined;
  const redacted = redactWords(text.slice(0, 4 * MAX_DESCRIPTION), secrets);
  return redacted.length > MAX_DESCRIPTION ? `${redacted.slice(0, MAX_DESCRIPTION)}…` : redacted;
}

/**
 * Text of a server that may repeat what it was sent, or hold tokens nobody knows yet: known secrets, whatever looks like a
 * credential, and every long run of characters that could be an opaque token.
 */
export function redactWords(text: string, secrets: readonly string[]): string {
  return createRedactor({ secrets, minSecretLength: 4 })
    .text(text)
    .replaceAll(/[A-Za-z0-9_~+/=-]{20,}/g, (run) => (isOpaque(run) ? '[redacted]' : run));
}

/** Words and snake_case names are no tokens; a mix of letters and digits of that length may be one. */
function isOpaque(run: string): boolean {
  return /\d/.test(run) || (/[a-z][A-Z]/.test(run) && run.length >= 32);
}

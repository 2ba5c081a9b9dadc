import { AuthorizationResponseError, validateAuthResponse } from 'oauth4webapi';
import { OAuthError } from '../errors/oauth-error.ts';
import { redactWords } from './answer-error.ts';
import type { PendingAuthorization } from './authorization-request.ts';
import type { OAuthClientContext } from './oauth-client-options.ts';

/** The callback as it came in: its URL, whole or from the path on, or its parameters. */
export type AuthorizationCallback = URL | URLSearchParams | string;

/** What a good callback says. */
export interface CallbackResult {
  readonly code: string;
  /** Scopes that the user granted, where the vendor says so on the callback. Separated by spaces. */
  readonly scope?: string;
}

const MAX_CALLBACK_LENGTH = 16_384;
/** An authorization that was begun longer ago than this is not completed any more. */
const MAX_PENDING_MS = 60 * 60 * 1000;

/**
 * Checks that a callback belongs to the authorization that was begun, and takes its code out.
 *
 * @throws {OAuthError} `INVALID_CALLBACK`, `EXPIRED`; `ACCESS_DENIED` and other codes where the server reports an error.
 */
export function readCallback(
  context: OAuthClientContext,
  callback: AuthorizationCallback,
  pending: PendingAuthorization,
): CallbackResult {
  const parameters = parametersOf(callback);
  const startedAtMs = Date.parse(pending.startedAt);
  if (!(context.transport.clock.now() - startedAtMs <= MAX_PENDING_MS)) {
    throw new OAuthError({
      code: 'EXPIRED',
      message: 'The authorization was begun more than an hour ago; begin again',
    });
  }
  // Without a known issuer there is nothing to compare it with.
  if (context.issuer === undefined) parameters.delete('iss');
  const checked = validate(context, parameters, pending);
  const [code, ...others] = checked.getAll('code');
  if (code === undefined || code === '' || others.length > 0) throw invalid('holds no code, or several');
  const scope = scopeOf(checked);
  return { code, ...(scope === undefined ? {} : { scope }) };
}

function validate(
  { server, client }: OAuthClientContext,
  parameters: URLSearchParams,
  pending: PendingAuthorization,
): URLSearchParams {
  if (pending.state === '') throw invalid('cannot be checked: the pending authorization has no state');
  try {
    return validateAuthResponse(server, client, parameters, pending.state);
  } catch (error) {
    if (error instanceof AuthorizationResponseError) throw refusal(error.error, error.error_description);
    // The library's message names the parameter; its cause, with all of them, is not passed on.
    throw invalid(error instanceof Error ? `does not fit: ${error.message}` : 'does not fit');
  }
}

function parametersOf(callback: AuthorizationCallback): URLSearchParams {
  const text = typeof callback === 'string' ? callback : callback.toString();
  if (text.length > MAX_CALLBACK_LENGTH) throw invalid(`is longer than ${MAX_CALLBACK_LENGTH} characters`);
  if (callback instanceof URL) return new URLSearchParams(callback.search);
  if (callback instanceof URLSearchParams) return new URLSearchParams(callback);
  const query = text.includes('?') ? text.slice(text.indexOf('?') + 1) : text;
  return new URLSearchParams(query.split('#', 1)[0]);
}

function scopeOf(parameters: URLSearchParams): string | undefined {
  const scopes = (parameters.get('scope') ?? '').split(/[\s,]+/).filter(Boolean);
  return scopes.length === 0 ? undefined : scopes.join(' ');
}

const REFUSALS: Readonly<Record<string, 'ACCESS_DENIED' | 'UNAVAILABLE' | 'INVALID_SCOPE' | 'INVALID_CLIENT'>> = {
  access_denied: 'ACCESS_DENIED',
  consent_required: 'ACCESS_DENIED',
  login_required: 'ACCESS_DENIED',
  interaction_required: 'ACCESS_DENIED',
  user_cancelled_login: 'ACCESS_DENIED',
  user_cancelled_authorize: 'ACCESS_DENIED',
  temporarily_unavailable: 'UNAVAILABLE',
  server_error: 'UNAVAILABLE',
  invalid_scope: 'INVALID_SCOPE',
  unauthorized_client: 'INVALID_CLIENT',
};

function refusal(error: string, description: string | undefined): OAuthError {
  const oauthCode = /^[A-Za-z][\w.-]{0,63}$/.test(error) ? error : undefined;
  const code = oauthCode !== undefined && Object.hasOwn(REFUSALS, oauthCode) ? REFUSALS[oauthCode] : undefined;
  const words = description === undefined ? undefined : redactWords(description.slice(0, 300), []);
  return new OAuthError({
    code: code ?? 'REFUSED',
    message: `The authorization came back with ${oauthCode ?? 'an error'}${words === undefined ? '' : `: ${words}`}`,
    ...(oauthCode === undefined ? {} : { oauthCode }),
    ...(words === undefined ? {} : { description: words }),
  });
}

function invalid(fault: string): OAuthError {
  return new OAuthError({ code: 'INVALID_CALLBACK', message: `The callback ${fault}` });
}

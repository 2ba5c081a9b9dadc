import type { OAuth2TokenState } from '@mortise/core';
import { deviceAuthorizationRequest, processDeviceAuthorizationResponse } from 'oauth4webapi';
import { OAuthError } from '../errors/oauth-error.ts';
import { answerError } from './answer-error.ts';
import { endpointUrl } from './endpoint-url.ts';
import type { OAuthClientContext } from './oauth-client-options.ts';
import { parseAnswer } from './parse-answer.ts';
import { requestToken, scopeParameter, sendRequest } from './token-request.ts';

/** A device code that waits for the user. Plain data. */
export interface DeviceAuthorization {
  /** A secret: whoever has it gets the token. */
  readonly deviceCode: string;
  /** What the user types in. */
  readonly userCode: string;
  /** Where the user types it in. */
  readonly verificationUri: string;
  /** The same address with the code in it, for a link or a QR code. */
  readonly verificationUriComplete?: string;
  /** ISO 8601 instant after which it cannot be used. */
  readonly expiresAt: string;
  /** Milliseconds between polls. */
  readonly intervalMs: number;
}

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code';
const DEFAULT_INTERVAL_MS = 5_000;
/** What `slow_down` adds, for good (RFC 8628, section 3.5). */
const SLOW_DOWN_MS = 5_000;
const MAX_INTERVAL_MS = 60_000;

export async function beginDeviceAuthorization(
  context: OAuthClientContext,
  scopes: readonly string[],
  signal: AbortSignal | undefined,
): Promise<DeviceAuthorization> {
  const what = 'The device authorization';
  const { method, rules, client, identity, transport } = context;
  const server = {
    ...context.server,
    device_authorization_endpoint: endpointUrl(method.deviceAuthorizationUrl, 'device authorization endpoint', rules)
      .href,
  };
  const answer = await sendRequest(context, signal, async (sender, authentication, hooks) =>
    deviceAuthorizationRequest(server, sender, authentication, scopeParameter(context, scopes), hooks),
  );
  if (answer.status < 200 || answer.status > 299) {
    throw answerError(what, answer, { secrets: identity.secrets, nowMs: transport.clock.now() });
  }
  try {
    const body = repaired(parseAnswer(answer) ?? {});
    const device = await processDeviceAuthorizationResponse(server, client, Response.json(body));
    return {
      deviceCode: device.device_code,
      userCode: device.user_code,
      verificationUri: device.verification_uri,
      ...(device.verification_uri_complete === undefined
        ? {}
        : { verificationUriComplete: device.verification_uri_complete }),
      expiresAt: new Date(answer.sentAtMs + device.expires_in * 1_000).toISOString(),
      intervalMs: device.interval === undefined ? DEFAULT_INTERVAL_MS : device.interval * 1_000,
    };
  } catch {
    // No cause: the parser's errors carry the body, and so the device code.
    throw new OAuthError({
      code: 'INVALID_RESPONSE',
      message: `${what} was answered with what does not fit RFC 8628`,
      status: answer.status,
    });
  }
}

/** Older drafts say `verification_url`; numbers come as text too. */
function repaired(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const interval = Number(body['interval']);
  const { interval: _interval, ...rest } = body;
  return {
    ...rest,
    verification_uri: body['verification_uri'] ?? body['verification_url'],
    verification_uri_complete: body['verification_uri_complete'] ?? body['verification_url_complete'],
    ...(interval > 0 && interval < Infinity ? { interval } : {}),
  };
}

/**
 * Polls until the user has decided: every `intervalMs`, 5 s slower for good after each `slow_down`, twice as slow after each
 * answer that did not come, and not beyond the code's end.
 *
 * @throws {OAuthError} `ACCESS_DENIED`; `EXPIRED`; whatever else the server says.
 */
export async function completeDeviceAuthorization(
  context: OAuthClientContext,
  device: DeviceAuthorization,
  signal: AbortSignal | undefined,
): Promise<OAuth2TokenState> {
  const { clock } = context.transport;
  const endMs = Date.parse(device.expiresAt);
  let intervalMs = Math.max(device.intervalMs, 1_000);
  let waitMs = intervalMs;
  for (;;) {
    if (!(clock.now() + waitMs < endMs)) {
      throw new OAuthError({ code: 'EXPIRED', message: 'The user did not finish before the device code ended' });
    }
    await wait(context, waitMs, signal);
    try {
      return await requestToken(context, {
        what: 'The poll for the device',
        grantType: GRANT_TYPE,
        parameters: { device_code: device.deviceCode },
        secrets: [device.deviceCode],
        signal,
      });
    } catch (error) {
      signal?.throwIfAborted();
      if (!OAuthError.is(error)) throw error;
      if (error.oauthCode === 'slow_down') intervalMs += SLOW_DOWN_MS;
      else if (error.retryable) intervalMs = Math.min(intervalMs * 2, Math.max(MAX_INTERVAL_MS, intervalMs));
      else if (error.oauthCode !== 'authorization_pending') throw error;
      waitMs = Math.max(intervalMs, error.retryAfterMs ?? 0);
    }
  }
}

/** A clock may reject with an error of its own; the caller's reason is the one to pass on. */
async function wait({ transport }: OAuthClientContext, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await transport.clock.sleep(ms, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

import type { ErrorContract, OAuth2AuthConfig, ServiceAccountAuthConfig } from '@mortise/core';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';

/** Consent of a Google account. Without both parameters there is no refresh token, or none on a second consent. */
export function googleOAuth(scopes: readonly string[]): OAuth2AuthConfig {
  return {
    type: 'oauth2',
    grantType: 'authorization_code',
    authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: TOKEN_URL,
    revocationUrl: 'https://oauth2.googleapis.com/revoke',
    introspectionUrl: 'https://oauth2.googleapis.com/tokeninfo',
    pkce: true,
    clientAuthentication: 'post',
    bodyFormat: 'form',
    scopes,
    authorizationParams: { access_type: 'offline', prompt: 'consent' },
    refresh: { rotation: 'reusable' },
  };
}

/** A machine account of a Cloud project, by the given form of its key. */
export function googleServiceAccount(
  scopes: readonly string[],
  key: Pick<ServiceAccountAuthConfig, 'credentialFormat' | 'credentialField' | 'issuerField' | 'subjectField'>,
): ServiceAccountAuthConfig {
  return {
    type: 'service-account',
    ...key,
    grant: 'jwt-bearer',
    // Given here, so that a key file cannot send its assertion elsewhere.
    tokenUrl: TOKEN_URL,
    audience: TOKEN_URL,
    scopes,
    assertionLifetimeSeconds: 3600,
  };
}

const REASON = '/error/errors/*/reason';

/** Failures as Google's JSON APIs tell them: the reason decides what a 403 means. */
export function googleErrors(reasons: {
  readonly throttled: readonly string[];
  readonly missingScope: readonly string[];
  readonly misconfigured?: readonly string[];
  readonly quotaExhausted?: readonly string[];
}): ErrorContract {
  const { throttled, missingScope, misconfigured = [], quotaExhausted = [] } = reasons;
  const means = [
    ['throttled', throttled],
    ['missing_scope', missingScope],
    ['misconfigured', misconfigured],
    ['quota_exhausted', quotaExhausted],
  ] as const;
  return {
    code: [{ pointer: '/error/errors/0/reason' }],
    message: [{ pointer: '/error/message' }],
    rules: means
      .filter(([, oneOf]) => oneOf.length > 0)
      .map(([meaning, oneOf]) => ({ when: { status: 403, body: [{ pointer: REASON, oneOf }] }, means: meaning })),
  };
}

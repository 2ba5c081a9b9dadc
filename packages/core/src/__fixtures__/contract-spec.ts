import type { IntegrationSpecInput } from '../spec/integration-spec-input.ts';

/** A spec that says all it can about requests, responses, OAuth, health and webhooks. Fresh on each call. */
export function contractSpec() {
  return {
    meta: { key: 'payments.example', version: 1, title: 'Example', owners: ['@team'], tags: [], category: 'payments' },
    supportedModes: ['byok'],
    capabilities: { provides: [{ key: 'payments.process' }] },
    configSchema: {
      schema: {
        type: 'object',
        properties: { account: { type: 'string' }, clientId: { type: 'string' }, user: { type: 'string' } },
        additionalProperties: false,
      },
    },
    secretSchema: {
      schema: {
        type: 'object',
        properties: Object.fromEntries(
          ['token', 'clientSecret', 'signingSecret', 'hookPassword', 'accountKey'].map((name) => [
            name,
            { type: 'string' },
          ]),
        ),
        additionalProperties: false,
      },
    },
    healthCheck: {
      method: 'ping',
      timeoutMs: 5000,
      request: {
        method: 'POST',
        path: '/{account}/me',
        headers: { Accept: 'application/json' },
        body: { query: '{ me }' },
        expect: { status: [200, 204], body: [{ pointer: '/ok', equals: true }] },
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { header: { name: 'X-Reason', equals: 'scope' } }, means: 'missing_scope', retryable: false },
        ],
      },
    },
    transports: [
      {
        type: 'rest',
        baseUrl: 'https://{account}.example.com/bot{token}/{apiVersion}',
        allowedHosts: ['*.example.com'],
        rateLimitHeaders: { remaining: 'x-left', reset: 'x-reset', resetFormat: 'epoch-seconds' },
        rateLimits: [{ name: 'tokens', limit: 'x-limit', used: 'x-used', reset: 'x-reset', resetFormat: 'duration' }],
        retryAfter: [{ pointer: '/parameters/retry_after', format: 'delta-seconds' }],
        errors: {
          failures: [{ body: [{ pointer: '/ok', equals: false }] }],
          code: [{ pointer: '/error/code' }, { header: 'x-error' }],
          message: [{ pointer: '/error/message' }],
          requestId: [{ header: 'x-request-id' }],
          rules: [{ when: { body: [{ pointer: '/errors/*/code', oneOf: ['a', 1, null] }] }, means: 'throttled' }],
        },
        idempotency: { header: 'Idempotency-Key', methods: ['POST'], quoted: true, maxLength: 64, lifetimeMs: 1 },
        pagination: { style: 'cursor', items: '/data', param: 'after', cursor: { pointer: '/next' }, in: 'query' },
      },
      { type: 'webhook', inbound: { signatureHeader: 'x-signature', signingAlgorithm: 'hmac-sha256' } },
    ],
    supportedAuthMethods: authMethods(),
    versionPolicy: {
      currentVersion: 'v1',
      supportedVersions: [{ version: 'v1', status: 'stable' }],
      versionInPath: true,
    },
    webhooks: webhookContracts(),
  } as const satisfies IntegrationSpecInput;
}

function webhookContracts() {
  return [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'X-Signature', prefix: 'v0=', encoding: 'hex' },
        signed: 'v0:{timestamp}:{body}',
        key: { secretField: 'signingSecret' },
        timestamp: { from: { header: 'X-Time' }, unit: 'seconds' },
      },
      handshakes: [
        {
          method: 'POST',
          when: [{ value: { pointer: '/type' }, equals: 'url_verification' }],
          token: { value: { pointer: '/token' }, secretField: 'token' },
          signed: true,
          answer: { status: 200, echo: { pointer: '/challenge' }, echoAs: 'challenge' },
          keep: { value: { pointer: '/secret' }, secretField: 'signingSecret' },
        },
      ],
      eventId: [{ pointer: '/event_id' }],
      eventType: [{ pointer: '/type' }, { pointer: '/event/type' }],
      occurredAt: { value: { pointer: '/event_time' }, unit: 'seconds' },
      ack: { status: 200, withinMs: 3000 },
      registrationSupported: false,
    },
    {
      key: 'other',
      verification: [
        { scheme: 'token', from: { header: 'X-Token' }, secretField: 'token' },
        { scheme: 'basic', usernameField: 'user', passwordField: 'hookPassword' },
        {
          scheme: 'jwt',
          algorithm: 'RS256',
          key: { keySetUrl: 'https://example.com/keys', format: 'jwks' },
          issuer: ['https://example.com'],
          audienceField: 'account',
          claimFields: { email: 'user' },
          claims: { email_verified: true },
        },
      ],
    },
  ] as const;
}

function authMethods() {
  return [
    { type: 'path-token', tokenField: 'token' },
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://example.com/authorize',
      tokenUrl: 'https://example.com/token',
      introspectionUrl: 'https://example.com/introspect',
      deviceAuthorizationUrl: 'https://example.com/device',
      scopes: ['read'],
      clientAuthentication: 'basic',
      bodyFormat: 'json',
      scopeSeparator: ',',
      scopeParam: 'user_scope',
      authorizationParams: { access_type: 'offline' },
      tokenParams: { audience: 'https://api.example.com' },
      tokenResponse: { accessToken: '/authed_user/access_token', expiresAt: { pointer: '/until', format: 'iso' } },
      refresh: { rotation: 'rotating', reuseIntervalMs: 0, idleLifetimeMs: 1, sendScope: true },
      clientIdField: 'clientId',
      clientSecretField: 'clientSecret',
    },
    {
      type: 'service-account',
      credentialFormat: 'pem',
      credentialField: 'accountKey',
      grant: 'app-jwt',
      tokenUrl: 'https://example.com/{account}/token',
      issuerField: 'clientId',
      subjectField: 'user',
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'X-Signature',
      timestampHeader: 'x-time',
      toleranceMs: 300_000,
      secretField: 'signingSecret',
    },
  ] as const;
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';
import { oauthManifest } from './oauth-manifest.ts';
import { readCapabilities } from './read-capabilities.ts';
import {
  clientOrToken,
  keptFields,
  oauthExample,
  oauthFields,
  redirectField,
  strategyExample,
  strategyFields,
} from './spec-fields.ts';

const DOCS = 'https://developer.whoop.com/docs/developing/getting-started';

const SCOPES = [
  'offline',
  'read:profile',
  'read:cycles',
  'read:recovery',
  'read:sleep',
  'read:workout',
  'read:body_measurement',
];

const BYOK_STEPS = [
  'Sign in to the WHOOP developer dashboard with a member account and create a team.',
  'Create an app, choose its scopes (offline among them) and register the redirect address.',
  'Copy the client id and the client secret into the secret.',
  'If deliveries are wanted, add the webhook address on the app and pick the v2 model.',
  'Submit the app for approval before it is opened to the public.',
];

/**
 * WHOOP: cycles, recoveries, sleeps, workouts and body measurements of members who agreed. A day is a physiological cycle
 * from sleep to sleep, not a calendar day; energy is in kilojoules and durations are in milliseconds. There is no
 * nutrition and no continuous heart rate. Webhooks carry ids only, and their key is the client secret.
 */
export const whoopIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.whoop',
    version: '1.0.0',
    title: 'Whoop',
    description: 'Sleep, recovery, strain and workouts of WHOOP members.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'whoop', 'official-api'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts', 'sleep', 'biometrics', 'webhooks') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { ...strategyFields('official-api'), ...redirectField() },
    },
    example: { ...strategyExample('official-api'), redirectUri: 'https://app.example.com/oauth/whoop/callback' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { ...oauthFields('WHOOP'), ...keptFields() },
      anyOf: clientOrToken(),
    },
    example: oauthExample('whoop'),
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.prod.whoop.com/developer',
      defaultHeaders: { accept: 'application/json' },
      rateLimits: [
        // X-RateLimit-Limit is a structured list of all windows and no number.
        { remaining: 'X-RateLimit-Remaining', reset: 'X-RateLimit-Reset', resetFormat: 'delta-seconds' },
      ],
      retryAfter: [{ header: 'X-RateLimit-Reset', format: 'delta-seconds' }],
      pagination: {
        style: 'cursor',
        items: '/records',
        param: 'nextToken',
        cursor: { pointer: '/next_token' },
        sizeParam: 'limit',
        maxSize: 25,
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'X-WHOOP-Signature', signingAlgorithm: 'hmac-sha256', registrationSupported: false },
    },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://api.prod.whoop.com/oauth/oauth2/auth',
      tokenUrl: 'https://api.prod.whoop.com/oauth/oauth2/token',
      scopes: SCOPES,
      pkce: false,
      clientAuthentication: 'post',
      refresh: { rotation: 'rotating', sendScope: true },
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'X-WHOOP-Signature',
      timestampHeader: 'X-WHOOP-Signature-Timestamp',
      secretField: 'clientSecret',
    },
  ],
  versionPolicy: {
    currentVersion: 'v2',
    supportedVersions: [
      { version: 'v2', status: 'stable' },
      { version: 'v1', status: 'sunset' },
    ],
    versionInPath: true,
  },
  healthCheck: {
    method: 'ping',
    timeoutMs: 10_000,
    request: {
      path: '/{apiVersion}/user/profile/basic',
      expect: { status: 200, body: [{ pointer: '/user_id' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  constraints: { rateLimit: { rpm: 100 }, quotas: { requestsPerDay: 10_000 } },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Create an app at https://developer-dashboard.whoop.com/ and let each member consent to it. WHOOP approves apps before a public launch. A new client secret also changes the key of deliveries.',
    requiredScopes: SCOPES,
    validationEndpoint: 'https://api.prod.whoop.com/developer/v2/user/profile/basic',
    keyRotationSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: oauthManifest({ env: 'WHOOP', docsUrl: DOCS, setupSteps: BYOK_STEPS }),
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'X-WHOOP-Signature', encoding: 'base64' },
        signed: '{timestamp}{body}',
        key: { secretField: 'clientSecret' },
        timestamp: { from: { header: 'X-WHOOP-Signature-Timestamp' }, unit: 'ms' },
      },
      eventId: [{ pointer: '/trace_id' }, { pointer: '/type' }, { pointer: '/id' }],
      eventType: [{ pointer: '/type' }],
      ack: { status: 200 },
      registrationSupported: false,
    },
  ],
  sources: [
    { url: 'https://developer.whoop.com/docs/developing/oauth', checkedOn: '2026-11-23', facts: 'Authorization.' },
    {
      url: 'https://developer.whoop.com/docs/tutorials/refresh-token-javascript',
      checkedOn: '2026-11-23',
      facts: 'Renewal of tokens and its scope.',
    },
    {
      url: 'https://developer.whoop.com/docs/developing/rate-limiting',
      checkedOn: '2026-11-23',
      facts: 'Limits and their headers.',
    },
    {
      url: 'https://developer.whoop.com/docs/developing/webhooks',
      checkedOn: '2026-11-23',
      facts: 'Signature, events and registration of webhooks.',
    },
    {
      url: 'https://github.com/api-evangelist/whoop',
      checkedOn: '2026-11-23',
      facts: "Copy of the vendor's OpenAPI document at 13dce2ce: paths, pages, scopes, versions.",
    },
  ],
});

/** Adds the WHOOP spec to a registry, which is returned for chaining. */
export function registerWhoopIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(whoopIntegrationSpec);
}

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

const DOCS = 'https://cloud.ouraring.com/v2/docs';
const SCOPES = ['personal', 'daily', 'heartrate', 'workout', 'session', 'spo2Daily'];

const BYOK_STEPS = [
  'Sign in to the Oura cloud console and register an API application.',
  'Add the redirect address and choose the scopes.',
  'Copy the client id and the client secret into the secret.',
  'Choose a verification token and create one webhook subscription for each data type and event type.',
  'Ask Oura for approval before the eleventh member connects.',
];

/**
 * Oura: sleep, readiness, activity, workouts, heart rate and oxygen of members who agreed. Dates are read in the
 * member's local zone, and the day in progress keeps changing. A member without a subscription answers 403, which is no
 * fault of the credential. Subscriptions of webhooks are managed with the client's id and secret, not with a token.
 */
export const ouraIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.oura',
    version: '1.0.0',
    title: 'Oura',
    description: 'Sleep, readiness, activity and heart rate of Oura members.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'oura', 'official-api'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts', 'sleep', 'biometrics', 'webhooks') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...strategyFields('official-api'),
        ...redirectField(),
        webhookCallbackUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Public address that Oura delivers to.',
        },
      },
    },
    example: { ...strategyExample('official-api'), redirectUri: 'https://app.example.com/oauth/oura/callback' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...oauthFields('Oura'),
        webhookVerificationToken: {
          type: 'string',
          minLength: 1,
          description: "Chosen by the receiver; Oura repeats it when it checks a subscription's address.",
        },
        ...keptFields(),
      },
      anyOf: clientOrToken(),
    },
    example: { ...oauthExample('oura'), webhookVerificationToken: 'oura-verification-token' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.ouraring.com',
      defaultHeaders: { accept: 'application/json' },
      rateLimits: [{ limit: 'X-RateLimit-Limit', reset: 'X-RateLimit-Reset', resetFormat: 'epoch-seconds' }],
      errors: {
        code: [{ pointer: '/detail/0/type' }],
        message: [{ pointer: '/detail/0/msg' }],
        rules: [{ when: { status: 403 }, means: 'missing_scope' }],
      },
      pagination: { style: 'cursor', items: '/data', param: 'next_token', cursor: { pointer: '/next_token' } },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'x-oura-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://cloud.ouraring.com/oauth/authorize',
      tokenUrl: 'https://api.ouraring.com/oauth/token',
      scopes: SCOPES,
      pkce: false,
      clientAuthentication: 'post',
      refresh: { rotation: 'rotating' },
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'x-oura-signature',
      timestampHeader: 'x-oura-timestamp',
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
      path: '/{apiVersion}/usercollection/personal_info',
      expect: { status: 200, body: [{ pointer: '/id' }] },
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        { when: { status: 403 }, means: 'missing_scope' },
      ],
    },
  },
  constraints: { quotas: { requestsPer5Minutes: 5000 } },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Register an application at https://cloud.ouraring.com/oauth/applications and let each member consent to it. Up to ten members need no approval by Oura. Personal access tokens no longer exist.',
    requiredScopes: ['personal', 'daily', 'heartrate', 'workout'],
    validationEndpoint: 'https://api.ouraring.com/v2/usercollection/personal_info',
    keyRotationSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: oauthManifest({
    env: 'OURA',
    docsUrl: DOCS,
    setupSteps: BYOK_STEPS,
    secretFields: [
      {
        key: 'webhookVerificationToken',
        description: 'Repeated by Oura when it checks an address.',
        env: 'OURA_WEBHOOK_VERIFICATION_TOKEN',
      },
    ],
    configFields: [{ key: 'webhookCallbackUrl', description: 'Public address that Oura delivers to.' }],
  }),
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'x-oura-signature', encoding: 'hex' },
        signed: '{timestamp}{body}',
        key: { secretField: 'clientSecret' },
        timestamp: { from: { header: 'x-oura-timestamp' }, unit: 'seconds' },
      },
      handshakes: [
        {
          method: 'GET',
          when: [{ value: { query: 'verification_token' } }, { value: { query: 'challenge' } }],
          token: { value: { query: 'verification_token' }, secretField: 'webhookVerificationToken' },
          answer: { status: 200, refusedStatus: 401, echo: { query: 'challenge' }, echoAs: 'challenge' },
        },
      ],
      eventId: [
        { pointer: '/user_id' },
        { pointer: '/data_type' },
        { pointer: '/event_type' },
        { pointer: '/object_id' },
        { pointer: '/event_time' },
      ],
      eventType: [{ pointer: '/data_type' }, { pointer: '/event_type' }],
      occurredAt: { value: { pointer: '/event_time' }, unit: 'iso' },
      ack: { status: 200, withinMs: 10_000 },
      registrationSupported: true,
    },
  ],
  sources: [
    {
      url: 'https://api.ouraring.com/docs/authentication',
      checkedOn: '2026-11-23',
      facts: 'Authorization and scopes.',
    },
    {
      url: 'https://github.com/api-evangelist/oura',
      checkedOn: '2026-11-23',
      facts: "Copy of the vendor's OpenAPI document at c990b7ed: paths, pages, limits, webhooks, approval.",
    },
    {
      url: 'https://github.com/the-momentum/open-wearables',
      checkedOn: '2026-11-23',
      facts: 'Signature of webhooks, as deployed code at 44a268be checks it.',
    },
  ],
});

/** Adds the Oura spec to a registry, which is returned for chaining. */
export function registerOuraIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(ouraIntegrationSpec);
}

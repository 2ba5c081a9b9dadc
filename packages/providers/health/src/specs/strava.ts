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

const DOCS = 'https://developers.strava.com/docs/reference/';
const SCOPES = ['read', 'activity:read_all', 'profile:read_all'];

const BYOK_STEPS = [
  'Subscribe to Strava with the account that will own the app, and open its API settings page.',
  'Create the app with its category, website and the domain that the consent page may send people back to.',
  'Copy the client id and the client secret into the secret.',
  'Leave the single-player mode in the dashboard to reach up to ten athletes; apply for Extended Access beyond that.',
  'Choose a verify token and create the one webhook subscription of the app.',
];

/**
 * Strava: activities of athletes who agreed, with weight and zones from their profile; no sleep and no nutrition. Use
 * `sport_type`, and beware that `start_date_local` ends in Z although it is local time. The API moves to another host by
 * 2027-06-01. Deliveries carry a signature whose key the vendor does not document, so nothing here relies on it: compare
 * `subscription_id` and fetch what a delivery speaks of.
 */
export const stravaIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.strava',
    version: '1.0.0',
    title: 'Strava',
    description: 'Activities, workouts and athlete data of Strava athletes.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'strava', 'official-api'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts', 'biometrics', 'webhooks') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...strategyFields('official-api'),
        ...redirectField(),
        webhookSubscriptionId: {
          type: 'integer',
          minimum: 1,
          description: "Id of the app's subscription; every delivery repeats it as subscription_id.",
        },
      },
    },
    example: {
      ...strategyExample('official-api'),
      redirectUri: 'https://app.example.com/oauth/strava/callback',
      webhookSubscriptionId: 12_345,
    },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...oauthFields('Strava'),
        clientId: { type: 'string', pattern: '^[0-9]+$', description: 'Numeric id of the app at Strava.' },
        webhookVerifyToken: {
          type: 'string',
          minLength: 1,
          description: 'Chosen by the receiver; Strava repeats it once, when the subscription is made.',
        },
        ...keptFields(),
      },
      anyOf: clientOrToken(),
    },
    example: { ...oauthExample('strava'), clientId: '12345', webhookVerifyToken: 'strava-verify-token' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://www.strava.com/api/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      rateLimits: [
        { name: 'overall', limit: 'X-RateLimit-Limit', used: 'X-RateLimit-Usage' },
        { name: 'read', limit: 'X-ReadRateLimit-Limit', used: 'X-ReadRateLimit-Usage' },
      ],
      errors: { code: [{ pointer: '/errors/0/code' }], message: [{ pointer: '/message' }] },
      // A short page does not end the list; an empty one does.
      pagination: { style: 'page', items: '', param: 'page', first: 1, sizeParam: 'per_page', maxSize: 200 },
    },
    { type: 'webhook' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://www.strava.com/oauth/authorize',
      tokenUrl: 'https://www.strava.com/oauth/token',
      scopes: SCOPES,
      scopeSeparator: ',',
      pkce: false,
      clientAuthentication: 'post',
      authorizationParams: { approval_prompt: 'auto' },
      tokenResponse: { expiresAt: { pointer: '/expires_at', format: 'epoch-seconds' } },
      refresh: { rotation: 'rotating' },
    },
  ],
  versionPolicy: {
    currentVersion: 'v3',
    supportedVersions: [{ version: 'v3', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'ping',
    timeoutMs: 10_000,
    request: {
      path: '/athlete',
      expect: { status: 200, body: [{ pointer: '/id' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  constraints: {
    quotas: { requestsPer15Minutes: 200, requestsPerDay: 2000, readsPer15Minutes: 100, readsPerDay: 1000 },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Create an app at https://www.strava.com/settings/api and let each athlete consent to it. New apps serve their owner only. The API agreement limits to whom data may be shown and what it may be used for: have it checked before data of several tenants goes through one app.',
    requiredScopes: ['read', 'activity:read_all'],
    validationEndpoint: 'https://www.strava.com/api/v3/athlete',
    keyRotationSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: oauthManifest({
    env: 'STRAVA',
    docsUrl: DOCS,
    setupSteps: BYOK_STEPS,
    secretFields: [
      {
        key: 'webhookVerifyToken',
        description: 'Repeated by Strava when the subscription is made.',
        env: 'STRAVA_WEBHOOK_VERIFY_TOKEN',
      },
    ],
    configFields: [{ key: 'webhookSubscriptionId', description: "Id of the app's subscription." }],
  }),
  webhooks: [
    {
      verification: {
        scheme: 'none',
        reason: 'The vendor does not document how the key of its signature is obtained.',
      },
      handshakes: [
        {
          method: 'GET',
          when: [{ value: { query: 'hub.mode' }, equals: 'subscribe' }, { value: { query: 'hub.challenge' } }],
          token: { value: { query: 'hub.verify_token' }, secretField: 'webhookVerifyToken' },
          answer: { status: 200, echo: { query: 'hub.challenge' }, echoAs: 'hub.challenge' },
        },
      ],
      eventId: [
        { pointer: '/object_type' },
        { pointer: '/object_id' },
        { pointer: '/aspect_type' },
        { pointer: '/event_time' },
        { pointer: '/owner_id' },
      ],
      eventType: [{ pointer: '/object_type' }, { pointer: '/aspect_type' }],
      occurredAt: { value: { pointer: '/event_time' }, unit: 'seconds' },
      ack: { status: 200, withinMs: 2000 },
      registrationSupported: true,
    },
  ],
  sources: [
    {
      url: 'https://developers.strava.com/docs/authentication',
      checkedOn: '2026-11-23',
      facts: 'Authorization, scopes, lifetimes of tokens.',
    },
    {
      url: 'https://developers.strava.com/docs/rate-limits',
      checkedOn: '2026-11-23',
      facts: 'Limits of a new app, and their headers.',
    },
    {
      url: 'https://developers.strava.com/docs/webhooks/',
      checkedOn: '2026-11-23',
      facts: 'Handshake, events and registration of webhooks.',
    },
    {
      url: 'https://developers.strava.com/docs/getting-started/',
      checkedOn: '2026-11-23',
      facts: 'Tiers of access, single-player mode.',
    },
    {
      url: 'https://communityhub.strava.com/insider-journal-9/an-update-to-our-developer-program-13428',
      checkedOn: '2026-11-23',
      facts: 'The programme since June 2026.',
    },
  ],
});

/** Adds the Strava spec to a registry, which is returned for chaining. */
export function registerStravaIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(stravaIntegrationSpec);
}

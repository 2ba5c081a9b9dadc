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

const DOCS = 'https://developers.google.com/health';
const SCOPE = 'https://www.googleapis.com/auth/googlehealth';

const SCOPES = [
  `${SCOPE}.activity_and_fitness.readonly`,
  `${SCOPE}.sleep.readonly`,
  `${SCOPE}.health_metrics_and_measurements.readonly`,
  `${SCOPE}.nutrition.readonly`,
];

const BYOK_STEPS = [
  'Create a Google Cloud project and enable health.googleapis.com in it.',
  'Configure the consent screen with the Google Health scopes and create a web client with the redirect address.',
  'Copy the client id and the client secret into the secret.',
  "Start Google's verification and security review; until it is passed, up to 100 test users may connect.",
  'If deliveries are wanted, register a subscriber with an address, data types and an authorization secret.',
  'Ask members who were connected to Fitbit before to connect again: their tokens cannot be carried over.',
];

const RETIRED = {
  status: 'sunset',
  sunsetDate: '2026-11-02',
  migrationGuide: 'https://developers.google.com/health/about',
} as const;

/**
 * Fitbit and Pixel Watch data through the Google Health API. The Fitbit Web API and its consent pages were to be turned
 * off on 2026-11-02 and to answer 410 from then on: never repeat such a call, ask the member to connect again. Distances
 * and speeds are in millimetres. Deliveries name what changed and must be fetched.
 */
export const fitbitIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.fitbit',
    version: '1.0.0',
    title: 'Fitbit',
    description:
      'Activity, sleep, heart rate and nutrition of Fitbit and Pixel Watch members, by the Google Health API.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'fitbit', 'official-api'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: readCapabilities('activities', 'workouts', 'sleep', 'biometrics', 'nutrition', 'webhooks'),
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...strategyFields('official-api'),
        ...redirectField(),
        surface: {
          type: 'string',
          enum: ['google-health', 'fitbit-legacy'],
          default: 'google-health',
          description: 'API that the member consented to; a connection of fitbit-legacy has to be made anew.',
        },
        projectNumber: {
          type: 'string',
          pattern: '^[0-9]+$',
          description: 'Number of the Google Cloud project, under which subscribers are registered.',
        },
      },
    },
    example: {
      ...strategyExample('official-api'),
      surface: 'google-health',
      redirectUri: 'https://app.example.com/oauth/google/callback',
    },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...oauthFields('Google'),
        clientId: {
          type: 'string',
          pattern: '^[!-~]+\\.apps\\.googleusercontent\\.com$',
          description: 'OAuth client id of the Google Cloud project.',
        },
        webhookSecret: {
          type: 'string',
          minLength: 1,
          description: 'Whole Authorization value that Google repeats with each delivery, as it was registered.',
        },
        serviceAccountKey: {
          type: 'string',
          minLength: 1,
          description: 'JSON key of a service account that manages subscribers. Not needed to read data.',
        },
        ...keptFields(),
      },
      anyOf: clientOrToken(),
    },
    example: {
      ...oauthExample('google'),
      clientId: 'example.apps.googleusercontent.com',
      webhookSecret: 'Bearer made-up-delivery-secret',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://health.googleapis.com',
      defaultHeaders: { accept: 'application/json' },
      errors: {
        code: [{ pointer: '/error/status' }],
        message: [{ pointer: '/error/message' }],
        rules: [{ when: { status: 410 }, means: 'misconfigured', retryable: false }],
      },
      pagination: {
        style: 'cursor',
        items: '/dataPoints',
        param: 'pageToken',
        cursor: { pointer: '/nextPageToken' },
        sizeParam: 'pageSize',
      },
    },
    // The older place for signing facts has no word for ECDSA; `webhooks` has.
    { type: 'webhook' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revocationUrl: 'https://oauth2.googleapis.com/revoke',
      scopes: SCOPES,
      pkce: true,
      clientAuthentication: 'post',
      authorizationParams: { access_type: 'offline', prompt: 'consent', include_granted_scopes: 'true' },
      refresh: { rotation: 'reusable' },
    },
    {
      type: 'service-account',
      credentialFormat: 'json-key',
      credentialField: 'serviceAccountKey',
      scopes: ['https://www.googleapis.com/auth/cloud-platform'],
    },
  ],
  versionPolicy: {
    currentVersion: 'v4',
    supportedVersions: [
      { version: 'v4', status: 'stable' },
      { version: 'v4beta', status: 'beta' },
      { version: '1.2', ...RETIRED },
      { version: '1.1', ...RETIRED },
      { version: '1', ...RETIRED },
    ],
    versionInPath: true,
  },
  healthCheck: {
    method: 'ping',
    timeoutMs: 10_000,
    request: {
      path: '/{apiVersion}/users/me/identity',
      expect: { status: 200, body: [{ pointer: '/healthUserId' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  constraints: {
    // Per user; the quotas are those of the project.
    rateLimit: { rpm: 300 },
    quotas: {
      projectRequestsPerMinute: 120_000,
      projectRequestsPerDay: 86_400_000,
      projectTokenGrantsPerDay: 10_000,
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Create a project and an OAuth client at https://console.cloud.google.com/ and let each member consent to it. All Google Health scopes are restricted: Google reviews the app before the public may use it.',
    requiredScopes: SCOPES,
    validationEndpoint: 'https://health.googleapis.com/v4/users/me/identity',
    keyRotationSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: oauthManifest({
    env: 'GOOGLE',
    docsUrl: DOCS,
    setupSteps: BYOK_STEPS,
    secretFields: [
      {
        key: 'webhookSecret',
        description: 'Authorization value that Google repeats with each delivery.',
        env: 'GOOGLE_WEBHOOK_SECRET',
      },
      { key: 'serviceAccountKey', description: 'Key of the account that manages subscribers.' },
    ],
    configFields: [
      { key: 'surface', description: 'API that the member consented to.' },
      { key: 'projectNumber', description: 'Number of the Google Cloud project.' },
    ],
  }),
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'ecdsa-p256-sha256',
        // A reference page calls it by the second name.
        signature: { header: ['GOOGLE-HEALTH-API-SIGNATURE', 'X-HEALTHAPI-SIGNATURE'], encoding: 'base64' },
        signed: '{body}',
        key: {
          keySetUrl: 'https://www.gstatic.com/googlehealthapi/webhooks/webhooks_public_keyset.json',
          format: 'tink',
        },
        // Google signs for all receivers with the same keys: only this tells whom a delivery is for.
        token: { from: { header: 'Authorization' }, secretField: 'webhookSecret' },
      },
      handshakes: [
        {
          method: 'POST',
          when: [{ value: { pointer: '/type' }, equals: 'verification' }],
          token: { value: { header: 'Authorization' }, secretField: 'webhookSecret' },
          answer: { status: 201, refusedStatus: 401 },
        },
      ],
      eventType: [{ pointer: '/data/dataType' }, { pointer: '/data/operation' }],
      ack: { status: 204 },
      registrationSupported: true,
    },
  ],
  sources: [
    {
      url: 'https://developers.google.com/health/about',
      checkedOn: '2026-11-23',
      facts: 'End of the Fitbit Web API, new consent, review of apps.',
    },
    { url: 'https://developers.google.com/health/rate-limits', checkedOn: '2026-11-23', facts: 'Limits.' },
    { url: 'https://developers.google.com/health/webhooks', checkedOn: '2026-11-23', facts: 'Deliveries.' },
    {
      url: 'https://developers.google.com/health/reference/rest/v4/projects.subscribers',
      checkedOn: '2026-11-23',
      facts: 'Signature of deliveries and subscribers.',
    },
    {
      url: 'https://gcpapichanges.com/changes/1776254400-health:v4.html',
      checkedOn: '2026-11-23',
      facts: 'Verification of a receiver.',
    },
    {
      url: 'https://developers.google.com/health/reference/rest/v4/users.dataTypes.dataPoints/reconcile',
      checkedOn: '2026-11-25',
      facts: 'Pages of data points, as public clients read them.',
    },
    {
      url: 'https://github.com/the-momentum/open-wearables',
      checkedOn: '2026-11-23',
      facts: 'Paths and scopes, as deployed code at 44a268be uses them.',
    },
  ],
});

/** Adds the Fitbit spec to a registry, which is returned for chaining. */
export function registerFitbitIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(fitbitIntegrationSpec);
}

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

const DOCS = 'https://myfitnesspalapi.com/docs';
const SCOPES = ['diary', 'measurements', 'private-exercises', 'subscriptions'];

const BYOK_STEPS = [
  'Hold a partnership with MyFitnessPal; the programme takes no new partners.',
  'Receive the client id and the client secret, and have the redirect address and the scopes registered.',
  'Copy the client id and the client secret into the secret.',
  "If deliveries are wanted, subscribe each user's changes through the API.",
];

/**
 * MyFitnessPal: food and exercise diary and weight, for partners only. No access requests are accepted, so that without a
 * partnership there is no lawful API: reading the website with a user's cookies or password breaks the terms, at that
 * user's risk. What MyFitnessPal writes into Apple Health or Health Connect may be read there. Calls carry the client id
 * in a header beside the token. Deliveries carry no documented proof.
 */
export const myFitnessPalIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.myfitnesspal',
    version: '1.0.0',
    title: 'MyFitnessPal',
    description: 'Food and exercise diary of MyFitnessPal users, by an API for partners.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'myfitnesspal', 'nutrition', 'unofficial'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts', 'biometrics', 'nutrition', 'webhooks') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...strategyFields('aggregator-api'),
        ...redirectField(),
        webhookUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Public address that MyFitnessPal delivers to.',
        },
      },
    },
    example: {
      ...strategyExample('aggregator-api'),
      redirectUri: 'https://app.example.com/oauth/myfitnesspal/callback',
    },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { ...oauthFields('MyFitnessPal'), ...keptFields() },
      anyOf: clientOrToken(),
    },
    example: oauthExample('myfitnesspal'),
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.myfitnesspal.com/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      // The message is translated: never branch on it.
      errors: { code: [{ pointer: '/error' }], message: [{ pointer: '/error_description' }] },
    },
    { type: 'webhook' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://api.myfitnesspal.com/v2/oauth2/auth',
      tokenUrl: 'https://api.myfitnesspal.com/v2/oauth2/token',
      revocationUrl: 'https://api.myfitnesspal.com/v2/oauth2/revoke',
      scopes: SCOPES,
      pkce: false,
      clientAuthentication: 'post',
    },
    // Sent together with the token, on every call.
    { type: 'header', headerName: 'mfp-client-id', secretField: 'clientId' },
  ],
  versionPolicy: {
    currentVersion: 'v2',
    supportedVersions: [
      { version: 'v2', status: 'stable' },
      { version: 'v1', status: 'deprecated' },
    ],
    versionInPath: true,
  },
  healthCheck: { method: 'custom', timeoutMs: 10_000 },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Only partners of MyFitnessPal have an API, and no new ones are taken: see https://myfitnesspalapi.com. Others read what MyFitnessPal writes into Apple Health or Health Connect.',
    requiredScopes: ['diary', 'measurements'],
    keyRotationSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: oauthManifest({
    env: 'MYFITNESSPAL',
    docsUrl: DOCS,
    setupSteps: BYOK_STEPS,
    configFields: [{ key: 'webhookUrl', description: 'Public address that MyFitnessPal delivers to.' }],
  }),
  webhooks: [
    {
      verification: {
        scheme: 'none',
        reason: 'The vendor documents no proof. Fetch item_url on api.myfitnesspal.com only.',
      },
      ack: { status: 202 },
      registrationSupported: true,
    },
  ],
  sources: [
    {
      url: 'https://myfitnesspalapi.com/docs/appendix-full-request-examples',
      checkedOn: '2026-11-23',
      facts: 'Host, version, headers.',
    },
    { url: 'https://myfitnesspalapi.com/docs/diary-post', checkedOn: '2026-11-23', facts: 'The diary.' },
    { url: 'https://myfitnesspalapi.com/docs/measurements-get/', checkedOn: '2026-11-23', facts: 'Measurements.' },
    {
      url: 'https://github.com/api-evangelist/myfitnesspal',
      checkedOn: '2026-11-23',
      facts:
        "Harvest of the vendor's documents at 9f80daac: authorization, errors, deliveries, state of the programme.",
    },
  ],
});

/** Adds the MyFitnessPal spec to a registry, which is returned for chaining. */
export function registerMyFitnessPalIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(myFitnessPalIntegrationSpec);
}

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

const DOCS = 'https://developer.garmin.com/gc-developer-program/health-api/';

const BYOK_STEPS = [
  'Hold an approved account of the Connect Developer Program, as a legal entity; the programme takes no new ones.',
  'Create an app in the developer portal, set its redirect address and the APIs that it uses.',
  'Copy the client id and the client secret into the secret.',
  'Enter an https address for each type of summary, and those for deregistrations and changes of permission.',
  "Pass the vendor's review to get a production key.",
];

/**
 * Garmin Connect: health and activity summaries of users who agreed, for partners only. Garmin delivers, it is not
 * asked: lists serve what deliveries brought. Deliveries carry no proof, so use an address that nobody can guess, ignore
 * users that are not known, and follow callback addresses on apis.garmin.com only. Most of the documentation is for
 * partners; what is not public is left out here. OAuth 1 apps end on 2026-12-31.
 */
export const garminIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.garmin',
    version: '1.0.0',
    title: 'Garmin',
    description: 'Activity, wellness and sleep of Garmin Connect users, delivered to partners.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'garmin', 'official-api', 'partner'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts', 'sleep', 'biometrics', 'webhooks') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...strategyFields('aggregator-api'),
        ...redirectField(),
        deliveryMode: {
          type: 'string',
          enum: ['push', 'ping'],
          default: 'push',
          description: 'What deliveries hold: the data itself, or the address from which to fetch it.',
        },
        environment: {
          type: 'string',
          enum: ['evaluation', 'production'],
          description: 'Level of the key that is in use.',
        },
      },
    },
    example: { ...strategyExample('aggregator-api'), redirectUri: 'https://app.example.com/oauth/garmin/callback' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: { ...oauthFields('Garmin'), ...keptFields() },
      anyOf: clientOrToken(),
    },
    example: oauthExample('garmin'),
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://apis.garmin.com/wellness-api/rest',
      defaultHeaders: { accept: 'application/json' },
      errors: { message: [{ pointer: '/errorMessage' }] },
    },
    { type: 'webhook' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://connect.garmin.com/oauth2Confirm',
      tokenUrl: 'https://diauth.garmin.com/di-oauth2-service/oauth/token',
      // The user chooses permissions on the consent page; there is no scope parameter.
      scopes: [],
      pkce: true,
      clientAuthentication: 'post',
      refresh: { rotation: 'rotating', idleLifetimeMs: 7_775_998_000 },
    },
  ],
  healthCheck: {
    method: 'ping',
    timeoutMs: 10_000,
    request: {
      path: '/user/id',
      expect: { status: 200, body: [{ pointer: '/userId' }] },
      rules: [{ when: { status: [401, 403] }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      "Partners create an app at https://developerportal.garmin.com/ and let each user consent to it. The programme has been closed to new applicants since 2026: others read Garmin data through an aggregator. Clients that sign in with a user's password break the vendor's terms and are not supported.",
    requiredScopes: [],
    validationEndpoint: 'https://apis.garmin.com/wellness-api/rest/user/id',
    keyRotationSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: oauthManifest({
    env: 'GARMIN',
    docsUrl: DOCS,
    setupSteps: BYOK_STEPS,
    configFields: [
      { key: 'deliveryMode', description: 'What deliveries hold.' },
      { key: 'environment', description: 'Level of the key that is in use.' },
    ],
  }),
  webhooks: [
    {
      verification: {
        scheme: 'none',
        reason: 'Garmin signs nothing; garmin-client-id names the app and proves nothing.',
      },
      ack: { status: 200 },
      registrationSupported: false,
    },
  ],
  sources: [
    {
      url: 'https://github.com/the-momentum/open-wearables',
      checkedOn: '2026-11-23',
      facts: 'Addresses, authorization and deliveries, as deployed code at 44a268be uses them; state of the programme.',
    },
    {
      url: 'https://github.com/RADAR-base/RADAR-Rest-Source-Auth/issues/313',
      checkedOn: '2026-11-23',
      facts: 'End of OAuth 1 and migration.',
    },
  ],
});

/** Adds the Garmin spec to a registry, which is returned for chaining. */
export function registerGarminIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(garminIntegrationSpec);
}

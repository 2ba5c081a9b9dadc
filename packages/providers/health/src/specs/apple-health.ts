import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';
import { bridgeField, bridgeManifest, bridgeSecretFields } from './bridge-fields.ts';
import { readCapabilities } from './read-capabilities.ts';
import { strategyExample, strategyFields } from './spec-fields.ts';

const DOCS = 'https://developer.apple.com/documentation/healthkit';

const SETUP_STEPS = [
  'Join the Apple Developer Program and enable HealthKit for the app.',
  'Add the two usage texts and the HealthKit entitlements, the one for background delivery where it is wanted.',
  'Register observer queries at launch, read with anchored queries, and upload to the bridge.',
  'Publish a privacy policy and pass the App Review.',
  'Name the host of the bridge here and store the token with which it is read.',
];

/**
 * Apple Health: there is no API for servers. An app on the device, with the member's permission, reads HealthKit and
 * uploads to a bridge of the integrator's own or to an aggregator; this integration reads that bridge. The routes
 * official-api and official-mcp do not exist. A type that the member refused looks like an empty one, so an empty answer
 * is no error. Heart rate variability is SDNN here and RMSSD with most others: never merge the two.
 */
export const appleHealthIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.apple-health',
    version: '1.0.0',
    title: 'Apple Health Bridge',
    description: 'Apple Health data that an app on the device uploaded to a bridge.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'apple', 'healthkit', 'bridge'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts', 'sleep', 'biometrics', 'nutrition') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['bridgeHost'],
      properties: {
        ...strategyFields('aggregator-api'),
        ...bridgeField(),
        bundleId: {
          type: 'string',
          pattern: '^[A-Za-z0-9.-]+$',
          description: 'Bundle id of the app that reads HealthKit.',
        },
        readTypes: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          uniqueItems: true,
          description: 'HealthKit type identifiers that the app asks for.',
        },
        backgroundDelivery: {
          type: 'boolean',
          default: false,
          description: 'Whether the app reads in the background, which needs an entitlement of its own.',
        },
        ingestUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Address to which the app uploads.',
        },
      },
    },
    example: { ...strategyExample('aggregator-api'), bridgeHost: 'bridge.example.com', bundleId: 'com.example.health' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['accessToken'],
      properties: {
        ...bridgeSecretFields(),
        ingestToken: {
          type: 'string',
          minLength: 1,
          description: "The integrator's own credential with which the app uploads; Apple issues none.",
        },
        username: {
          type: 'string',
          description: 'User name of an adapter that brings its own; this spec does not read it.',
        },
        password: {
          type: 'string',
          description: 'Password of an adapter that brings its own; this spec does not read it.',
        },
      },
    },
    example: { accessToken: 'bridge-access-token', ingestToken: 'bridge-ingest-token' },
  },
  transports: [{ type: 'rest', baseUrl: 'https://{bridgeHost}', defaultHeaders: { accept: 'application/json' } }],
  preferredTransport: 'rest',
  supportedAuthMethods: [{ type: 'bearer', tokenField: 'accessToken' }],
  healthCheck: { method: 'custom', timeoutMs: 10_000 },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Build an app with HealthKit (https://developer.apple.com/account) that uploads to a bridge of your own, or use an aggregator with an SDK for the device. No server can read Apple Health.',
    requiredScopes: [],
    keyRotationSupported: false,
    provisioningSteps: SETUP_STEPS,
  },
  credentialManifest: bridgeManifest({ modes: ['managed', 'byok'], docsUrl: DOCS, setupSteps: SETUP_STEPS }),
  sources: [
    {
      url: 'https://developer.apple.com/documentation/xcode/configuring-healthkit-access',
      checkedOn: '2026-11-23',
      facts: 'How an app gets access.',
    },
    {
      url: 'https://developer.apple.com/documentation/healthkit/hkobserverquery',
      checkedOn: '2026-11-23',
      facts: 'Observer queries.',
    },
    {
      url: 'https://developer.apple.com/documentation/bundleresources/entitlements/com.apple.developer.healthkit.background-delivery',
      checkedOn: '2026-11-23',
      facts: 'Entitlement for background delivery.',
    },
    {
      url: 'https://github.com/the-momentum/open-wearables',
      checkedOn: '2026-11-23',
      facts: 'That there is no API for servers and data is pushed, from its documentation at 44a268be.',
    },
  ],
});

/** Adds the Apple Health spec to a registry, which is returned for chaining. */
export function registerAppleHealthIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(appleHealthIntegrationSpec);
}

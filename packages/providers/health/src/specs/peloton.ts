import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';
import { bridgeField, bridgeManifest, bridgeSecretFields, memberLoginFields } from './bridge-fields.ts';
import { readCapabilities } from './read-capabilities.ts';
import { strategyExample, strategyFields } from './spec-fields.ts';

const DOCS = 'https://www.onepeloton.com/';

const SETUP_STEPS = [
  'Let the member send workouts to Strava, Apple Health or another service in the Peloton app.',
  'Set up a bridge or an aggregator that reads that service with consent of the member.',
  'Name its host here and store the token with which it is read.',
];

/**
 * Peloton: there is no official API and no portal for developers. Peloton sends workouts to Strava, Apple Health, Garmin
 * Connect and others on the member's wish, where they may be read; this integration reads the bridge or aggregator that
 * they then go through. Every other way known imitates the members' own sign-in and sends their password: that can break
 * at any time and is at the member's and the operator's risk. Its addresses are left out here, it is off unless the
 * config permits it twice, and a host never runs it for tenants.
 */
export const pelotonIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.peloton',
    version: '1.0.0',
    title: 'Peloton',
    description: 'Workouts of Peloton members, by a bridge or aggregator.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'peloton', 'workouts', 'unofficial'],
  },
  supportedModes: ['byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['bridgeHost'],
      properties: { ...strategyFields('aggregator-api'), ...bridgeField() },
    },
    example: { ...strategyExample('aggregator-api'), bridgeHost: 'bridge.example.com' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['accessToken'],
      properties: { ...bridgeSecretFields(), ...memberLoginFields('Peloton') },
    },
    example: { accessToken: 'bridge-access-token' },
  },
  transports: [{ type: 'rest', baseUrl: 'https://{bridgeHost}', defaultHeaders: { accept: 'application/json' } }],
  preferredTransport: 'rest',
  supportedAuthMethods: [{ type: 'bearer', tokenField: 'accessToken' }],
  healthCheck: { method: 'custom', timeoutMs: 10_000 },
  // The vendor has no documentation for developers; this is its home page.
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Peloton has no API. Let the member send workouts to Strava, Apple Health or Garmin Connect, and read them there or through an aggregator such as https://openwearables.io/docs. Unofficial connectors are at the risk of whoever uses them.',
    requiredScopes: [],
    keyRotationSupported: false,
    provisioningSteps: SETUP_STEPS,
  },
  credentialManifest: bridgeManifest({ modes: ['byok'], docsUrl: DOCS, setupSteps: SETUP_STEPS }),
  sources: [
    {
      url: 'https://github.com/philosowaffle/peloton-to-garmin',
      checkedOn: '2026-11-23',
      facts: "That clients imitate the members' sign-in against private addresses, at ecc0206e.",
    },
    {
      url: 'https://github.com/the-momentum/open-wearables',
      checkedOn: '2026-11-23',
      facts: 'The way through Apple Health, from its documentation at 44a268be.',
    },
  ],
});

/** Adds the Peloton spec to a registry, which is returned for chaining. */
export function registerPelotonIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(pelotonIntegrationSpec);
}

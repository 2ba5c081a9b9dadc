import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';
import { bridgeField, bridgeManifest, bridgeSecretFields, memberLoginFields } from './bridge-fields.ts';
import { readCapabilities } from './read-capabilities.ts';
import { strategyExample, strategyFields } from './spec-fields.ts';

const DOCS = 'https://www.eightsleep.com/';

const SETUP_STEPS = [
  'Let the member share sleep with Apple Health in the Eight Sleep app.',
  'Set up a bridge or an aggregator that reads Apple Health on the device of the member.',
  'Name its host here and store the token with which it is read.',
];

/**
 * Eight Sleep: there is no official API and no programme for developers. Eight Sleep writes sleep data to Apple Health,
 * where it may be read with the member's permission; this integration reads the bridge or aggregator that it then goes
 * through. Every other way known signs in as the member, with credentials taken from the vendor's own app: that breaks
 * the vendor's terms, can lock the member out, and is at the member's and the operator's risk. Its addresses are left
 * out here, it is off unless the config permits it twice, and a host never runs it for tenants.
 */
export const eightSleepIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.eightsleep',
    version: '1.0.0',
    title: 'Eight Sleep',
    description: 'Sleep and biometrics of Eight Sleep members, by a bridge or aggregator.',
    category: 'health',
    domain: 'health',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'eightsleep', 'sleep', 'unofficial'],
  },
  supportedModes: ['byok'],
  capabilities: { provides: readCapabilities('sleep', 'biometrics') },
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
      properties: { ...bridgeSecretFields(), ...memberLoginFields('Eight Sleep') },
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
      'Eight Sleep has no API. Let the member share sleep with Apple Health (https://developer.apple.com/documentation/healthkit) and read it through a bridge or aggregator. Unofficial connectors are at the risk of whoever uses them.',
    requiredScopes: [],
    keyRotationSupported: false,
    provisioningSteps: SETUP_STEPS,
  },
  credentialManifest: bridgeManifest({ modes: ['byok'], docsUrl: DOCS, setupSteps: SETUP_STEPS }),
  sources: [
    {
      url: 'https://github.com/lukas-clarke/eight_sleep',
      checkedOn: '2026-11-23',
      facts: 'That clients sign in as the member against private addresses, at b8b066ed.',
    },
    {
      url: 'https://github.com/the-momentum/open-wearables',
      checkedOn: '2026-11-23',
      facts: 'The way through Apple Health, from its documentation at 44a268be.',
    },
  ],
});

/** Adds the Eight Sleep spec to a registry, which is returned for chaining. */
export function registerEightSleepIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(eightSleepIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';
import { readCapabilities } from './read-capabilities.ts';
import { keptFields, strategyExample, strategyFields } from './spec-fields.ts';

const DOCS = 'https://docs.openwearables.io/api-reference/introduction';

const BYOK_STEPS = [
  'Run an instance, for example with docker compose, and sign in to its portal.',
  'Enter the client credentials of the upstream vendors in the environment of the instance.',
  'Create an API key in the settings of the portal and copy it into the secret.',
  'Create a user and open the authorize address of a vendor for that user.',
  'If deliveries are wanted, enable outgoing webhooks, register an endpoint and copy its secret.',
];

const HOST = { key: 'host', required: true, description: 'Host of the instance.' };

/**
 * Open Wearables: an aggregator that everybody runs themselves, over Garmin, WHOOP, Oura, Strava, Fitbit, Polar, Suunto,
 * Apple Health and others; nutrition is not among what it serves. There is no common host. One key reads every user of
 * its instance. `is_daily_total` tells totals from samples, which are never added. Its MCP server is a local program.
 */
export const openWearablesIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'health.openwearables',
    version: '1.0.0',
    title: 'Open Wearables',
    description: 'Data of many wearables through a self-hosted aggregator.',
    category: 'health',
    domain: 'health',
    stability: 'beta',
    owners: ['platform.integrations'],
    tags: ['health', 'wearables', 'openwearables', 'aggregator', 'mcp'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: readCapabilities('activities', 'workouts', 'sleep', 'biometrics', 'webhooks') },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['host'],
      properties: {
        ...strategyFields('aggregator-api'),
        host: {
          type: 'string',
          format: 'hostname',
          description: 'Host of the instance, without scheme and path; reached by https.',
        },
        userId: {
          type: 'string',
          format: 'uuid',
          description: 'User of the instance whose data the connection reads.',
        },
        provider: {
          type: 'string',
          enum: [
            'apple',
            'fitbit',
            'garmin',
            'google',
            'oura',
            'polar',
            'samsung',
            'sensorbio',
            'strava',
            'suunto',
            'ultrahuman',
            'whoop',
          ],
          description: 'Upstream vendor to connect the user to.',
        },
      },
    },
    example: { ...strategyExample('aggregator-api'), host: 'wearables.example.com' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^sk-[0-9a-f]{32}$',
          description: 'API key of the instance, for all of its users.',
        },
        accessToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: "Token of a developer's session, to manage keys and webhooks. Not needed to read data.",
        },
        webhookSecret: {
          type: 'string',
          pattern: '^whsec_',
          description: 'Signing secret of the webhook endpoint.',
        },
        ...keptFields('without-api-key'),
        ...legacyOAuth(),
      },
    },
    example: {
      apiKey: 'sk-00000000000000000000000000000000',
      accessToken: 'developer-session-token',
      webhookSecret: 'whsec_bWFkZXVw',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://{host}',
      defaultHeaders: { accept: 'application/json' },
      errors: { message: [{ pointer: '/detail' }] },
      pagination: {
        style: 'cursor',
        items: '/data',
        param: 'cursor',
        cursor: { pointer: '/pagination/next_cursor' },
        hasMore: '/pagination/has_more',
        sizeParam: 'limit',
        maxSize: 100,
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'svix-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'X-Open-Wearables-API-Key', prefix: '', secretField: 'apiKey' },
    { type: 'bearer', tokenField: 'accessToken' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'svix-signature',
      timestampHeader: 'svix-timestamp',
      toleranceMs: 300_000,
      secretField: 'webhookSecret',
    },
  ],
  versionPolicy: {
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'list',
    timeoutMs: 10_000,
    request: {
      path: '/api/{apiVersion}/users?limit=1',
      expect: { status: 200, body: [{ pointer: '/items' }, { pointer: '/total' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      'Run an instance of your own (https://openwearables.io/docs), create an API key in its portal, and name its host. Replacing a key ends the old one at once.',
    requiredScopes: [],
    keyRotationSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: [{ ...HOST }, { key: 'userId', description: 'User of the instance.' }],
        secretFields: [
          {
            key: 'apiKey',
            required: true,
            description: "API key of the host's instance; tenants are never asked for it.",
            envVar: 'OPEN_WEARABLES_API_KEY',
          },
          { key: 'accessToken', description: "Token of a developer's session." },
          { key: 'webhookSecret', description: 'Signing secret of the webhook endpoint.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Run an instance, create an API key in its portal and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: [{ ...HOST }, { key: 'userId', description: 'User of the instance.' }],
        secretFields: [
          { key: 'apiKey', required: true, description: "API key of the tenant's instance." },
          { key: 'accessToken', description: "Token of a developer's session." },
          { key: 'webhookSecret', description: 'Signing secret of the webhook endpoint.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [...BYOK_STEPS],
        docsUrl: DOCS,
      },
    },
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: {
          header: 'svix-signature',
          encoding: 'base64',
          items: { separator: ' ', assign: ',', name: 'v1' },
        },
        signed: '{header:svix-id}.{timestamp}.{body}',
        key: { secretField: 'webhookSecret', encoding: 'base64', prefix: 'whsec_' },
        timestamp: { from: { header: 'svix-timestamp' }, unit: 'seconds', toleranceMs: 300_000 },
      },
      eventId: [{ header: 'svix-id' }],
      eventType: [{ pointer: '/type' }],
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  sources: [
    { url: DOCS, checkedOn: '2026-11-25', facts: 'Header of the key, paths, pages, errors.' },
    {
      url: 'https://github.com/the-momentum/open-wearables',
      checkedOn: '2026-11-23',
      facts: 'Form and replacement of keys, webhooks, MCP server, at 44a268be.',
    },
  ],
});

/** Names that secrets of earlier connections may hold; an instance keeps the grants of upstream vendors itself. */
function legacyOAuth() {
  const field = (what: string) =>
    ({
      type: 'string',
      description: `${what} of an adapter that brings its own; this spec does not read it.`,
    }) as const;
  return {
    refreshToken: field('Refresh token'),
    tokenExpiresAt: field('End of the access token'),
    clientId: field('OAuth client id'),
    clientSecret: field('OAuth client secret'),
  } as const;
}

/** Adds the Open Wearables spec to a registry, which is returned for chaining. */
export function registerOpenWearablesIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(openWearablesIntegrationSpec);
}

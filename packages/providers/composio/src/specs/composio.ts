import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.composio.dev';
const CONSOLE = 'https://dashboard.composio.dev';

const BYOK_STEPS = [
  `Sign in at ${CONSOLE}, choose the organisation and create or choose a project.`,
  'Open the project settings, create an API key, and restrict its permissions if only sessions are used.',
  'For production create an auth config for each toolkit with OAuth client credentials of your own, so that the consent page shows your brand.',
  'If triggers are used, create a webhook subscription and keep its secret: it is shown this once.',
  'Paste key and secret here and run the connection check. The key is known to the SDK as COMPOSIO_API_KEY.',
];

const CONFIG_FIELDS = [
  { key: 'toolkits', description: 'Toolkits that may be used. Empty: all.' },
  { key: 'toolkitVersions', description: 'Pinned version of each toolkit.' },
  { key: 'authConfigIds', description: 'Auth config of each toolkit.' },
];

/**
 * Composio: tools of many services behind one key, run for end users. The key acts for every end user of its project, so a user id is
 * no wall at the vendor and must never come from a client. A run may answer 200 with `successful: false`. Whether a run can be repeated
 * under a key is not documented: the official client repeats by itself, so turn that off for tools with effects. Webhook secrets are
 * used as text, not decoded, unlike Standard Webhooks.
 */
export const composioIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'fallback.composio',
    version: '1.0.0',
    title: 'Composio Universal Fallback',
    description: 'Tools of many third-party services, for integrations that have no adapter of their own.',
    category: 'custom',
    domain: 'platform',
    stability: 'beta',
    owners: ['platform.integrations'],
    tags: ['composio', 'fallback', 'mcp', 'universal'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'integration.fallback', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        baseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^?#]+$',
          default: 'https://backend.composio.dev',
          description: 'API host in place of the public one, for a proxy of your own.',
        },
        preferredTransport: {
          type: 'string',
          enum: ['mcp', 'sdk'],
          description: 'Which way an adapter takes.',
        },
        toolkits: {
          type: 'array',
          uniqueItems: true,
          items: { type: 'string', pattern: '^[a-z0-9_-]+$' },
          description: 'Slugs of toolkits that may be used. Empty or absent: all.',
        },
        toolkitVersions: {
          type: 'object',
          additionalProperties: { type: 'string', pattern: '^(?:\\d{8}_\\d{2}|latest)$' },
          description: 'Version of each toolkit by slug, such as 20250902_00. Direct runs refuse latest.',
        },
        authConfigIds: {
          type: 'object',
          additionalProperties: { type: 'string', pattern: '^ac_[A-Za-z0-9_-]+$' },
          description: 'Auth config of each toolkit by slug.',
        },
        organizationId: {
          type: 'string',
          minLength: 1,
          description: 'Organisation, beside a user or organisation key.',
        },
        webhookVersion: {
          type: 'string',
          enum: ['V1', 'V2', 'V3'],
          default: 'V3',
          description: 'Form of the payloads of the webhook subscription.',
        },
      },
    },
    example: { toolkits: ['github', 'slack'], toolkitVersions: { slack: '20250902_00' } },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[!-~]{16,}$',
          description: 'API key of a project. Opaque. It acts for every end user of the project.',
        },
        userApiKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Key of a user, only for calls about the account.',
        },
        orgApiKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Key of the organisation, only to make projects and to regenerate their keys.',
        },
        webhookSecret: {
          type: 'string',
          minLength: 1,
          description: 'Signing secret of the webhook subscription, as it is.',
        },
      },
    },
    example: { apiKey: 'composio-api-key-placeholder', webhookSecret: 'webhook-secret-placeholder' },
  },
  transports: [
    {
      type: 'mcp',
      transport: 'http',
      // That of the consumer product. For end users of a host the address comes with each session.
      url: 'https://connect.composio.dev/mcp',
      toolPrefix: 'composio',
    },
    { type: 'sdk', packageName: '@composio/core', minVersion: '0.21.0', runtime: 'universal' },
    {
      type: 'rest',
      baseUrl: 'https://backend.composio.dev/api/{apiVersion}',
      defaultHeaders: { 'content-type': 'application/json' },
      rateLimits: [{ name: 'requests', limit: 'X-RateLimit', remaining: 'X-RateLimit-Remaining' }],
      retryAfter: [{ header: 'Retry-After', format: 'delta-seconds' }],
      errors: {
        // A run that failed behind the gateway.
        failures: [{ status: 200, body: [{ pointer: '/successful', equals: false }] }],
        code: [{ pointer: '/error/slug' }, { pointer: '/error/code' }],
        message: [{ pointer: '/error/message' }, { pointer: '/message' }, { pointer: '/error' }],
        requestId: [{ pointer: '/error/request_id' }],
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 410 }, means: 'not_found' },
          { when: { status: 422 }, means: 'invalid_request' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/items',
        param: 'cursor',
        cursor: { pointer: '/next_cursor' },
        sizeParam: 'limit',
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'webhook-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
  ],
  preferredTransport: 'mcp',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'x-api-key', prefix: '', secretField: 'apiKey' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'webhook-signature',
      timestampHeader: 'webhook-timestamp',
      toleranceMs: 300_000,
      secretField: 'webhookSecret',
    },
  ],
  versionPolicy: {
    currentVersion: 'v3.1',
    supportedVersions: [
      { version: 'v3.1', status: 'stable' },
      { version: 'v3', status: 'stable' },
      { version: 'v2', status: 'deprecated' },
      { version: 'v1', status: 'deprecated' },
    ],
    versionInPath: true,
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: {
          header: 'webhook-signature',
          items: { separator: ' ', assign: ',', name: 'v1' },
          encoding: 'base64',
        },
        signed: '{header:webhook-id}.{timestamp}.{body}',
        // The text of the secret is the key, whatever it looks like.
        key: { secretField: 'webhookSecret', encoding: 'utf-8' },
        timestamp: { from: { header: 'webhook-timestamp' }, unit: 'seconds', toleranceMs: 300_000 },
      },
      eventId: [{ header: 'webhook-id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'iso' },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'ping',
    timeoutMs: 5000,
    request: {
      path: '/auth/session/info',
      expect: { status: 200 },
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        { when: { status: 403 }, means: 'missing_scope' },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create an API key of a project at ${CONSOLE}. With an organisation key it can be regenerated through the API; no overlap of old and new is documented.`,
    requiredScopes: [],
    validationEndpoint: 'https://backend.composio.dev/api/v3.1/auth/session/info',
    keyRotationSupported: true,
    quotaTrackingSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS,
        secretFields: [
          {
            key: 'apiKey',
            required: true,
            description: "Key of the host's own project; tenants are never asked for it.",
            envVar: 'COMPOSIO_API_KEY',
          },
          {
            key: 'webhookSecret',
            description: 'Secret of the webhook subscription.',
            envVar: 'COMPOSIO_WEBHOOK_SECRET',
          },
          { key: 'userApiKey', description: 'Key of a user.', envVar: 'COMPOSIO_USER_API_KEY' },
          { key: 'orgApiKey', description: 'Key of the organisation, for rotation.', envVar: 'COMPOSIO_ORG_API_KEY' },
        ],
        envAliases: [{ logicalKey: 'baseUrl', envVar: 'COMPOSIO_BASE_URL' }],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Create a project of the host for each environment and store its key in a secret backend of the host.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: "API key of the tenant's project." },
          { key: 'webhookSecret', description: 'Secret of the webhook subscription; needed for triggers.' },
          { key: 'userApiKey', description: 'Key of a user.' },
          { key: 'orgApiKey', description: 'Key of the organisation, for rotation.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://www.npmjs.com/package/@composio/core',
      checkedOn: '2026-11-23',
      facts: 'Header and environment names, verification of webhooks, forms of payloads and results (version 0.21.0).',
    },
    {
      url: 'https://www.npmjs.com/package/@composio/client',
      checkedOn: '2026-11-23',
      facts: 'Paths, paging, what the client repeats (version 2.0.0-rc.6).',
    },
    {
      url: 'https://docs.composio.dev/reference/rate-limits',
      checkedOn: '2026-11-23',
      facts: 'Header names of limits; the limits depend on the plan, and two pages of the vendor disagree on them.',
    },
    { url: 'https://docs.composio.dev/reference/errors', checkedOn: '2026-11-23', facts: 'Form of errors.' },
    {
      url: 'https://docs.composio.dev/docs/webhook-verification',
      checkedOn: '2026-11-23',
      facts: 'Signature of webhooks.',
    },
    { url: 'https://docs.composio.dev/docs/sessions-via-mcp', checkedOn: '2026-11-23', facts: 'MCP and its key.' },
  ],
});

/** Adds the Composio spec to a registry, which is returned for chaining. */
export function registerComposioIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(composioIntegrationSpec);
}

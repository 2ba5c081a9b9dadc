import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://platform.claude.com/docs/en/api/overview';
const CONSOLE = 'https://platform.claude.com/settings/keys';

const BYOK_STEPS = [
  'Sign in to the Claude console and choose the workspace that should pay.',
  "Create an API key in that workspace and, if wanted, set the workspace's spend limit.",
  'Copy the key at once: it is shown a single time.',
  'Paste it here and run the connection check.',
];

const CONFIG_FIELDS = [{ key: 'model', description: 'Model for calls that name none.' }];

const OPTIONAL_SECRETS = [
  { key: 'webhookSecret', description: 'Signing secret of the webhook endpoint, only for webhooks.' },
];

/**
 * Anthropic Claude through the Messages API, which has no embeddings. Limits depend on tier, workspace and class of model and
 * are left out. Every request names a version of the API: send the one that its shape was written for; a request without it is
 * refused with status 400. A generation that is sent again is billed again: there is no idempotency header.
 */
export const anthropicIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-llm.anthropic',
    version: '1.0.0',
    title: 'Anthropic Claude',
    description: 'Claude text and vision models through the Messages API, with server-sent-event streaming.',
    category: 'ai-llm',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['ai', 'llm', 'anthropic'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.chat', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: { type: 'string', pattern: '^[!-~]+$', description: 'Model for calls that name none.' },
        betas: {
          type: 'array',
          uniqueItems: true,
          items: { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]*$' },
          description: 'Names of beta features, sent as anthropic-beta and joined by commas.',
        },
      },
    },
    example: { model: 'claude-sonnet-5-5' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: { type: 'string', pattern: '^sk-ant-[!-~]+$', description: 'API key of a workspace.' },
        webhookSecret: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Signing secret of the webhook endpoint.',
        },
      },
    },
    example: { apiKey: 'sk-ant-placeholder', webhookSecret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.anthropic.com/v1',
      defaultHeaders: { accept: 'application/json' },
      apiVersionHeader: 'anthropic-version',
      rateLimits: [
        {
          name: 'requests',
          limit: 'anthropic-ratelimit-requests-limit',
          remaining: 'anthropic-ratelimit-requests-remaining',
          reset: 'anthropic-ratelimit-requests-reset',
          resetFormat: 'iso',
        },
        {
          name: 'input-tokens',
          limit: 'anthropic-ratelimit-input-tokens-limit',
          remaining: 'anthropic-ratelimit-input-tokens-remaining',
          reset: 'anthropic-ratelimit-input-tokens-reset',
          resetFormat: 'iso',
        },
        {
          name: 'output-tokens',
          limit: 'anthropic-ratelimit-output-tokens-limit',
          remaining: 'anthropic-ratelimit-output-tokens-remaining',
          reset: 'anthropic-ratelimit-output-tokens-reset',
          resetFormat: 'iso',
        },
        {
          name: 'tokens',
          limit: 'anthropic-ratelimit-tokens-limit',
          remaining: 'anthropic-ratelimit-tokens-remaining',
          reset: 'anthropic-ratelimit-tokens-reset',
          resetFormat: 'iso',
        },
      ],
      errors: {
        code: [{ pointer: '/error/details/error_code' }, { pointer: '/error/type' }],
        message: [{ pointer: '/error/message' }],
        requestId: [{ header: 'request-id' }, { pointer: '/request_id' }],
        rules: [
          // A limit on spending arrives as 429 and does not recover by waiting.
          {
            when: {
              status: 429,
              body: [
                {
                  pointer: '/error/details/error_code',
                  oneOf: ['enforced_spend_limit_reached', 'contract_spend_limit_reached'],
                },
              ],
            },
            means: 'quota_exhausted',
          },
          { when: { status: 402 }, means: 'quota_exhausted' },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 409 }, means: 'conflict', retryable: true },
          { when: { status: 413 }, means: 'invalid_request' },
          { when: { status: 429 }, means: 'throttled' },
          // Overloaded: the vendor's own trouble, no limit of the caller.
          { when: { status: 529 }, means: 'unavailable' },
        ],
      },
      pagination: {
        style: 'last-item',
        items: '/data',
        param: 'after_id',
        id: '/id',
        hasMore: '/has_more',
        sizeParam: 'limit',
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'webhook-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
    { type: 'sdk', packageName: '@anthropic-ai/sdk', minVersion: '1.0.0', runtime: 'universal' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'header', headerName: 'x-api-key', secretField: 'apiKey' },
    { type: 'bearer', tokenField: 'apiKey' },
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
    currentVersion: '2026-10-21',
    supportedVersions: [
      {
        version: '2026-10-21',
        status: 'stable',
        releasedAt: '2026-10-21',
        migrationGuide: 'https://platform.claude.com/docs/en/api/migration-2026-10-21',
      },
      { version: '2023-06-01', status: 'stable' },
    ],
    versionHeader: 'anthropic-version',
  },
  webhooks: [
    {
      // Standard Webhooks, in beta: agent sessions and objects of the organization, never messages or batches.
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: {
          header: 'webhook-signature',
          items: { separator: ' ', assign: ',', name: 'v1' },
          encoding: 'base64',
        },
        signed: '{header:webhook-id}.{timestamp}.{body}',
        key: { secretField: 'webhookSecret', encoding: 'base64', prefix: 'whsec_', prefixOptional: true },
        timestamp: { from: { header: 'webhook-timestamp' }, unit: 'seconds', toleranceMs: 300_000 },
      },
      eventId: [{ header: 'webhook-id' }],
      // The outer type is always `event`.
      eventType: [{ pointer: '/data/type' }],
      occurredAt: { value: { pointer: '/created_at' }, unit: 'iso' },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'list',
    timeoutMs: 5000,
    request: {
      path: '/models?limit=1',
      expect: { status: 200, body: [{ pointer: '/data' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create an API key in the workspace that should pay, at ${CONSOLE}. Keys are replaced by hand there; the admin API can rename and deactivate keys, not make them.`,
    requiredScopes: [],
    validationEndpoint: 'https://api.anthropic.com/v1/models?limit=1',
    keyRotationSupported: false,
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
            description: "The host's own key; tenants are never asked for it.",
            envVar: 'ANTHROPIC_API_KEY',
          },
          ...OPTIONAL_SECRETS,
        ],
        envAliases: [{ logicalKey: 'webhookSecret', envVar: 'ANTHROPIC_WEBHOOK_SIGNING_KEY' }],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: ['Create a key in a workspace of the host and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: 'API key of a workspace of the tenant.' },
          ...OPTIONAL_SECRETS,
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://www.npmjs.com/package/@anthropic-ai/sdk',
      checkedOn: '2026-11-23',
      facts:
        'Host, version that it sends, headers, names of environment variables, errors, what admins can do with keys, how webhooks are verified and their types (version 1.12.0).',
    },
    {
      url: 'https://platform.claude.com/docs/en/api/versioning',
      checkedOn: '2026-11-23',
      facts: 'Version header and versions.',
    },
    {
      url: 'https://platform.claude.com/docs/en/api/migration-2026-10-21',
      checkedOn: '2026-11-23',
      facts: 'What the current version refuses.',
    },
    {
      url: 'https://github.com/api-evangelist/anthropic',
      checkedOn: '2026-08-22',
      facts: 'Names of the rate-limit headers, list of errors (secondary).',
    },
  ],
});

/** Adds the Anthropic spec to a registry, which is returned for chaining. */
export function registerAnthropicIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(anthropicIntegrationSpec);
}

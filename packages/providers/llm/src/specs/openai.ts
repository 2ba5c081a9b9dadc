import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.openai.com/api/docs';
const CONSOLE = 'https://platform.openai.com/api-keys';

const BYOK_STEPS = [
  'Open the OpenAI platform and choose or create a project with a budget of its own.',
  'Create a service account, or a restricted key with model read and write on responses, chat and embeddings.',
  'Copy the key at once: it is shown a single time.',
  'Paste it here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'model', description: 'Chat model for calls that name none.' },
  { key: 'embeddingModel', description: 'Embedding model for calls that name none.' },
  { key: 'baseUrl', description: 'Host that answers.' },
];

const OPTIONAL_SECRETS = [
  { key: 'adminApiKey', description: 'Admin key, only to replace keys of service accounts.' },
  { key: 'webhookSecret', description: 'Signing secret of the webhook endpoint, only for webhooks.' },
];

/**
 * OpenAI: chat completions, responses and embeddings; pictures and realtime voice have specs of their own. Limits depend on
 * the usage tier of the project and are left out. A generation that is sent again is billed again: there is no idempotency
 * header.
 */
export const openaiIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-llm.openai',
    version: '1.0.0',
    title: 'OpenAI',
    description: 'Text models and embeddings by OpenAI, with server-sent-event streaming.',
    category: 'ai-llm',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['ai', 'llm', 'embeddings', 'openai'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'ai.chat', version: '1.0.0' },
      { key: 'ai.embeddings', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Chat model for calls that name none. What a project may call is in its list of models.',
        },
        embeddingModel: {
          type: 'string',
          pattern: '^[!-~]+$',
          default: 'text-embedding-3-small',
          description: 'Embedding model for calls that name none.',
        },
        embeddingDimensions: {
          type: 'integer',
          minimum: 1,
          maximum: 3072,
          description: 'Length of the vectors. Only models of the third generation let it be chosen.',
        },
        organizationId: {
          type: 'string',
          pattern: '^org-[A-Za-z0-9]+$',
          description: 'Sent as OpenAI-Organization. Only for keys of a user with several organizations.',
        },
        projectId: {
          type: 'string',
          pattern: '^proj_[A-Za-z0-9]+$',
          description: 'Sent as OpenAI-Project. Only with legacy keys of users.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          enum: [
            'https://api.openai.com',
            'https://us.api.openai.com',
            'https://eu.api.openai.com',
            'https://ae.api.openai.com',
            'https://au.api.openai.com',
            'https://in.api.openai.com',
            'https://jp.api.openai.com',
          ],
          default: 'https://api.openai.com',
          description:
            'Host that answers. A host of a region takes only projects that are enabled for data residency there.',
        },
      },
    },
    example: { model: 'gpt-5.6-luna', embeddingModel: 'text-embedding-3-small' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^sk-[!-~]{20,}$',
          description: 'Key of a project or of a service account: sk-, sk-proj- or sk-svcacct-.',
        },
        adminApiKey: {
          type: 'string',
          pattern: '^sk-admin-[!-~]+$',
          description:
            'Admin key of the organization. Only to replace keys and to read usage; it works at /organization alone.',
        },
        webhookSecret: {
          type: 'string',
          pattern: '^whsec_[A-Za-z0-9+/=_-]+$',
          description: 'Signing secret of the webhook endpoint.',
        },
      },
    },
    example: {
      apiKey: 'sk-proj-placeholder-placeholder',
      webhookSecret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.openai.com/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      rateLimits: [
        {
          name: 'requests',
          limit: 'x-ratelimit-limit-requests',
          remaining: 'x-ratelimit-remaining-requests',
          reset: 'x-ratelimit-reset-requests',
          resetFormat: 'duration',
        },
        {
          name: 'tokens',
          limit: 'x-ratelimit-limit-tokens',
          remaining: 'x-ratelimit-remaining-tokens',
          reset: 'x-ratelimit-reset-tokens',
          resetFormat: 'duration',
        },
      ],
      retryAfter: [{ header: 'retry-after-ms', format: 'delta-ms' }],
      errors: {
        // `code` may be null; then `type` says what is wrong.
        code: [{ pointer: '/error/code' }, { pointer: '/error/type' }],
        message: [{ pointer: '/error/message' }],
        requestId: [{ header: 'x-request-id' }],
        rules: [
          // Arrives as 429 and does not recover by waiting.
          {
            when: {
              status: 429,
              body: [{ pointer: '/error/code', oneOf: ['insufficient_quota', 'billing_hard_limit_reached'] }],
            },
            means: 'quota_exhausted',
          },
          {
            when: { body: [{ pointer: '/error/code', equals: 'billing_hard_limit_reached' }] },
            means: 'quota_exhausted',
          },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 409 }, means: 'conflict', retryable: true },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      // The list of models comes in one piece.
      pagination: {
        style: 'last-item',
        items: '/data',
        param: 'after',
        id: '/id',
        hasMore: '/has_more',
        sizeParam: 'limit',
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'webhook-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
    { type: 'sdk', packageName: 'openai', minVersion: '7.0.0', runtime: 'universal' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'Authorization', prefix: 'Bearer ', secretField: 'apiKey' },
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
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  webhooks: [
    {
      // Standard Webhooks. Bodies are thin: `data` holds an id that must be fetched.
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: {
          header: 'webhook-signature',
          items: { separator: ' ', assign: ',', name: 'v1' },
          encoding: 'base64',
        },
        signed: '{header:webhook-id}.{timestamp}.{body}',
        key: { secretField: 'webhookSecret', encoding: 'base64', prefix: 'whsec_' },
        timestamp: { from: { header: 'webhook-timestamp' }, unit: 'seconds', toleranceMs: 300_000 },
      },
      eventId: [{ header: 'webhook-id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/created_at' }, unit: 'seconds' },
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'list',
    timeoutMs: 5000,
    request: {
      path: '/models',
      expect: { status: 200, body: [{ pointer: '/object', equals: 'list' }, { pointer: '/data/0/id' }] },
      // A restricted key without model read is refused here though it may chat.
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        { when: { status: 403 }, means: 'missing_scope' },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a key in a project with a budget of its own, at ${CONSOLE}. Keys of service accounts can be replaced through the API with an admin key; keys of people can only be listed and deleted there.`,
    requiredScopes: ['api.model.read'],
    validationEndpoint: 'https://api.openai.com/v1/models',
    keyRotationSupported: true,
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
            envVar: 'OPENAI_API_KEY',
          },
          ...OPTIONAL_SECRETS,
        ],
        envAliases: [
          { logicalKey: 'organizationId', envVar: 'OPENAI_ORG_ID' },
          { logicalKey: 'projectId', envVar: 'OPENAI_PROJECT_ID' },
          { logicalKey: 'adminApiKey', envVar: 'OPENAI_ADMIN_KEY' },
          { logicalKey: 'webhookSecret', envVar: 'OPENAI_WEBHOOK_SECRET' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Create a service account in a project of the host and store its key in a secret backend of the host.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: 'Key of a project of the tenant.' },
          ...OPTIONAL_SECRETS,
        ],
        validationStrategy: 'byok-lifecycle',
        rotation: { supported: true },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://www.npmjs.com/package/openai',
      checkedOn: '2026-11-23',
      facts:
        'Hosts, headers, names of environment variables, waits, replacement of keys, how webhooks are verified and when they happened (version 7.57.0).',
    },
    {
      url: 'https://github.com/openai/openai-openapi',
      checkedOn: '2026-08-21',
      facts: 'Paths, paging, error object.',
    },
    { url: 'https://developers.openai.com/docs/guides/error-codes', checkedOn: '2026-11-23', facts: 'Error codes.' },
  ],
});

/** Adds the OpenAI spec to a registry, which is returned for chaining. */
export function registerOpenaiIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(openaiIntegrationSpec);
}

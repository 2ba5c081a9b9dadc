import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://github.com/mistralai/platform-docs-public';
const MODEL_ID = '^[a-z0-9][a-z0-9.-]*$';

const BYOK_STEPS = [
  'Sign in to the Mistral console and pick the workspace that should pay.',
  'Open the API keys page of that workspace and create a key; give it a name and, if the policy asks for it, an expiry.',
  'Keep the connector scope at shared connectors only.',
  'Copy the key at once: it is shown a single time.',
  'Paste it here and run the connection check; a new key can take a few minutes to work.',
];

/**
 * Mistral AI: chat completions and embeddings. Rate limits are left out: they depend on the plan and the model, and the
 * vendor states none in general.
 */
export const mistralIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-llm.mistral',
    version: '1.0.0',
    title: 'Mistral Large Language Model',
    description: 'Chat completions and embeddings by Mistral AI, with server-sent-event streaming.',
    category: 'ai-llm',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['ai', 'llm', 'embeddings'],
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
          pattern: MODEL_ID,
          description:
            'Chat model for calls that name none. Ids that end in -latest or a bare major number move to newer models without notice.',
        },
        embeddingModel: {
          type: 'string',
          pattern: MODEL_ID,
          description: 'Embedding model for calls that name none.',
        },
        embeddingDimensions: {
          type: 'integer',
          minimum: 1,
          maximum: 3072,
          description:
            'Length of the vectors. Only codestral-embed lets it be chosen (default 1536); mistral-embed gives 1024.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          enum: ['https://api.mistral.ai', 'https://api.eu.mistral.ai', 'https://api.us.mistral.ai'],
          default: 'https://api.mistral.ai',
          description:
            'Host that answers. The regional hosts keep inference in their region, cost more, and have fewer models and no batches, files or agents.',
        },
      },
    },
    example: { model: 'mistral-large-latest', embeddingModel: 'mistral-embed' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          // Mistral documents no form for its keys; this is what a header can carry.
          pattern: '^[!-~]+$',
          description: 'API key of a workspace. Opaque: it has no fixed prefix or length.',
        },
      },
    },
    example: { apiKey: 'mistral-api-key-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.mistral.ai/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      // As observed in answers; the vendor documents other names. No header says when they reset.
      rateLimits: [
        { name: 'requests', limit: 'x-ratelimit-limit-req-minute', remaining: 'x-ratelimit-remaining-req-minute' },
        { name: 'tokens', limit: 'x-ratelimit-limit-tokens-minute', remaining: 'x-ratelimit-remaining-tokens-minute' },
      ],
      errors: {
        // The error is not nested. A refused key has `detail` alone, a refused request a list there.
        code: [{ pointer: '/code' }, { pointer: '/type' }],
        message: [{ pointer: '/message' }, { pointer: '/detail/0/msg' }, { pointer: '/detail' }],
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      // Files, batches and libraries; the list of models comes in one piece.
      pagination: { style: 'page', items: '/data', param: 'page', first: 0, sizeParam: 'page_size' },
    },
    { type: 'sdk', packageName: '@mistralai/mistralai' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'Authorization', prefix: 'Bearer ', secretField: 'apiKey' },
    { type: 'bearer', tokenField: 'apiKey' },
  ],
  versionPolicy: {
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'list',
    timeoutMs: 5000,
    request: {
      path: '/models',
      expect: { status: 200, body: [{ pointer: '/data' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: 'https://docs.mistral.ai/api',
  byokSetup: {
    setupInstructions:
      'Create an API key in the workspace that should pay, at https://console.mistral.ai/api-keys. Keys can be replaced through the API with an Admin API key (beta), else by hand in the console.',
    requiredScopes: [],
    validationEndpoint: 'https://api.mistral.ai/v1/models',
    keyRotationSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        secretFields: [
          {
            key: 'apiKey',
            required: true,
            description: "The host's own key; tenants are never asked for it.",
            envVar: 'MISTRAL_API_KEY',
          },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Create a key in the workspace of the host and store it in a secret backend of the host.'],
        docsUrl: 'https://docs.mistral.ai/api',
      },
      byok: {
        mode: 'byok',
        configFields: [
          { key: 'model', description: 'Chat model for calls that name none.' },
          { key: 'embeddingModel', description: 'Embedding model for calls that name none.' },
          { key: 'baseUrl', description: 'Host that answers.' },
        ],
        secretFields: [{ key: 'apiKey', required: true, description: 'API key of a workspace of the tenant.' }],
        validationStrategy: 'byok-lifecycle',
        rotation: { supported: true },
        setupSteps: BYOK_STEPS,
        docsUrl: 'https://docs.mistral.ai/api',
      },
    },
  },
  sources: [
    {
      url: DOCS,
      checkedOn: '2026-08-21',
      facts:
        'Hosts, endpoints, authentication, errors, regional limits, admin keys and their replacement, key creation.',
    },
    {
      url: 'https://www.npmjs.com/package/@mistralai/mistralai',
      checkedOn: '2026-11-23',
      facts:
        'Official SDK, list of hosts, name of the environment variable, field names, numbering of pages (version 2.7.0).',
    },
    {
      url: 'https://github.com/mistralai/client-ts/issues/169',
      checkedOn: '2026-11-23',
      facts: 'Names of the rate-limit headers, as observed.',
    },
    {
      url: 'https://github.com/nextcloud/integration_openai/issues/332',
      checkedOn: '2026-11-23',
      facts: 'Body of a refused key, as observed.',
    },
    {
      url: 'https://docs.mistral.ai/capabilities/embeddings/text_embeddings',
      checkedOn: '2026-11-23',
      facts: 'Embedding dimensions.',
    },
  ],
});

/** Adds the Mistral spec to a registry, which is returned for chaining. */
export function registerMistralIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(mistralIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://ai.google.dev/gemini-api/docs';
const CONSOLE = 'https://aistudio.google.com/app/apikey';

const BYOK_STEPS = [
  'Open Google AI Studio and choose or import the project that should pay.',
  'Create an API key and restrict it to the Generative Language API.',
  "Turn on billing if the free tier's terms on data do not fit.",
  'Paste the key here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'model', description: 'Model for calls that name none.' },
  { key: 'embeddingModel', description: 'Embedding model for calls that name none.' },
];

/**
 * The Gemini API with an API key; the variant on Google Cloud has other hosts and credentials. Limits depend on the tier of the
 * project and are left out; no header tells what is left. Webhooks are left out: how the signing secret is to be decoded, and
 * where the keys of the other kind are published, is not documented.
 */
export const googleGeminiIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-llm.google-gemini',
    version: '1.0.0',
    title: 'Google Gemini',
    description: 'Gemini text models and embeddings through the Generative Language API.',
    category: 'ai-llm',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['ai', 'llm', 'embeddings', 'google', 'gemini'],
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
          pattern: '^(?!models/)[!-~]+$',
          default: 'gemini-flash-latest',
          description: 'Model for calls that name none, without the models/ before it. Ids that end in -latest move.',
        },
        embeddingModel: {
          type: 'string',
          pattern: '^(?!models/)[!-~]+$',
          default: 'gemini-embedding-2',
          description: 'Embedding model for calls that name none, without the models/ before it.',
        },
        embeddingDimensions: {
          type: 'integer',
          minimum: 128,
          maximum: 3072,
          default: 3072,
          description: 'Length of the vectors.',
        },
      },
    },
    example: { model: 'gemini-3.8-flash', embeddingModel: 'gemini-embedding-2' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[0-9A-Za-z_.-]{20,}$',
          description: 'API key. Older ones begin with AIza, newer ones with AQ. and hold dots.',
        },
      },
    },
    example: { apiKey: 'AQ.placeholder-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://generativelanguage.googleapis.com/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      // Where there is a wait, it is in the body, as `13s`.
      retryAfter: [{ pointer: '/error/details/*/retryDelay', format: 'duration' }],
      errors: {
        code: [{ pointer: '/error/status' }, { pointer: '/error/code' }],
        message: [{ pointer: '/error/message' }],
        rules: [
          // A wrong key is a bad request here.
          {
            when: { status: 400, body: [{ pointer: '/error/details/*/reason', equals: 'API_KEY_INVALID' }] },
            means: 'bad_credential',
          },
          // A country that is not served, or billing that is not turned on.
          {
            when: { status: 400, body: [{ pointer: '/error/status', equals: 'FAILED_PRECONDITION' }] },
            means: 'misconfigured',
          },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      // As the list of models; other lists name their items after themselves.
      pagination: {
        style: 'cursor',
        items: '/models',
        param: 'pageToken',
        cursor: { pointer: '/nextPageToken' },
        sizeParam: 'pageSize',
      },
    },
    { type: 'sdk', packageName: '@google/genai', minVersion: '3.0.0', runtime: 'universal' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [{ type: 'api-key', headerName: 'x-goog-api-key', prefix: '', secretField: 'apiKey' }],
  versionPolicy: {
    // What the official SDK sends unless told otherwise. Interactions and webhooks are under v1beta alone.
    currentVersion: 'v1',
    supportedVersions: [
      { version: 'v1', status: 'stable' },
      { version: 'v1beta', status: 'beta' },
      { version: 'v1alpha', status: 'beta' },
    ],
    versionInPath: true,
  },
  healthCheck: {
    method: 'list',
    timeoutMs: 5000,
    request: {
      path: '/models?pageSize=1',
      expect: { status: 200, body: [{ pointer: '/models' }] },
      rules: [
        {
          when: { status: 400, body: [{ pointer: '/error/details/*/reason', equals: 'API_KEY_INVALID' }] },
          means: 'bad_credential',
        },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create an API key in the project that should pay, at ${CONSOLE}. To replace it, create a second key there, switch over, and delete the first.`,
    requiredScopes: [],
    validationEndpoint: 'https://generativelanguage.googleapis.com/v1/models?pageSize=1',
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
            envVar: 'GEMINI_API_KEY',
          },
        ],
        envAliases: [{ logicalKey: 'apiKey', envVar: 'GOOGLE_API_KEY' }],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: ['Create a key in a project of the host and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [{ key: 'apiKey', required: true, description: 'API key of a project of the tenant.' }],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://www.npmjs.com/package/@google/genai',
      checkedOn: '2026-11-25',
      facts: 'Host, versions, header of the key, names of environment variables, models (version 3.3.0).',
    },
    {
      url: 'https://ai.google.dev/gemini-api/docs/troubleshooting',
      checkedOn: '2026-11-23',
      facts: 'What statuses mean.',
    },
    {
      url: 'https://ai.google.dev/gemini-api/docs/models/gemini-embedding-2',
      checkedOn: '2026-04-22',
      facts: 'Dimensions of the embedding models.',
    },
    {
      url: 'https://ai.google.dev/gemini-api/docs/webhooks',
      checkedOn: '2026-11-23',
      facts: 'Kinds of webhooks; what is not said of their secrets.',
    },
  ],
});

/** Adds the Google Gemini spec to a registry, which is returned for chaining. */
export function registerGoogleGeminiIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(googleGeminiIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.openai.com/api/docs/guides/image-generation';
const CONSOLE = 'https://platform.openai.com/api-keys';

const BYOK_STEPS = [
  `Open ${CONSOLE} and choose the project.`,
  'Verify the organization if image models ask for it.',
  'Create a restricted key with model read and images write, or a service account.',
  'Paste the key here and run the connection check. It does not prove that the organization is verified.',
];

const CONFIG_FIELDS = [
  { key: 'model', description: 'Image model for calls that name none.' },
  { key: 'defaultSize', description: 'Size for calls that name none.' },
  { key: 'defaultQuality', description: 'Quality for calls that name none.' },
  { key: 'baseUrl', description: 'Host.' },
];

/**
 * OpenAI: the GPT image models. Pictures come as base64, never as links; high quality can take minutes, so allow 180 seconds
 * or stream. Nothing stops a second charge: a repeat of a call that timed out is billed twice. Rate limits depend on the
 * usage tier and stand in headers, but for images a minute, which no header tells.
 */
export const openaiImageIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-image.openai',
    version: '1.0.0',
    title: 'OpenAI Image Generation',
    description: 'Image generation and editing with the GPT image models.',
    category: 'ai-image',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['image', 'generation', 'dall-e', 'gpt-image'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.image.generation', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*$',
          default: 'gpt-image-2',
          description: 'Image model. Always sent: the vendor has no default any more.',
        },
        defaultSize: {
          type: 'string',
          pattern: '^(?:auto|[1-9][0-9]*x[1-9][0-9]*)$',
          default: 'auto',
          description:
            'auto, 1024x1024, 1536x1024 or 1024x1536. From gpt-image-2 on any size with sides divisible by 16, a ratio from 1:3 to 3:1 and at most 3840x2160.',
        },
        defaultQuality: {
          type: 'string',
          enum: ['auto', 'low', 'medium', 'high', 'xhigh', 'max'],
          default: 'auto',
          description: 'Quality. xhigh and max exist from the 2.5 models on.',
        },
        outputFormat: {
          type: 'string',
          enum: ['png', 'jpeg', 'webp', 'gif', 'svg'],
          default: 'png',
          description: 'Format. gif and svg are previews with rules of their own.',
        },
        background: {
          type: 'string',
          enum: ['auto', 'transparent', 'opaque'],
          default: 'auto',
          description: 'Transparency, where the model has it.',
        },
        moderation: {
          type: 'string',
          enum: ['auto', 'low'],
          default: 'auto',
          description: 'How much the filter lets through.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          enum: ['https://api.openai.com/v1', 'https://eu.api.openai.com/v1'],
          default: 'https://api.openai.com/v1',
          description:
            'Host for adapters to use; requests made from this spec alone go to the default. Whether a regional host has image models is not documented.',
        },
      },
    },
    example: { model: 'gpt-image-2', defaultSize: '1536x1024', defaultQuality: 'medium', outputFormat: 'webp' },
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
          description: 'Key of a project or a service account.',
        },
      },
    },
    example: { apiKey: 'sk-proj-placeholder-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.openai.com/{apiVersion}',
      rateLimits: [
        {
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
        code: [{ pointer: '/error/code' }, { pointer: '/error/type' }],
        message: [{ pointer: '/error/message' }],
        requestId: [{ header: 'x-request-id' }],
        rules: [
          { when: { body: [{ pointer: '/error/code', equals: 'insufficient_quota' }] }, means: 'quota_exhausted' },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          {
            when: { status: 404, body: [{ pointer: '/error/code', equals: 'model_not_found' }] },
            means: 'misconfigured',
          },
          { when: { status: 429 }, means: 'throttled' },
          { when: { header: { name: 'x-should-retry', equals: 'true' } }, means: 'unavailable', retryable: true },
          {
            when: { status: [408, 409, 500, 502, 503, 504], header: { name: 'x-should-retry', equals: 'false' } },
            means: 'unavailable',
            retryable: false,
          },
        ],
      },
    },
    { type: 'sdk', packageName: 'openai' },
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
    method: 'custom',
    timeoutMs: 5000,
    request: {
      path: '/models/gpt-image-2',
      expect: { status: 200, body: [{ pointer: '/id', equals: 'gpt-image-2' }] },
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        { when: { status: 403 }, means: 'missing_scope' },
        {
          when: { status: 404, body: [{ pointer: '/error/code', equals: 'model_not_found' }] },
          means: 'misconfigured',
        },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a restricted key or a service account at ${CONSOLE}. Keys of service accounts can be replaced through the API with an admin key.`,
    requiredScopes: ['model read', 'images write'],
    validationEndpoint: 'https://api.openai.com/v1/models/gpt-image-2',
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
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Create a service account in the project of the host and store its key in a secret backend of the host.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [{ key: 'apiKey', required: true, description: 'Key of a project of the tenant.' }],
        validationStrategy: 'provider-health',
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
      facts: 'Models and when they retire, parameters, usage, repeats, hosts (version 7.57.0).',
    },
    { url: 'https://github.com/openai/openai-openapi', checkedOn: '2026-08-21', facts: 'Paths, form of errors.' },
    {
      url: 'https://developers.openai.com/docs/guides/error-codes',
      checkedOn: '2026-11-23',
      facts: 'Codes of errors.',
    },
    {
      url: 'https://github.com/api-evangelist/openai',
      checkedOn: '2026-08-07',
      facts: 'Names of the rate limit headers (secondary).',
    },
  ],
});

/** Adds the OpenAI image spec to a registry, which is returned for chaining. */
export function registerOpenaiImageIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(openaiImageIntegrationSpec);
}

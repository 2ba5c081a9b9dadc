import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://fal.ai/models';
const CONSOLE = 'https://fal.ai/dashboard/keys';

const BYOK_STEPS = [
  `Open ${CONSOLE} in the personal or team account that should pay.`,
  'Create a key with the scope API, not ADMIN.',
  'Copy all of it, the colon included: it is shown once.',
  'Make sure that the account has credits: a locked account refuses calls.',
  'Paste it here and run the connection check, which reads a price.',
  'For webhooks read your user id from the header X-Fal-Webhook-User-Id of a first delivery that you asked for, and paste it too.',
];

/**
 * fal: image models behind a queue. Submit to queue.fal.run and use the addresses of status, result and cancel from the
 * answer: they keep only the first two segments of the model's id. A job that failed still shows COMPLETED; the failure
 * comes with its result, and some models answer with a black picture and has_nsfw_concepts. Pictures are files behind public
 * links that last at least seven days. Parameters differ by model; GET https://api.fal.ai/v1/models with the endpoint id and
 * expand=openapi-3.0 tells them. How many jobs may run depends on the account; more wait in the queue.
 */
export const falImageIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-image.fal',
    version: '1.0.0',
    title: 'Fal Image Generation',
    description: 'Flux, Stable Diffusion and other image models on fal.',
    category: 'ai-image',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['image', 'generation', 'flux', 'stable-diffusion'],
  },
  supportedModes: ['byok'],
  capabilities: { provides: [{ key: 'ai.image.generation', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        modelId: {
          type: 'string',
          pattern: '^[a-z0-9-]+/[A-Za-z0-9._/-]+$',
          default: 'fal-ai/flux/dev',
          description: 'Endpoint id of the model. Not all begin with fal-ai.',
        },
        defaultFormat: {
          type: 'string',
          enum: ['png', 'jpg', 'webp'],
          description: 'Format for calls that name none; vendors say jpeg for jpg.',
        },
        defaultGuidanceScale: {
          type: 'number',
          minimum: 1,
          maximum: 20,
          description: 'How closely to follow the prompt, for models that take it.',
        },
        imageSize: {
          type: 'string',
          enum: ['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
          default: 'landscape_4_3',
          description: 'Named size of the flux family, for calls that name none.',
        },
        numImages: { type: 'integer', minimum: 1, default: 1, description: 'Pictures of one job.' },
        enableSafetyChecker: { type: 'boolean', default: true, description: 'Filter of the model.' },
        webhookUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Receiver of deliveries, given with each job as fal_webhook.',
        },
        startTimeoutSeconds: {
          type: 'integer',
          minimum: 2,
          description: 'Give a job up when no runner started it in this time.',
        },
      },
    },
    example: { modelId: 'fal-ai/flux/dev', defaultFormat: 'png', defaultGuidanceScale: 7.5 },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[!-9;-~]+:[!-9;-~]+$',
          description: 'Key with the scope API: key id, colon, secret.',
        },
        webhookUserId: {
          type: 'string',
          pattern: '^[!-~]+$',
          description:
            'Your user id at fal, as deliveries carry it in X-Fal-Webhook-User-Id; needed for webhooks. fal signs for all its customers with the same keys, so that without it any of them could send deliveries.',
        },
      },
    },
    example: {
      apiKey: '00000000-0000-4000-8000-000000000000:00000000000000000000000000000000',
      webhookUserId: 'user-id-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://queue.fal.run',
      defaultHeaders: { accept: 'application/json' },
      errors: {
        code: [{ pointer: '/detail/0/type' }, { pointer: '/error_type' }, { header: 'X-Fal-Error-Type' }],
        message: [{ pointer: '/detail/0/msg' }, { pointer: '/detail' }],
        requestId: [{ header: 'x-fal-request-id' }],
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 402 }, means: 'quota_exhausted' },
          { when: { status: 403 }, means: 'missing_scope' },
          // content_policy_violation, image_too_small, image_too_large and no_media_generated come as 422 too.
          { when: { status: 422 }, means: 'invalid_request' },
          { when: { status: 429 }, means: 'throttled' },
          // The caller's own time limit: another try would end the same way.
          {
            when: { status: 504, header: { name: 'x-fal-request-timeout-type', equals: 'user' } },
            means: 'unavailable',
            retryable: false,
          },
          {
            when: { status: [500, 502, 503, 504], header: { name: 'X-Fal-Retryable', equals: 'false' } },
            means: 'unavailable',
            retryable: false,
          },
          { when: { header: { name: 'X-Fal-Retryable', equals: 'true' } }, means: 'unavailable', retryable: true },
        ],
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'X-Fal-Webhook-Signature', signingAlgorithm: 'ed25519', registrationSupported: true },
    },
    { type: 'sdk', packageName: '@fal-ai/client' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.fal.ai/mcp' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'header', headerName: 'Authorization', valuePrefix: 'Key ', secretField: 'apiKey' },
    // On the MCP server only.
    { type: 'bearer', tokenField: 'apiKey' },
    {
      type: 'webhook-signing',
      algorithm: 'ed25519',
      signatureHeader: 'X-Fal-Webhook-Signature',
      timestampHeader: 'X-Fal-Webhook-Timestamp',
      toleranceMs: 300_000,
    },
  ],
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'ed25519',
        signature: { header: 'X-Fal-Webhook-Signature', encoding: 'hex' },
        signed: '{header:X-Fal-Webhook-Request-Id}\n{header:X-Fal-Webhook-User-Id}\n{timestamp}\n{body:sha256:hex}',
        key: { keySetUrl: 'https://rest.fal.ai/.well-known/jwks.json', format: 'jwks', maxAgeMs: 86_400_000 },
        timestamp: { from: { header: 'X-Fal-Webhook-Timestamp' }, unit: 'seconds', toleranceMs: 300_000 },
        token: { from: { header: 'X-Fal-Webhook-User-Id' }, secretField: 'webhookUserId' },
      },
      eventId: [{ pointer: '/request_id' }],
      eventType: [{ pointer: '/status' }],
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 7000,
    request: {
      path: 'https://api.fal.ai/v1/models/pricing?endpoint_id=fal-ai/flux/schnell',
      expect: { status: 200 },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a key with the scope API at ${CONSOLE}. Keys can be replaced through the platform API with an ADMIN key, else by hand.`,
    requiredScopes: ['API'],
    validationEndpoint: 'https://api.fal.ai/v1/models/pricing?endpoint_id=fal-ai/flux/schnell',
    keyRotationSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: [
          { key: 'modelId', description: 'Endpoint id of the model.' },
          { key: 'webhookUrl', description: 'Receiver of deliveries.' },
        ],
        secretFields: [
          { key: 'apiKey', required: true, description: 'Key of the tenant with the scope API.' },
          { key: 'webhookUserId', description: 'User id of the tenant at fal, for webhooks.' },
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
      url: 'https://www.npmjs.com/package/@fal-ai/client',
      checkedOn: '2026-11-23',
      facts: 'Hosts, the prefix Key, headers, which failures may be repeated (version 1.10.1).',
    },
    {
      url: 'https://docs.fal.ai/model-apis/model-endpoints/webhooks',
      checkedOn: '2026-11-23',
      facts: 'How deliveries are signed.',
    },
    {
      url: 'https://fal.ai/docs/documentation/model-apis/inference/webhooks',
      checkedOn: '2026-11-23',
      facts: 'Body and repetition of deliveries.',
    },
    {
      url: 'https://fal.ai/docs/documentation/model-apis/errors',
      checkedOn: '2026-11-23',
      facts: 'Errors of models, the header X-Fal-Retryable.',
    },
    {
      url: 'https://fal.ai/docs/documentation/model-apis/request-errors',
      checkedOn: '2026-11-23',
      facts: 'Types of platform errors.',
    },
    {
      url: 'https://docs.fal.ai/documentation/model-apis/concurrency-limits',
      checkedOn: '2026-11-23',
      facts: 'Jobs at the same time depend on the account.',
    },
    {
      url: 'https://fal.ai/docs/api-reference/platform-apis/for-keys',
      checkedOn: '2026-11-23',
      facts: 'Keys through the platform API, price request.',
    },
    {
      url: 'https://fal.ai/docs/documentation/model-apis/faq',
      checkedOn: '2026-11-23',
      facts: 'How long pictures are kept, what failures cost.',
    },
    {
      url: 'https://fal.ai/docs/documentation/setting-up/mcp',
      checkedOn: '2026-08-12',
      facts: 'MCP server, where the key is a bearer token.',
    },
  ],
});

/** Adds the fal image spec to a registry, which is returned for chaining. */
export function registerFalImageIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(falImageIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.gradium.ai';
const CONSOLE = 'https://gradium.ai';

const BYOK_STEPS = [
  `Sign in at ${CONSOLE} and open the page of API keys.`,
  'Create a key for this platform and copy it.',
  'Choose a voice from the library, or clone one, and note its id.',
  'Paste both here and run the connection check, which reads the remaining credits.',
];

/**
 * Gradium: speech, transcription and spoken translation over sockets, with one-shot requests beneath /post. `pcm` is 48 kHz
 * on the way out and 24 kHz on the way in. Before a stream has begun a revoked key is answered with status 500 and plain
 * text that names 1008: do not repeat such a request blindly. How many sessions may run depends on the plan.
 */
export const gradiumIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-voice.gradium',
    version: '1.0.0',
    title: 'Gradium Text-to-Speech',
    description: 'Speech synthesis with low latency.',
    category: 'ai-voice-tts',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['voice', 'tts', 'realtime'],
  },
  supportedModes: ['byok'],
  capabilities: { provides: [{ key: 'ai.voice.tts', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        defaultVoiceId: {
          type: 'string',
          pattern: '^[A-Za-z0-9_-]+$',
          description: 'Voice for calls that name none.',
        },
        modelName: {
          type: 'string',
          pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
          default: 'default',
          description: 'Model. `default` moves to newer models, and the one before is phased out within weeks.',
        },
        region: {
          type: 'string',
          enum: ['eu', 'us'],
          description: 'Older hosts that are bound to a region, for adapters to use. Absent: the current host.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^?#]+$',
          default: 'https://api.gradium.ai/api',
          description:
            'Base address for adapters to use, a proxy perhaps; requests made from this spec alone go to the default.',
        },
        timeoutMs: {
          type: 'integer',
          minimum: 1,
          maximum: 300_000,
          description: 'Limit of a request in milliseconds. The vendor ends every session after 300 seconds.',
        },
        outputFormat: {
          type: 'string',
          enum: [
            'wav',
            'pcm',
            'opus',
            'pcm_8000',
            'pcm_16000',
            'pcm_22050',
            'pcm_24000',
            'pcm_44100',
            'pcm_48000',
            'ulaw_8000',
            'mulaw_8000',
            'alaw_8000',
          ],
          default: 'wav',
          description: 'Audio for calls that name no format.',
        },
      },
    },
    example: { region: 'eu', timeoutMs: 15_000, outputFormat: 'wav' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: { type: 'string', pattern: '^[!-~]{16,}$', description: 'API key of a project. Its prefix varies.' },
      },
    },
    example: { apiKey: 'gradium-api-key-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.gradium.ai/api',
      errors: {
        code: [{ pointer: '/code' }],
        message: [{ pointer: '/message' }, { pointer: '/detail/0/msg' }],
        requestId: [{ pointer: '/request_id' }],
        rules: [{ when: { status: 422 }, means: 'invalid_request' }],
      },
      pagination: { style: 'offset', items: '', param: 'skip', sizeParam: 'limit' },
    },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [{ type: 'api-key', headerName: 'x-api-key', prefix: '', secretField: 'apiKey' }],
  healthCheck: {
    method: 'custom',
    timeoutMs: 5000,
    request: {
      path: '/usages/credits',
      expect: { status: 200, body: [{ pointer: '/remaining_credits' }] },
    },
  },
  docsUrl: DOCS,
  constraints: { quotas: { sessionSeconds: 300 } },
  byokSetup: {
    setupInstructions: `Create an API key at ${CONSOLE}; see ${DOCS}. Keys are replaced by hand: make a new one, switch, revoke the old one.`,
    requiredScopes: [],
    validationEndpoint: 'https://api.gradium.ai/api/usages/credits',
    keyRotationSupported: false,
    quotaTrackingSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: [
          { key: 'defaultVoiceId', description: 'Voice for calls that name none.' },
          { key: 'outputFormat', description: 'Audio for calls that name no format.' },
          { key: 'modelName', description: 'Model.' },
        ],
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
      url: 'https://docs.gradium.ai/guides/websocket-lifecycle',
      checkedOn: '2026-11-23',
      facts: 'Messages and endpoints.',
    },
    { url: 'https://docs.gradium.ai/guides/limits', checkedOn: '2026-11-23', facts: 'Length of a session, formats.' },
    { url: 'https://docs.gradium.ai/guides/migration', checkedOn: '2026-11-23', facts: 'Current hosts.' },
    {
      url: 'https://github.com/gradium-ai/gradium-py',
      checkedOn: '2026-07-26',
      facts: 'Header of the key, credits, wire messages.',
    },
    {
      url: 'https://docs.gradium.ai/api-reference/openapi.json',
      checkedOn: '2026-08-22',
      facts: 'Paths, plain-text errors, credits, paging.',
    },
  ],
});

/** Adds the Gradium spec to a registry, which is returned for chaining. */
export function registerGradiumIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(gradiumIntegrationSpec);
}

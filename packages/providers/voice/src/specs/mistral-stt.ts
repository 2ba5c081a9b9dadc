import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.mistral.ai/studio/audio/speech_to_text';
const CONSOLE = 'https://console.mistral.ai/api-keys';

const BYOK_STEPS = [
  `Open ${CONSOLE} and pick the workspace that should pay.`,
  'Create a key and copy it at once: it is shown a single time. The same key serves chat.',
  'Check on the page of limits that the workspace has seconds of audio left.',
  'Paste the key here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'model', description: 'Model for recordings.' },
  { key: 'realtimeModel', description: 'Model for live audio.' },
  { key: 'language', description: 'Language of the audio.' },
  { key: 'baseUrl', description: 'Host that answers.' },
];

/**
 * Mistral's Voxtral: transcription of recordings over REST and of live audio over a socket
 * (wss://api.mistral.ai/v1/audio/transcriptions/realtime). Speakers are told apart in recordings only. Limits are seconds of
 * audio by minute and by month, and depend on the plan.
 */
export const mistralSttIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-voice-stt.mistral',
    version: '1.0.0',
    title: 'Mistral Speech-to-Text',
    description: 'Transcription of recordings and of live audio with the Voxtral models.',
    category: 'ai-voice-stt',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['voice', 'stt', 'transcription', 'mistral', 'voxtral'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.voice.stt', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*$',
          default: 'voxtral-mini-latest',
          description: 'Model for recordings.',
        },
        realtimeModel: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*$',
          default: 'voxtral-mini-transcribe-realtime-2602',
          description: 'Model for live audio.',
        },
        language: {
          type: 'string',
          pattern: '^[a-z]{2}$',
          description: 'Language of the audio, two letters. Absent: it is detected.',
        },
        diarize: { type: 'boolean', default: false, description: 'Tell speakers apart; recordings only.' },
        wordTimestamps: { type: 'boolean', default: false, description: 'Give the position of each word.' },
        targetStreamingDelayMs: {
          type: 'integer',
          minimum: 0,
          description: 'Delay that live transcription aims at, in milliseconds.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          enum: ['https://api.mistral.ai', 'https://api.eu.mistral.ai', 'https://api.us.mistral.ai'],
          default: 'https://api.mistral.ai',
          description:
            'Host for adapters to use; requests made from this spec alone go to the default. Whether a regional host has the audio models is told by its list of models.',
        },
      },
    },
    example: { model: 'voxtral-mini-latest', language: 'en' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        // No form is documented; this is what a header can carry.
        apiKey: { type: 'string', pattern: '^[!-~]+$', description: 'API key of a workspace, the same as for chat.' },
      },
    },
    example: { apiKey: 'mistral-api-key-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.mistral.ai',
      defaultHeaders: { accept: 'application/json' },
      rateLimits: [{ limit: 'x-ratelimit-limit-req-minute', remaining: 'x-ratelimit-remaining-req-minute' }],
      errors: {
        code: [{ pointer: '/code' }],
        message: [{ pointer: '/message' }, { pointer: '/detail' }],
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 422 }, means: 'invalid_request' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
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
    method: 'custom',
    timeoutMs: 5000,
    request: {
      path: '/{apiVersion}/models/voxtral-mini-latest',
      expect: { status: 200, body: [{ pointer: '/id' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create an API key in the workspace that should pay, at ${CONSOLE}. Keys can be replaced through the API with an Admin API key (beta), else by hand.`,
    requiredScopes: [],
    validationEndpoint: 'https://api.mistral.ai/v1/models/voxtral-mini-latest',
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
            envVar: 'MISTRAL_API_KEY',
          },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Create a key in the workspace of the host and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [{ key: 'apiKey', required: true, description: 'API key of a workspace of the tenant.' }],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://github.com/mistralai/platform-docs-public',
      checkedOn: '2026-08-21',
      facts: 'Models, limits, client tokens, formats, hosts, key replacement.',
    },
    {
      url: 'https://www.npmjs.com/package/@mistralai/mistralai',
      checkedOn: '2026-11-23',
      facts: 'Address and messages of the socket, encodings (version 2.7.0).',
    },
  ],
});

/** Adds the Mistral transcription spec to a registry, which is returned for chaining. */
export function registerMistralSttIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(mistralSttIntegrationSpec);
}

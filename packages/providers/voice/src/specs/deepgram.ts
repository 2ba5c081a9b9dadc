import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.deepgram.com/reference/deepgram-api-overview';
const CONSOLE = 'https://console.deepgram.com';

const BYOK_STEPS = [
  `Sign in to the console at ${CONSOLE} and choose the project that pays.`,
  'Create an API key; in the advanced part give it the member role, so that it can also mint temporary tokens.',
  'Set an expiry if wanted and copy the key: it is shown once.',
  'Note the id of the project, and the identifier of the key, which callbacks carry.',
  'Paste them here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'baseUrl', description: 'Region that answers.' },
  { key: 'projectId', description: 'Project, for usage and key replacement.' },
  { key: 'model', description: 'Transcription model for calls that name none.' },
  { key: 'ttsModel', description: 'Speech model for calls that name none.' },
];

/**
 * Deepgram: transcription of files and live audio, speech, and a voice agent over a socket. Flux listening and Flux speech are
 * reached under /v2, all else under /v1. Globally the voice agent has a host of its own, agent.deepgram.com; regionally it
 * is a path on the regional host. A key sent with `Bearer` is refused, as is a temporary token sent with `Token`.
 */
export const deepgramIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-voice-stt.deepgram',
    version: '1.0.0',
    title: 'Deepgram Speech-to-Text',
    description: 'Live and batch transcription with speakers told apart, and voice agents.',
    category: 'ai-voice-stt',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['voice', 'stt', 'transcription', 'diarization'],
  },
  supportedModes: ['byok'],
  capabilities: {
    provides: [
      { key: 'ai.voice.stt', version: '1.0.0' },
      { key: 'ai.voice.conversational', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*$',
          default: 'nova-3',
          description: 'Transcription model. Always sent: without one the vendor takes an old model, base-general.',
        },
        language: {
          type: 'string',
          pattern: '^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$',
          description: 'Default language, a BCP 47 tag.',
        },
        enableDiarization: { type: 'boolean', default: false, description: 'Tell speakers apart.' },
        enableSmartFormat: {
          type: 'boolean',
          default: false,
          description: 'Punctuation, capitals, numbers as digits.',
        },
        ttsModel: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*$',
          default: 'aura-2-thalia-en',
          description: 'Speech model; voice and language are part of its id.',
        },
        mipOptOut: { type: 'boolean', default: false, description: 'Leave the vendor’s model improvement programme.' },
        projectId: {
          type: 'string',
          format: 'uuid',
          description: 'Project, needed for usage, balances and key replacement.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          enum: [
            'https://api.deepgram.com',
            'https://api.eu.deepgram.com',
            'https://api.au.deepgram.com',
            'https://api.in.deepgram.com',
          ],
          default: 'https://api.deepgram.com',
          description:
            'Region for adapters to use; requests made from this spec alone go to the default. A region never falls back to another, and calls that manage projects stay on the default host.',
        },
      },
    },
    example: { model: 'nova-3', language: 'en-US', enableDiarization: true, enableSmartFormat: true },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: { type: 'string', pattern: '^[0-9a-f]{40}$', description: 'API key of a project.' },
        apiKeyId: {
          type: 'string',
          format: 'uuid',
          description:
            'Identifier of the key, which callbacks carry in dg-token. Needed for callbacks; changes with the key.',
        },
      },
    },
    example: {
      apiKey: '0000000000000000000000000000000000000000',
      apiKeyId: '00000000-0000-4000-8000-000000000000',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.deepgram.com',
      errors: {
        code: [{ pointer: '/err_code' }, { pointer: '/category' }],
        message: [{ pointer: '/err_msg' }, { pointer: '/message' }],
        requestId: [{ pointer: '/request_id' }, { header: 'dg-request-id' }],
        rules: [
          // Missing rights come as 401 on general calls, and as 403 for a model.
          {
            when: { status: [401, 403], body: [{ pointer: '/err_code', equals: 'INSUFFICIENT_PERMISSIONS' }] },
            means: 'missing_scope',
          },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 402 }, means: 'quota_exhausted' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      pagination: { style: 'page', items: '', param: 'page', sizeParam: 'limit', maxSize: 1000 },
    },
    { type: 'sdk', packageName: '@deepgram/sdk', minVersion: '5.0.0' },
  ],
  preferredTransport: 'sdk',
  supportedAuthMethods: [{ type: 'api-key', headerName: 'Authorization', prefix: 'Token ', secretField: 'apiKey' }],
  versionPolicy: {
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  webhooks: [
    {
      // Nothing is signed, and the identifier is not secret: put something unguessable into the callback address as well,
      // and look the job up by its request_id.
      verification: { scheme: 'token', from: { header: 'dg-token' }, secretField: 'apiKeyId' },
      eventId: [{ pointer: '/metadata/request_id' }],
      occurredAt: { value: { pointer: '/metadata/created' }, unit: 'iso' },
      ack: { status: 200 },
      // With each request, by the parameter `callback`.
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 5000,
    request: {
      path: '/{apiVersion}/auth/token',
      expect: { status: 200 },
      rules: [
        {
          when: { status: 401, body: [{ pointer: '/err_code', equals: 'INSUFFICIENT_PERMISSIONS' }] },
          means: 'missing_scope',
        },
        { when: { status: 401 }, means: 'bad_credential' },
      ],
    },
  },
  docsUrl: DOCS,
  constraints: {
    // For a project, in requests and streams at the same time; further projects of a self-serve account get one stream.
    quotas: {
      concurrentPrerecordedRequests: 100,
      concurrentStreams: 50,
      concurrentSpeechRequests: 15,
      concurrentVoiceAgents: 15,
      concurrentWhisperRequests: 5,
    },
  },
  byokSetup: {
    setupInstructions: `Create an API key with the member role in the project that pays, at ${CONSOLE}. Keys with keys:write can make and delete keys through the API.`,
    requiredScopes: ['usage:write', 'usage:read'],
    validationEndpoint: 'https://api.deepgram.com/v1/auth/token',
    keyRotationSupported: true,
    quotaTrackingSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: 'API key of a project of the tenant.' },
          { key: 'apiKeyId', description: 'Identifier of the key, for callbacks.' },
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
      url: 'https://github.com/deepgram/deepgram-api-specs',
      checkedOn: '2026-07-22',
      facts: 'Paths, parameters, message names, shapes of errors, temporary tokens.',
    },
    {
      url: 'https://www.npmjs.com/package/@deepgram/sdk',
      checkedOn: '2026-11-23',
      facts: 'Hosts, the prefixes Token and Bearer (version 5.13.0).',
    },
    {
      url: 'https://developers.deepgram.com/reference/api-rate-limits',
      checkedOn: '2026-11-23',
      facts: 'Requests and streams at the same time.',
    },
    {
      url: 'https://developers.deepgram.com/reference/regional-endpoints',
      checkedOn: '2026-11-23',
      facts: 'Regions, and where the voice agent is in each.',
    },
    {
      url: 'https://github.com/hookdeck/webhook-skills',
      checkedOn: '2026-02-22',
      facts: 'The header dg-token of callbacks (secondary).',
    },
  ],
});

/** Adds the Deepgram spec to a registry, which is returned for chaining. */
export function registerDeepgramIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(deepgramIntegrationSpec);
}

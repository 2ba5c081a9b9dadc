import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://elevenlabs.io/docs/api-reference/introduction';
const CONSOLE = 'https://elevenlabs.io/app/settings/api-keys';

const BYOK_STEPS = [
  `Open the settings at ${CONSOLE} and create a key named after this platform.`,
  'Restrict it to text to speech, models read and voices read; add user read if the remaining quota is to be shown.',
  'Set a limit of credits for the key if wanted.',
  'Copy the key, which is shown once, and paste it here with the environment in which it was made.',
  'For webhooks let an administrator of the workspace create one and keep its secret, which is shown once.',
];

const CONFIG_FIELDS = [
  { key: 'baseUrl', description: 'Environment in which the key was made.' },
  { key: 'defaultVoiceId', description: 'Voice for calls that name none.' },
  { key: 'modelId', description: 'Speech model for calls that name none.' },
  { key: 'outputFormat', description: 'Audio for calls that name no format.' },
];

/**
 * ElevenLabs: speech, transcription and voice agents on one key. Residency environments are workspaces of their own: a key
 * of the global site is refused there. How many requests may run at once depends on the plan and the model; what runs is
 * told in headers.
 */
export const elevenLabsIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-voice.elevenlabs',
    version: '1.0.0',
    title: 'ElevenLabs Text-to-Speech',
    description: 'Speech synthesis with a large list of voices, and transcription.',
    category: 'ai-voice-tts',
    domain: 'ai',
    stability: 'beta',
    owners: ['platform.ai'],
    tags: ['voice', 'tts', 'stt'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'ai.voice.tts', version: '1.0.0' },
      { key: 'ai.voice.stt', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        defaultVoiceId: {
          type: 'string',
          pattern: '^[A-Za-z0-9]+$',
          description: 'Voice for calls that name none. Ids belong to an environment.',
        },
        modelId: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9_]*$',
          default: 'eleven_multilingual_v2',
          description: 'Speech model for calls that name none.',
        },
        outputFormat: {
          type: 'string',
          pattern: '^(?:mp3|pcm|opus|ulaw|alaw|wav)_[0-9]+(?:_[0-9]+)?$',
          default: 'mp3_44100_128',
          description: 'Codec, sample rate and bit rate. pcm has no header; high rates need higher plans.',
        },
        enableLogging: {
          type: 'boolean',
          default: true,
          description: 'False asks the vendor to keep nothing; only enterprise accounts may.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          enum: [
            'https://api.elevenlabs.io',
            'https://api.us.elevenlabs.io',
            'https://api.eu.residency.elevenlabs.io',
            'https://api.in.residency.elevenlabs.io',
            'https://api.sg.residency.elevenlabs.io',
          ],
          default: 'https://api.elevenlabs.io',
          description:
            'Environment of the key, for adapters to use; requests made from this spec alone go to the default.',
        },
      },
    },
    example: { defaultVoiceId: '21m00Tcm4TlvDq8ikWAM', modelId: 'eleven_flash_v2_5', outputFormat: 'pcm_16000' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[!-~]{32,}$',
          description: 'Key of a workspace or a service account, usually beginning with sk_.',
        },
        webhookSecret: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Secret that was shown when the webhook was created; needed for webhooks.',
        },
      },
    },
    example: {
      apiKey: 'sk_00000000000000000000000000000000placeholder',
      webhookSecret: 'wsec_placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.elevenlabs.io',
      rateLimits: [{ name: 'concurrency', limit: 'maximum-concurrent-requests', used: 'current-concurrent-requests' }],
      errors: {
        code: [{ pointer: '/detail/code' }, { pointer: '/detail/status' }],
        message: [{ pointer: '/detail/message' }, { pointer: '/detail/0/msg' }],
        requestId: [{ pointer: '/detail/request_id' }, { header: 'request-id' }],
        rules: [
          // 401 is a bad key, a missing permission or used-up credits: the code decides.
          {
            when: { status: 401, body: [{ pointer: '/detail/code', equals: 'quota_exceeded' }] },
            means: 'quota_exhausted',
          },
          {
            when: { status: 401, body: [{ pointer: '/detail/status', equals: 'quota_exceeded' }] },
            means: 'quota_exhausted',
          },
          {
            when: { status: 401, body: [{ pointer: '/detail/status', equals: 'missing_permissions' }] },
            means: 'missing_scope',
          },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 402 }, means: 'quota_exhausted' },
          { when: { status: 429 }, means: 'throttled' },
          // The resource is still being prepared.
          { when: { status: 425 }, means: 'unavailable', retryable: true },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/voices',
        param: 'next_page_token',
        cursor: { pointer: '/next_page_token' },
        hasMore: '/has_more',
        sizeParam: 'page_size',
        maxSize: 100,
      },
    },
    {
      type: 'webhook',
      inbound: {
        signatureHeader: 'ElevenLabs-Signature',
        signingAlgorithm: 'hmac-sha256',
        registrationSupported: true,
      },
    },
    { type: 'sdk', packageName: '@elevenlabs/elevenlabs-js', minVersion: '2.0.0' },
    { type: 'mcp', transport: 'stdio', command: 'uvx', args: ['elevenlabs-mcp'] },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'header', headerName: 'xi-api-key', secretField: 'apiKey' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'ElevenLabs-Signature',
      toleranceMs: 1_800_000,
      secretField: 'webhookSecret',
    },
  ],
  versionPolicy: {
    // Some lists, such as the voices, have a v2 as well. Real versions are in the ids of models.
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  webhooks: [
    {
      // Unless it is switched on for the webhook, nothing is sent again. After ten failures in a row it can be disabled.
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: {
          header: 'ElevenLabs-Signature',
          items: { separator: ',', assign: '=', name: 'v0' },
          encoding: 'hex',
        },
        signed: '{timestamp}.{body}',
        key: { secretField: 'webhookSecret' },
        timestamp: { from: { item: 't' }, unit: 'seconds', toleranceMs: 1_800_000 },
      },
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/event_timestamp' }, unit: 'seconds' },
      ack: { status: 200 },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'list',
    timeoutMs: 4000,
    request: {
      // Needs models_read. /v1/user would need user_read, and refuse keys that may only speak.
      path: '/{apiVersion}/models',
      expect: { status: 200 },
      rules: [
        {
          when: { status: 401, body: [{ pointer: '/detail/status', equals: 'missing_permissions' }] },
          means: 'missing_scope',
        },
        { when: { status: 401 }, means: 'bad_credential' },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a key at ${CONSOLE}. Keys of service accounts can be replaced through the API, others by hand on the same page.`,
    requiredScopes: ['text_to_speech', 'models_read', 'voices_read'],
    validationEndpoint: 'https://api.elevenlabs.io/v1/models',
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
            description: "The host's own key; tenants are never asked for it.",
            envVar: 'ELEVENLABS_API_KEY',
          },
          {
            key: 'webhookSecret',
            description: "Secret of the host's webhook.",
            envVar: 'ELEVENLABS_WEBHOOK_SECRET',
          },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Create a key, best of a service account, and store it in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: 'Key of a workspace of the tenant.' },
          { key: 'webhookSecret', description: 'Secret of the webhook of the tenant.' },
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
      url: 'https://www.npmjs.com/package/@elevenlabs/elevenlabs-js',
      checkedOn: '2026-11-23',
      facts: 'Hosts, header, signature, permissions, formats, key replacement (version 2.73.0).',
    },
    {
      url: 'https://elevenlabs.io/docs/eleven-api/resources/errors',
      checkedOn: '2026-11-23',
      facts: 'Form and codes of errors.',
    },
    {
      url: 'https://elevenlabs.io/docs/eleven-api/resources/webhooks',
      checkedOn: '2026-11-23',
      facts: 'Repetition and disabling of webhooks.',
    },
    { url: 'https://elevenlabs.io/docs/overview/models', checkedOn: '2026-11-23', facts: 'Ids of models.' },
    {
      url: 'https://elevenlabs.io/blog/ai-rate-limiting-for-voice',
      checkedOn: '2026-11-23',
      facts: 'Headers that tell how many requests run.',
    },
    { url: 'https://github.com/elevenlabs/elevenlabs-mcp', checkedOn: '2026-11-23', facts: 'MCP server.' },
  ],
});

/** Adds the ElevenLabs spec to a registry, which is returned for chaining. */
export function registerElevenLabsIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(elevenLabsIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.mistral.ai/studio/agents/agents-api';
const CONSOLE = 'https://console.mistral.ai/api-keys';

const BYOK_STEPS = [
  `Open ${CONSOLE}, pick the workspace that should pay, create a key and copy it at once.`,
  'Create or choose an agent in Studio and copy its id, or leave the agent out and name a model.',
  'Decide whether the vendor may store conversations.',
  'Paste the key here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'agentId', description: 'Agent to talk to.' },
  { key: 'model', description: 'Reply model, where there is no agent.' },
  { key: 'defaultVoice', description: 'Voice of the agent.' },
];

/**
 * Mistral: voice conversations that are put together. The vendor has no single socket for them: live transcription, then a
 * conversation call, then speech. The conversation calls are beta, and streams end after ten minutes without activity. A
 * regional host does not serve them, and a browser cannot call them: client tokens open the transcription socket only.
 */
export const mistralConversationalIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-voice-conv.mistral',
    version: '1.0.0',
    title: 'Mistral Conversational Voice',
    description: 'Voice conversations from live transcription, agents and speech.',
    category: 'ai-voice-conversational',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['voice', 'conversational', 'mistral', 'agents', 'sessions'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'ai.voice.conversational', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*$',
          default: 'mistral-medium-latest',
          description: 'Reply model, where there is no agent.',
        },
        agentId: { type: 'string', pattern: '^[!-~]+$', description: 'Agent to talk to, in place of a model.' },
        defaultVoice: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Preset or cloned voice of the speech model. Absent: the adapter names one.',
        },
        turnDetection: {
          type: 'string',
          enum: ['server_vad', 'push_to_talk'],
          default: 'server_vad',
          description: 'When the turn of the user ends; done by the adapter, since the vendor has no session.',
        },
        maxSessionDurationSeconds: {
          type: 'integer',
          minimum: 1,
          description: 'Longest session, in seconds; kept by the adapter.',
        },
        store: { type: 'boolean', description: 'Whether the vendor keeps the conversation.' },
      },
    },
    example: { model: 'mistral-medium-latest', turnDetection: 'server_vad', maxSessionDurationSeconds: 600 },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'API key of a workspace. Which connectors it reaches is fixed when it is created.',
        },
      },
    },
    example: { apiKey: 'mistral-api-key-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.mistral.ai',
      rateLimits: [
        { limit: 'x-ratelimit-limit-req-minute', remaining: 'x-ratelimit-remaining-req-minute' },
        {
          name: 'tokens',
          limit: 'x-ratelimit-limit-tokens-minute',
          remaining: 'x-ratelimit-remaining-tokens-minute',
        },
      ],
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
    supportedVersions: [{ version: 'v1', status: 'beta' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'list',
    timeoutMs: 5000,
    request: {
      path: '/{apiVersion}/agents/pages',
      expect: { status: 200 },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create an API key at ${CONSOLE} and choose an agent or a model. Keys can be replaced through the API with an Admin API key (beta), else by hand.`,
    requiredScopes: [],
    validationEndpoint: 'https://api.mistral.ai/v1/agents/pages',
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
      facts: 'Endpoints, the three parts of a voice conversation, regional limits, key replacement.',
    },
    {
      url: 'https://www.npmjs.com/package/@mistralai/mistralai',
      checkedOn: '2026-11-23',
      facts: 'Events of streams, usage, purpose of client sessions (version 2.7.0).',
    },
  ],
});

/** Adds the Mistral conversation spec to a registry, which is returned for chaining. */
export function registerMistralConversationalIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(mistralConversationalIntegrationSpec);
}

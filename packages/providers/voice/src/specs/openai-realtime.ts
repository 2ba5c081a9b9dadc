import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.openai.com/api/docs/guides/realtime';
const CONSOLE = 'https://platform.openai.com/api-keys';

const BYOK_STEPS = [
  `Open ${CONSOLE}, choose the project and create a restricted key or a service account.`,
  'Allow model read and realtime write.',
  'Check that the project may use the model that is wanted, and has a budget. Some models ask for a verified organization.',
  'For telephone calls create a webhook endpoint for realtime.call.incoming and keep its signing secret.',
  'Paste the key here and run the connection check.',
];

/**
 * OpenAI Realtime: speech to speech over WebSocket, WebRTC or SIP, in the general availability form. The header of the beta
 * makes calls fail. `pcm` is always 24 kHz, 16 bit, mono. Rate limits depend on the usage tier and stand in headers. Wait
 * headers hold durations such as 6m0s.
 */
export const openaiRealtimeIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'ai-voice-conv.openai',
    version: '1.0.0',
    title: 'OpenAI Realtime Voice',
    description: 'Two-way voice conversations in real time.',
    category: 'ai-voice-conversational',
    domain: 'ai',
    stability: 'experimental',
    owners: ['platform.ai'],
    tags: ['voice', 'conversational', 'realtime', 'openai'],
  },
  supportedModes: ['byok'],
  capabilities: { provides: [{ key: 'ai.voice.conversational', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        model: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*$',
          default: 'gpt-realtime-2.1',
          description: 'Realtime model.',
        },
        defaultVoice: { type: 'string', pattern: '^[a-z0-9_-]+$', description: 'Voice of the agent.' },
        turnDetection: {
          type: 'string',
          enum: ['server_vad', 'push_to_talk'],
          default: 'server_vad',
          description: 'When the turn of the user ends. push_to_talk switches turn detection off.',
        },
        maxSessionDurationSeconds: {
          type: 'integer',
          minimum: 1,
          description: 'Longest session, in seconds; kept by the adapter.',
        },
        organizationId: { type: 'string', pattern: '^org-[A-Za-z0-9]+$', description: 'Organization that pays.' },
        projectId: {
          type: 'string',
          pattern: '^proj_[A-Za-z0-9]+$',
          description: 'Project that pays; part of the SIP address.',
        },
        baseUrl: {
          type: 'string',
          format: 'uri',
          enum: [
            'https://api.openai.com/v1',
            'https://us.api.openai.com/v1',
            'https://eu.api.openai.com/v1',
            'https://ae.api.openai.com/v1',
            'https://au.api.openai.com/v1',
            'https://in.api.openai.com/v1',
            'https://jp.api.openai.com/v1',
          ],
          default: 'https://api.openai.com/v1',
          description:
            'Host for adapters to use; requests made from this spec alone go to the default. A regional host needs a project that is enabled for the region.',
        },
      },
    },
    example: {
      model: 'gpt-realtime-2.1',
      turnDetection: 'server_vad',
      maxSessionDurationSeconds: 600,
    },
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
        webhookSecret: {
          type: 'string',
          pattern: '^whsec_[!-~]+$',
          description: 'Signing secret of the webhook endpoint for telephone calls.',
        },
        adminApiKey: {
          type: 'string',
          pattern: '^sk-admin-[!-~]+$',
          description: 'Admin key, for replacing keys only.',
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
    {
      type: 'webhook',
      inbound: { signatureHeader: 'webhook-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
    { type: 'sdk', packageName: 'openai' },
  ],
  preferredTransport: 'sdk',
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
      // Standard Webhooks. Repeated for up to 72 hours; a redirect counts as a failure.
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
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 5000,
    request: {
      path: '/models/gpt-realtime-2.1',
      expect: { status: 200, body: [{ pointer: '/id', equals: 'gpt-realtime-2.1' }] },
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
    requiredScopes: ['model read', 'realtime write'],
    validationEndpoint: 'https://api.openai.com/v1/models/gpt-realtime-2.1',
    keyRotationSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: [
          { key: 'model', description: 'Realtime model.' },
          { key: 'defaultVoice', description: 'Voice of the agent.' },
          { key: 'organizationId', description: 'Organization that pays.' },
          { key: 'projectId', description: 'Project that pays.' },
          { key: 'baseUrl', description: 'Host.' },
        ],
        secretFields: [
          { key: 'apiKey', required: true, description: 'Key of a project of the tenant.' },
          { key: 'webhookSecret', description: 'Signing secret, for telephone calls.' },
          { key: 'adminApiKey', description: 'Admin key, for replacing keys only.' },
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
      url: 'https://www.npmjs.com/package/openai',
      checkedOn: '2026-11-23',
      facts: 'Hosts, events, models, secrets, webhook signature, repeats (version 7.57.0).',
    },
    { url: 'https://github.com/openai/openai-openapi', checkedOn: '2026-08-21', facts: 'Paths, form of errors.' },
    {
      url: 'https://developers.openai.com/api/docs/deprecations',
      checkedOn: '2026-11-23',
      facts: 'Models that end, notice periods.',
    },
    {
      url: 'https://hookdeck.com/webhooks/platforms/guide-to-openai-webhooks-features-and-best-practices',
      checkedOn: '2026-11-23',
      facts: 'Webhooks are repeated for 72 hours (secondary).',
    },
  ],
});

/** Adds the OpenAI Realtime spec to a registry, which is returned for chaining. */
export function registerOpenaiRealtimeIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(openaiRealtimeIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry, type ResponseRule } from '@mortise/core';

const DOCS = 'https://docs.fireflies.ai';
const CONSOLE = 'https://app.fireflies.ai/integrations/custom/fireflies';

const BYOK_STEPS = [
  `Sign in and open ${CONSOLE}.`,
  'Copy the API key. It is personal and follows the plan and the role of its owner.',
  'Paste it here and run the connection check, which costs one request of the daily quota.',
  'For pushes open https://app.fireflies.ai/integrations/api/webhook (version 2), enter the https address of the receiver and a signing secret of 16 to 32 characters, and pick the events.',
  'Paste the signing secret here. Without one nothing is signed, and deliveries are refused.',
];

const first = (code: string) => [{ pointer: '/errors/0/code', equals: code }];

/** The code decides, not the status: `auth_failed` travels with 500, and a 200 may carry errors. */
const RULES: readonly ResponseRule[] = [
  { when: { body: first('auth_failed') }, means: 'bad_credential' },
  { when: { body: first('too_many_requests') }, means: 'throttled' },
  { when: { body: first('request_timeout') }, means: 'unavailable' },
  { when: { body: first('invariant_violation') }, means: 'unavailable' },
  { when: { body: first('forbidden') }, means: 'missing_scope' },
  { when: { body: first('require_elevated_privilege') }, means: 'missing_scope' },
  { when: { body: first('not_in_team') }, means: 'missing_scope' },
  { when: { body: first('paid_required') }, means: 'quota_exhausted' },
  { when: { body: first('require_ai_credits') }, means: 'quota_exhausted' },
  { when: { body: first('account_cancelled') }, means: 'bad_credential' },
  { when: { body: first('object_not_found') }, means: 'not_found' },
  { when: { body: first('invalid_arguments') }, means: 'invalid_request' },
  { when: { body: first('args_required') }, means: 'invalid_request' },
];

/**
 * Fireflies.ai: one GraphQL endpoint. Lists are read with `skip` and `limit` (50 at most) and end with a short page. The filter is on
 * the date of the meeting, so an edit is not seen by it. Deliveries are not repeated: poll as well. A meeting and its transcript
 * share their id.
 */
export const firefliesIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'meeting-recorder.fireflies',
    version: '1.0.0',
    title: 'Fireflies.ai Meeting Recorder',
    description: 'Transcripts and summaries of meetings over GraphQL, with signed webhooks.',
    category: 'meeting-recorder',
    domain: 'productivity',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['meeting-recorder', 'fireflies', 'transcripts'],
  },
  supportedModes: ['byok'],
  capabilities: {
    provides: [
      { key: 'meeting-recorder.meetings.read', version: '1.0.0' },
      { key: 'meeting-recorder.transcripts.read', version: '1.0.0' },
      { key: 'meeting-recorder.webhooks', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        baseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^?#]+$',
          default: 'https://api.fireflies.ai/graphql',
          description: 'The whole GraphQL endpoint, for a proxy of your own.',
        },
        webhookUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Receiver of deliveries, as entered on the webhook page.',
        },
        webhookEvents: {
          type: 'array',
          uniqueItems: true,
          items: {
            type: 'string',
            enum: ['meeting.transcribed', 'meeting.summarized', 'meeting.bot_joined', 'Transcription completed'],
          },
          description: 'Events that the webhook was set up for. The last is of version 1.',
        },
        transcriptsPageSize: {
          type: 'integer',
          minimum: 1,
          maximum: 50,
          default: 50,
          description: 'Transcripts per page, sent as limit.',
        },
      },
    },
    example: { webhookEvents: ['meeting.transcribed'], transcriptsPageSize: 25 },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['apiKey'],
      properties: {
        apiKey: { type: 'string', pattern: '^[!-~]+$', description: 'Personal API key. Opaque.' },
        webhookSecret: {
          type: 'string',
          minLength: 1,
          description: 'Signing secret of the webhook. The page of version 1 takes 16 to 32 characters.',
        },
      },
    },
    example: { apiKey: 'fireflies-api-key-placeholder', webhookSecret: 'webhook-secret-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.fireflies.ai/graphql',
      defaultHeaders: { 'content-type': 'application/json' },
      retryAfter: [{ pointer: '/errors/0/extensions/metadata/retryAfter', format: 'epoch-ms' }],
      errors: {
        failures: [{ status: 200, body: [{ pointer: '/errors/0' }] }],
        code: [{ pointer: '/errors/0/code' }],
        message: [{ pointer: '/errors/0/message' }],
        rules: RULES,
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'x-hub-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: false },
    },
    { type: 'mcp', transport: 'http', url: 'https://api.fireflies.ai/mcp' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'Authorization', prefix: 'Bearer ', secretField: 'apiKey' },
    { type: 'bearer', tokenField: 'apiKey' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'x-hub-signature',
      secretField: 'webhookSecret',
    },
  ],
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        // Version 1 sends the bare signature, version 2 puts the prefix before it.
        signature: { header: 'x-hub-signature', prefix: 'sha256=', prefixOptional: true, encoding: 'hex' },
        signed: '{body}',
        key: { secretField: 'webhookSecret' },
      },
      // The vendor gives no id; these together tell deliveries of version 2 apart.
      eventId: [{ pointer: '/event' }, { pointer: '/meeting_id' }, { pointer: '/timestamp' }],
      eventType: [{ pointer: '/event' }],
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'ms' },
      ack: { status: 200, withinMs: 10_000 },
      registrationSupported: false,
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 6000,
    request: {
      method: 'POST',
      path: 'https://api.fireflies.ai/graphql',
      body: { query: 'query { user { user_id } }' },
      expect: { status: 200, body: [{ pointer: '/data/user/user_id' }, { pointer: '/errors', exists: false }] },
      rules: RULES,
    },
  },
  docsUrl: `${DOCS}/getting-started/introduction`,
  // Business and Enterprise. Free has 50 and Pro 500 requests a day, which a polling sync spends quickly.
  constraints: {
    rateLimit: { rpm: 60 },
    quotas: { 'requestsPerDay.free': 50, 'requestsPerDay.pro': 500 },
  },
  byokSetup: {
    setupInstructions: `Copy the API key at ${CONSOLE}. It has no scopes and is replaced by hand on the same page.`,
    requiredScopes: [],
    validationEndpoint: 'https://api.fireflies.ai/graphql',
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: [
          { key: 'webhookUrl', description: 'Receiver of deliveries.' },
          { key: 'webhookEvents', description: 'Events that the webhook was set up for.' },
          { key: 'transcriptsPageSize', description: 'Transcripts per page.' },
        ],
        secretFields: [
          { key: 'apiKey', required: true, description: 'Personal API key of the tenant.' },
          { key: 'webhookSecret', description: 'Signing secret of the webhook; needed for webhooks.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://docs.fireflies.ai/graphql-api/webhooks-v2',
      checkedOn: '2026-11-23',
      facts: 'Webhooks: events, header, prefix, body, time to answer, absence of retries.',
    },
    {
      url: 'https://docs.fireflies.ai/graphql-api/webhooks',
      checkedOn: '2026-11-23',
      facts: 'Webhooks of version 1, length of the signing secret.',
    },
    {
      url: DOCS,
      checkedOn: '2026-11-23',
      facts: 'Endpoint, authentication, limits by plan, error codes, where the wait stands, MCP server.',
    },
  ],
});

/** Adds the Fireflies spec to a registry, which is returned for chaining. */
export function registerFirefliesIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(firefliesIntegrationSpec);
}

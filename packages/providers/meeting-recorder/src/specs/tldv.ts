import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://doc.tldv.io';
const KEYS = 'https://tldv.io/app/settings/personal-settings/api-keys';

const BYOK_STEPS = [
  'Be on a plan with API access (Business, as the help centre has it).',
  `Open ${KEYS} and create a key. It sees what its owner sees in the app.`,
  'Copy the key and paste it here.',
  'For pushes open Settings, Webhooks, choose MeetingReady or TranscriptReady and a scope, and enter the https address of the receiver.',
  'In the same form add a header named x-webhook-secret with a long random value, and paste that value here as the webhook secret.',
];

/**
 * tl;dv: meetings, transcripts, notes and imports of an API that its vendor calls alpha. Deliveries are not signed: the only proof is
 * a header of one's own choosing, so fetch the meeting by its id before relying on one. `GET /health` answers without a key and
 * proves nothing. Downloads redirect to another host: never send the key along.
 */
export const tldvIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'meeting-recorder.tldv',
    version: '1.0.0',
    title: 'tl;dv Meeting Recorder',
    description: 'Recordings, transcripts and notes of Zoom, Google Meet and Teams meetings.',
    category: 'meeting-recorder',
    domain: 'productivity',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['meeting-recorder', 'tldv', 'transcripts'],
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
          default: 'https://pasta.tldv.io/v1alpha1',
          description: 'API with its version. The vendor reserves the right to move it.',
        },
        webhookUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Receiver of deliveries, as entered in the settings of tl;dv.',
        },
        webhookEvents: {
          type: 'array',
          uniqueItems: true,
          items: { type: 'string', enum: ['MeetingReady', 'TranscriptReady'] },
          description: 'Events that the webhook was set up for.',
        },
        webhookScope: {
          type: 'string',
          enum: ['user', 'team', 'organization'],
          description: 'Whose meetings the webhook was set up for.',
        },
        pageSize: { type: 'integer', minimum: 1, maximum: 100, description: 'Meetings per page, sent as limit.' },
      },
    },
    example: { webhookEvents: ['TranscriptReady'], webhookScope: 'user' },
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
          minLength: 16,
          description: 'Value of the header x-webhook-secret that was entered in the form of the webhook.',
        },
      },
    },
    example: { apiKey: 'tldv-api-key-placeholder', webhookSecret: 'webhook-secret-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://pasta.tldv.io/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      errors: {
        code: [{ pointer: '/name' }],
        message: [{ pointer: '/message' }],
        requestId: [{ header: 'x-tldx-trace-id' }],
        rules: [
          { when: { status: 400 }, means: 'invalid_request' },
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 404 }, means: 'not_found' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      pagination: { style: 'page', items: '/results', param: 'page', sizeParam: 'limit' },
    },
    { type: 'webhook' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.tldv.io/mcp' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [{ type: 'api-key', headerName: 'x-api-key', prefix: '', secretField: 'apiKey' }],
  versionPolicy: {
    currentVersion: 'v1alpha1',
    // The vendor announces breaking changes before v1 as possible.
    supportedVersions: [{ version: 'v1alpha1', status: 'beta' }],
    versionInPath: true,
  },
  webhooks: [
    {
      verification: { scheme: 'token', from: { header: 'x-webhook-secret' }, secretField: 'webhookSecret' },
      eventId: [{ pointer: '/id' }],
      eventType: [{ pointer: '/event' }],
      registrationSupported: false,
    },
  ],
  healthCheck: {
    method: 'ping',
    timeoutMs: 6000,
    request: {
      path: '/meetings?limit=1',
      expect: { status: 200, body: [{ pointer: '/results' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a personal API key at ${KEYS}. Keys are replaced by hand on the same page.`,
    requiredScopes: [],
    validationEndpoint: 'https://pasta.tldv.io/v1alpha1/meetings?limit=1',
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: [
          { key: 'baseUrl', description: 'API with its version.' },
          { key: 'webhookEvents', description: 'Events that the webhook was set up for.' },
          { key: 'webhookScope', description: 'Whose meetings the webhook was set up for.' },
        ],
        secretFields: [
          { key: 'apiKey', required: true, description: 'Personal API key of the tenant.' },
          { key: 'webhookSecret', description: 'Shared value in the header x-webhook-secret; needed for webhooks.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    { url: DOCS, checkedOn: '2026-11-23', facts: 'Host, version, authentication, paths, paging, errors.' },
    {
      url: 'https://intercom.help/tldv/en/articles/15416775-webhooks',
      checkedOn: '2026-11-23',
      facts: 'Webhooks: events, scopes, custom headers, absence of a signature.',
    },
    {
      url: 'https://intercom.help/tldv/fr/articles/11583137-api-et-webhooks',
      checkedOn: '2026-11-23',
      facts: 'Plans with API access.',
    },
    {
      url: 'https://raw.githubusercontent.com/tldv-public/tldv-mcp-server/HEAD/README.MD',
      checkedOn: '2026-11-23',
      facts: 'MCP server.',
    },
  ],
});

/** Adds the tl;dv spec to a registry, which is returned for chaining. */
export function registerTldvIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(tldvIntegrationSpec);
}

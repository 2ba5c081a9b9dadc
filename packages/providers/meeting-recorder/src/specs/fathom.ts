import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.fathom.ai';
const CONSOLE = 'https://fathom.video/customize#api-access-header';

const BYOK_STEPS = [
  `Open the user settings at ${CONSOLE}, API Access, and generate a key. Every plan has it.`,
  'Copy the key and paste it here. It reads what its owner may see; for all of an organisation use the key of an admin.',
  'For pushes create a webhook through the API with destination_url and at least one entry of triggered_for.',
  'Keep the secret that the answer holds: it is shown this once. Paste it here.',
];

const MANAGED_STEPS = [
  'Register a marketplace app with its redirect address and keep client id and secret in a secret backend of the host.',
  'Let each tenant consent to the scope public_api, and keep the refresh token: each works once, and each refresh brings a new one.',
  'Ask the tenant who consented: neither the token nor an endpoint tells.',
];

const SECRET_FIELDS = [
  {
    key: 'accessToken',
    description: 'Access token of the marketplace app, where no grant is kept beside the connection.',
  },
  { key: 'refreshToken', description: 'Refresh token of the marketplace app. Works once.' },
  { key: 'webhookSecret', description: 'Secret of the webhook, beginning with whsec_; needed for webhooks.' },
];

/**
 * Fathom, the notetaker (not Fathom Analytics). There is no request for a single meeting: filter the list, or use the routes of a
 * recording. Transcripts have a start for each utterance and no end. No filter finds what was edited. With OAuth the list cannot
 * include transcripts and summaries.
 */
export const fathomIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'meeting-recorder.fathom',
    version: '1.0.0',
    title: 'Fathom Meeting Recorder',
    description: 'Recorded meetings with transcripts, summaries and action items, and signed webhooks.',
    category: 'meeting-recorder',
    domain: 'productivity',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['meeting-recorder', 'fathom', 'transcripts'],
  },
  supportedModes: ['byok', 'managed'],
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
          default: 'https://api.fathom.ai/external/v1',
          description: 'API with its version, for a proxy of your own.',
        },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Client id of the marketplace app.' },
        redirectUri: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Redirect address that the marketplace app was registered with.',
        },
        webhookUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Receiver of deliveries, needed to register a webhook.',
        },
        includeTranscript: { type: 'boolean', default: false, description: 'Deliveries hold the transcript.' },
        includeSummary: { type: 'boolean', default: false, description: 'Deliveries hold the summary.' },
        includeActionItems: { type: 'boolean', default: false, description: 'Deliveries hold the action items.' },
        includeCrmMatches: { type: 'boolean', default: false, description: 'Deliveries hold matches in the CRM.' },
        triggeredFor: {
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: {
            type: 'string',
            enum: [
              'my_recordings',
              'shared_external_recordings',
              'my_shared_with_team_recordings',
              'shared_team_recordings',
            ],
          },
          description: 'Whose recordings the webhook is for.',
        },
      },
    },
    example: {
      webhookUrl: 'https://hooks.example.com/fathom',
      includeTranscript: true,
      triggeredFor: ['my_recordings'],
    },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        apiKey: { type: 'string', pattern: '^[!-~]+$', description: 'API key of a user. Opaque.' },
        clientSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Client secret of the marketplace app.' },
        accessToken: { type: 'string', pattern: '^[!-~]+$', description: 'Access token of the marketplace app.' },
        refreshToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Refresh token of the marketplace app. Works once.',
        },
        webhookSecret: {
          type: 'string',
          pattern: '^whsec_[A-Za-z0-9+/=_-]+$',
          description: 'Secret that the answer to registering the webhook held.',
        },
      },
      anyOf: [{ required: ['apiKey'] }, { required: ['clientSecret'] }],
    },
    example: {
      apiKey: 'fathom-api-key-placeholder',
      clientSecret: 'client-secret-placeholder',
      accessToken: 'access-token-placeholder',
      webhookSecret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.fathom.ai/external/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      rateLimitHeaders: {
        limit: 'RateLimit-Limit',
        remaining: 'RateLimit-Remaining',
        reset: 'RateLimit-Reset',
        resetFormat: 'delta-seconds',
      },
      retryAfter: [{ header: 'RateLimit-Reset', format: 'delta-seconds' }],
      errors: {
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      // The size of a page is the server's to choose.
      pagination: { style: 'cursor', items: '/items', param: 'cursor', cursor: { pointer: '/next_cursor' } },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'webhook-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
    { type: 'sdk', packageName: 'fathom-typescript', minVersion: '0.0.37' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'X-Api-Key', prefix: '', secretField: 'apiKey' },
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://fathom.video/external/v1/oauth2/authorize',
      tokenUrl: 'https://fathom.video/external/v1/oauth2/token',
      scopes: ['public_api'],
      pkce: false,
      clientAuthentication: 'post',
      bodyFormat: 'form',
      refresh: { rotation: 'rotating' },
      clientIdField: 'clientId',
      clientSecretField: 'clientSecret',
      tokenField: 'accessToken',
      refreshTokenField: 'refreshToken',
    },
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
      // Standard Webhooks. The body is the meeting itself; there is one kind of event.
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
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'list',
    timeoutMs: 8000,
    request: {
      path: '/teams',
      expect: { status: 200, body: [{ pointer: '/items' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  // For an account over all of its keys.
  constraints: { rateLimit: { rpm: 60 } },
  byokSetup: {
    setupInstructions: `Generate an API key at ${CONSOLE}; see ${DOCS}. Keys are replaced by hand on the same page.`,
    requiredScopes: [],
    validationEndpoint: 'https://api.fathom.ai/external/v1/teams',
    keyRotationSupported: false,
    quotaTrackingSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: [{ key: 'webhookUrl', description: 'Receiver of deliveries.' }],
        secretFields: [
          { key: 'apiKey', required: true, description: 'API key of a user of the tenant.' },
          ...SECRET_FIELDS,
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
      managed: {
        mode: 'managed',
        configFields: [
          { key: 'clientId', required: true, description: 'Client id of the marketplace app of the host.' },
          { key: 'redirectUri', required: true, description: 'Redirect address of the marketplace app.' },
        ],
        secretFields: [
          {
            key: 'clientSecret',
            required: true,
            description: 'Client secret of the marketplace app of the host; tenants are never asked for it.',
            envVar: 'FATHOM_CLIENT_SECRET',
          },
          { key: 'apiKey', description: 'Key of the host, where it reads its own meetings.', envVar: 'FATHOM_API_KEY' },
          ...SECRET_FIELDS,
        ],
        envAliases: [
          { logicalKey: 'clientId', envVar: 'FATHOM_CLIENT_ID' },
          { logicalKey: 'redirectUri', envVar: 'FATHOM_REDIRECT_URI' },
          { logicalKey: 'webhookSecret', envVar: 'FATHOM_WEBHOOK_SECRET' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: MANAGED_STEPS,
        docsUrl: `${DOCS}/sdks/oauth`,
      },
    },
  },
  sources: [
    {
      url: 'https://www.npmjs.com/package/fathom-typescript',
      checkedOn: '2026-11-23',
      facts: 'Hosts, header of the key, OAuth addresses, paths, paging, how webhooks are verified (version 0.0.37).',
    },
    { url: 'https://developers.fathom.ai/api-overview', checkedOn: '2026-11-23', facts: 'Rate limit and its headers.' },
    {
      url: 'https://developers.fathom.ai/sdks/oauth',
      checkedOn: '2026-11-23',
      facts: 'OAuth scope, life of tokens, what OAuth cannot read.',
    },
    {
      url: 'https://developers.fathom.ai/faq',
      checkedOn: '2026-11-23',
      facts: 'Plans, who may read what, limits of OAuth.',
    },
    {
      url: 'https://docs.unified.to',
      checkedOn: '2026-11-23',
      facts: 'Refresh tokens that work once (secondary).',
    },
  ],
});

/** Adds the Fathom spec to a registry, which is returned for chaining. */
export function registerFathomIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(fathomIntegrationSpec);
}

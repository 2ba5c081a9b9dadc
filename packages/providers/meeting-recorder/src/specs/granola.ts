import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.granola.ai';

const BYOK_STEPS = [
  'Be on a Business or Enterprise plan; on Enterprise have an admin allow the access scopes that members may use.',
  'In the desktop app open Settings, Connectors, API keys and create a key.',
  'Pick the access scopes: personal notes, public notes, or both. They can be edited later.',
  'Copy the key and paste it here. For the MCP server sign in with the browser instead: an API key does not open it.',
];

/**
 * Granola: read-only notes, summaries and transcripts. A note appears only after its summary and transcript exist, so a fresh
 * meeting is a 404 at first. Speakers are audio sources (microphone, speaker) and no people. There are no webhooks: poll with
 * `updated_after`.
 */
export const granolaIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'meeting-recorder.granola',
    version: '1.0.0',
    title: 'Granola Meeting Notes',
    description: 'Notes, summaries and transcripts of meetings, over the API or the MCP server of Granola.',
    category: 'meeting-recorder',
    domain: 'productivity',
    stability: 'experimental',
    owners: ['platform.integrations'],
    tags: ['meeting-recorder', 'granola', 'transcripts'],
  },
  supportedModes: ['byok'],
  capabilities: {
    provides: [
      { key: 'meeting-recorder.meetings.read', version: '1.0.0' },
      { key: 'meeting-recorder.transcripts.read', version: '1.0.0' },
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
          default: 'https://public-api.granola.ai',
          description: 'API in place of the public one, for a proxy of your own. Without the version.',
        },
        transport: {
          type: 'string',
          enum: ['api', 'mcp'],
          default: 'mcp',
          description: 'Which of the two is used: the API with a key, or the MCP server with a sign-in.',
        },
        mcpUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^?#]+$',
          default: 'https://mcp.granola.ai/mcp',
          description: 'MCP server in place of the public one, for a proxy of your own.',
        },
        mcpHeaders: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description:
            'Fixed headers for an MCP proxy. No credentials: this is configuration, which is stored in the open.',
        },
        mcpClientId: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Client id that the MCP server gave in dynamic registration.',
        },
        pageSize: { type: 'integer', minimum: 1, maximum: 30, default: 10, description: 'Notes per page.' },
        folderId: {
          type: 'string',
          pattern: '^fol_[A-Za-z0-9]+$',
          description: 'Limits reading to a folder and what is in it.',
        },
      },
    },
    example: { transport: 'api', pageSize: 30 },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        apiKey: { type: 'string', pattern: '^grn_[!-~]+$', description: 'API key, for the API.' },
        mcpAccessToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Access token for the MCP server, where no grant is kept beside the connection.',
        },
        mcpRefreshToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Refresh token of the MCP server, issued for the scope offline_access.',
        },
      },
      anyOf: [{ required: ['apiKey'] }, { required: ['mcpAccessToken'] }, { required: ['mcpRefreshToken'] }],
    },
    example: { apiKey: 'grn_placeholder', mcpAccessToken: 'mcp-access-token-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://public-api.granola.ai/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      errors: {
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 429 }, means: 'throttled' },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/notes',
        param: 'cursor',
        cursor: { pointer: '/cursor' },
        hasMore: '/hasMore',
        sizeParam: 'page_size',
        maxSize: 30,
      },
    },
    { type: 'mcp', transport: 'http', url: 'https://mcp.granola.ai/mcp' },
  ],
  preferredTransport: 'mcp',
  supportedAuthMethods: [
    { type: 'api-key', headerName: 'Authorization', prefix: 'Bearer ', secretField: 'apiKey' },
    { type: 'bearer', tokenField: 'apiKey' },
    {
      // For the MCP server alone.
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://mcp-auth.granola.ai/oauth2/authorize',
      tokenUrl: 'https://mcp-auth.granola.ai/oauth2/token',
      scopes: ['offline_access'],
      pkce: true,
      clientAuthentication: 'none',
      authorizationParams: { resource: 'https://mcp.granola.ai/' },
      clientIdField: 'mcpClientId',
      tokenField: 'mcpAccessToken',
      refreshTokenField: 'mcpRefreshToken',
    },
  ],
  versionPolicy: {
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'list',
    timeoutMs: 8000,
    request: {
      path: '/notes?page_size=1',
      // An empty list is a valid answer.
      expect: { status: 200, body: [{ pointer: '/notes' }, { pointer: '/hasMore' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  // 300 requests in 60 seconds, with bursts of 25 in 5 seconds, for the user or workspace that the key belongs to.
  constraints: { rateLimit: { rpm: 300 } },
  byokSetup: {
    setupInstructions: `Create an API key in the desktop app under Settings, Connectors, API keys; see ${DOCS}/introduction. To replace it, create a new key and then revoke the old one.`,
    requiredScopes: [],
    validationEndpoint: 'https://public-api.granola.ai/v1/notes?page_size=1',
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      byok: {
        mode: 'byok',
        configFields: [
          { key: 'transport', description: 'API with a key, or MCP with a sign-in.' },
          { key: 'mcpClientId', description: 'Client id from dynamic registration with the MCP server.' },
          { key: 'folderId', description: 'Folder to which reading is limited.' },
        ],
        secretFields: [
          {
            key: 'apiKey',
            description: 'API key, for the API. The schema asks for it or for a token of the MCP server.',
          },
          { key: 'mcpAccessToken', description: 'Access token for the MCP server.' },
          { key: 'mcpRefreshToken', description: 'Refresh token for the MCP server.' },
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
      url: 'https://docs.granola.ai/introduction',
      checkedOn: '2026-11-23',
      facts: 'Authentication, access scopes, plans, rate limits, how keys are made.',
    },
    {
      url: 'https://docs.granola.ai/api-reference/list-notes',
      checkedOn: '2026-11-23',
      facts: 'Paths, page size, cursor, filters, forms of ids.',
    },
    {
      url: 'https://github.com/NangoHQ/nango',
      checkedOn: '2026-11-23',
      facts: 'Health request, addresses of the MCP server and its sign-in (commit 2f4c0af6).',
    },
  ],
});

/** Adds the Granola spec to a registry, which is returned for chaining. */
export function registerGranolaIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(granolaIntegrationSpec);
}

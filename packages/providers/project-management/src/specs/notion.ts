import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.notion.com';
const CHECKED = '2026-11-23';
const ID = '^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$';

const BYOK_STEPS = [
  'As an owner of the workspace, open https://app.notion.com/developers/connections and create an internal connection.',
  'Choose its capabilities: read, update and insert content, and comments as needed.',
  'Copy the connection token and paste it here.',
  'Open each top page or database that shall be used and add the connection to it; children inherit.',
  'For events, add a webhook subscription on the connection page with the given URL, and enter there the verification token that is shown here.',
];

const CONFIG_FIELDS = [
  { key: 'databaseId', description: 'Database of tasks.' },
  { key: 'dataSourceId', description: 'Data source within the database.' },
  { key: 'summaryParentPageId', description: 'Page beneath which summaries go.' },
];

/**
 * Notion: tasks as rows, summaries as pages. Since version 2025-09-03 a database holds data sources, and rows are in
 * those. Rate limits are left out: they depend on the plan of the workspace.
 */
export const notionIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'project-management.notion',
    version: '1.0.0',
    title: 'Notion',
    description: 'Summary pages and task rows of a Notion workspace.',
    category: 'project-management',
    domain: 'productivity',
    stability: 'beta',
    owners: ['@platform.integrations'],
    tags: ['project-management', 'notion'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'project-management.work-items', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        databaseId: { type: 'string', pattern: ID, description: 'Id of the database of tasks.' },
        dataSourceId: {
          type: 'string',
          pattern: ID,
          description: 'Id of the data source that rows go to, where the database has several.',
        },
        summaryParentPageId: { type: 'string', pattern: ID, description: 'Id of the page beneath which summaries go.' },
        titleProperty: {
          type: 'string',
          minLength: 1,
          default: 'Name',
          description: 'Name of the property with the title.',
        },
        statusProperty: { type: 'string', minLength: 1, description: 'Name of the property with the status.' },
        priorityProperty: { type: 'string', minLength: 1, description: 'Name of the property with the priority.' },
        tagsProperty: { type: 'string', minLength: 1, description: 'Name of the property with the tags.' },
        dueDateProperty: { type: 'string', minLength: 1, description: 'Name of the property with the due date.' },
        descriptionProperty: {
          type: 'string',
          minLength: 1,
          description: 'Name of the property with the description.',
        },
      },
      anyOf: [{ required: ['databaseId'] }, { required: ['dataSourceId'] }, { required: ['summaryParentPageId'] }],
    },
    example: { databaseId: '2f26ee68-df30-4251-aad4-8ddc420cba3d' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Token of an internal connection, personal access token, or the token of an OAuth grant.',
        },
        refreshToken: { type: 'string', pattern: '^[!-~]+$', description: 'OAuth refresh token. Works once.' },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Client id of the public connection.' },
        clientSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Its client secret.' },
        webhookVerificationToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Token that Notion sends once when the subscription is made; verifies every delivery.',
        },
      },
      anyOf: [{ required: ['apiKey'] }, { required: ['clientId', 'clientSecret'] }],
    },
    example: { apiKey: 'notion-token-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.notion.com',
      apiVersionHeader: 'Notion-Version',
      errors: {
        code: [{ pointer: '/code' }],
        message: [{ pointer: '/message' }],
        requestId: [{ pointer: '/request_id' }, { header: 'x-notion-request-id' }],
        rules: [
          { when: { body: [{ pointer: '/code', equals: 'unauthorized' }] }, means: 'bad_credential' },
          { when: { body: [{ pointer: '/code', equals: 'restricted_resource' }] }, means: 'missing_scope' },
          // Mostly a page that is not shared with the connection.
          { when: { body: [{ pointer: '/code', equals: 'object_not_found' }] }, means: 'not_found' },
          { when: { status: [429, 529] }, means: 'throttled' },
          { when: { body: [{ pointer: '/code', equals: 'conflict_error' }] }, means: 'conflict' },
          {
            when: {
              body: [
                {
                  pointer: '/code',
                  oneOf: ['validation_error', 'invalid_json', 'invalid_request', 'invalid_request_url'],
                },
              ],
            },
            means: 'invalid_request',
          },
          { when: { status: [500, 503, 504] }, means: 'unavailable' },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/results',
        param: 'start_cursor',
        sizeParam: 'page_size',
        cursor: { pointer: '/next_cursor' },
        hasMore: '/has_more',
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'x-notion-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: false },
    },
    { type: 'sdk', packageName: '@notionhq/client' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.notion.com/mcp' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'bearer', tokenField: 'apiKey' },
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://api.notion.com/v1/oauth/authorize',
      tokenUrl: 'https://api.notion.com/v1/oauth/token',
      revocationUrl: 'https://api.notion.com/v1/oauth/revoke',
      introspectionUrl: 'https://api.notion.com/v1/oauth/introspect',
      // Set on the connection; the user picks pages.
      scopes: [],
      clientAuthentication: 'basic',
      bodyFormat: 'json',
      authorizationParams: { owner: 'user' },
      tokenField: 'apiKey',
      refresh: { rotation: 'rotating' },
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'x-notion-signature',
      secretField: 'webhookVerificationToken',
    },
  ],
  versionPolicy: {
    currentVersion: '2026-03-11',
    supportedVersions: [
      { version: '2026-03-11', status: 'stable', releasedAt: '2026-03-11' },
      { version: '2025-09-03', status: 'stable', releasedAt: '2025-09-03' },
      // Knows no data sources.
      { version: '2022-06-28', status: 'stable', releasedAt: '2022-06-28' },
    ],
    versionHeader: 'Notion-Version',
  },
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      method: 'GET',
      path: '/v1/users/me',
      expect: {
        status: 200,
        body: [
          { pointer: '/object', equals: 'user' },
          { pointer: '/type', equals: 'bot' },
        ],
      },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  constraints: {
    quotas: { blockElementsPerRequest: 1000, kilobytesPerRequest: 500, richTextCharacters: 2000, arrayItems: 100 },
  },
  byokSetup: {
    setupInstructions:
      'Create an internal connection at https://app.notion.com/developers/connections, hand over its token, and share the pages with it. A token is replaced there by hand; the old one stops.',
    requiredScopes: ['read content', 'update content', 'insert content'],
    validationEndpoint: 'https://api.notion.com/v1/users/me',
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'X-Notion-Signature', prefix: 'sha256=', encoding: 'hex' },
        signed: '{body}',
        key: { secretField: 'webhookVerificationToken' },
      },
      handshakes: [
        {
          method: 'POST',
          when: [{ value: { pointer: '/verification_token' } }],
          signed: true,
          answer: { status: 200 },
          keep: { value: { pointer: '/verification_token' }, secretField: 'webhookVerificationToken' },
        },
      ],
      eventId: [{ pointer: '/id' }],
      eventType: [{ pointer: '/type' }],
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'iso' },
      ack: { status: 200 },
      registrationSupported: false,
    },
  ],
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS,
        secretFields: [
          {
            key: 'clientId',
            required: true,
            description: 'Client id of the public connection of the host.',
            envVar: 'NOTION_CLIENT_ID',
          },
          { key: 'clientSecret', required: true, description: 'Its client secret.', envVar: 'NOTION_CLIENT_SECRET' },
          { key: 'apiKey', description: 'Token of the grant; OAuth gives it.', envVar: 'NOTION_TOKEN' },
          { key: 'refreshToken', description: 'Refresh token of the grant; OAuth gives it.' },
          {
            key: 'webhookVerificationToken',
            description: 'Token of the subscription.',
            envVar: 'NOTION_WEBHOOK_VERIFICATION_TOKEN',
          },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Create a public connection, store its client id and secret in a secret backend of the host, and let each tenant consent.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: "Token of the tenant's own connection." },
          { key: 'webhookVerificationToken', description: 'Token of its webhook subscription.' },
          { key: 'clientId', description: "Client id of the tenant's own public connection." },
          { key: 'clientSecret', description: 'Its client secret.' },
          { key: 'refreshToken', description: 'Refresh token of its grant.' },
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
      url: 'https://www.npmjs.com/package/@notionhq/client',
      checkedOn: CHECKED,
      facts: 'versions, error codes, OAuth paths, signature, kinds of events (5.26.0)',
    },
    {
      url: 'https://developers.notion.com/reference/request-limits',
      checkedOn: CHECKED,
      facts: 'limits by plan, size of requests, waits',
    },
    {
      url: 'https://developers.notion.com/guides/authorization/overview',
      checkedOn: CHECKED,
      facts: 'kinds of tokens, OAuth',
    },
    {
      url: 'https://developers.notion.com/reference/refresh-a-token',
      checkedOn: CHECKED,
      facts: 'refresh gives new tokens',
    },
    {
      url: 'https://developers.notion.com/reference/webhooks',
      checkedOn: CHECKED,
      facts: 'verification token, signature, subscription',
    },
  ],
});

/** Adds the Notion spec to a registry, which is returned for chaining. */
export function registerNotionIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(notionIntegrationSpec);
}

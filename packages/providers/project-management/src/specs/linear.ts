import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://linear.app/developers';
const CHECKED = '2026-11-23';

const BYOK_STEPS = [
  'Open https://linear.app/settings/account/security and create an API key.',
  'Restrict it to the needed permissions and teams: read, and write where issues are created.',
  'Copy the key once and paste it here.',
  'For events, let an admin of the workspace add a webhook under API settings with the given URL, and paste its signing secret.',
];

const CONFIG_FIELDS = [
  { key: 'teamId', required: true, description: 'Team that issues are created in.' },
  { key: 'projectId', description: 'Project for issues that name none.' },
  { key: 'stateId', description: 'Workflow state for issues that name none.' },
  { key: 'assigneeId', description: 'Assignee for issues that name none.' },
];

/**
 * Linear: issues through one GraphQL endpoint, `/graphql`. An API key stands in `Authorization` as it is, an OAuth token
 * after `Bearer`. Limits are left out: the vendor tells them in headers, and published copies disagree.
 */
export const linearIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'project-management.linear',
    version: '1.0.0',
    title: 'Linear',
    description: 'Issues of a Linear workspace.',
    category: 'project-management',
    domain: 'productivity',
    stability: 'beta',
    owners: ['@platform.integrations'],
    tags: ['project-management', 'linear'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'project-management.work-items', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['teamId'],
      properties: {
        teamId: { type: 'string', pattern: '^\\S+$', description: 'Id of the team that issues are created in.' },
        projectId: { type: 'string', pattern: '^\\S+$', description: 'Id of the project for issues that name none.' },
        stateId: {
          type: 'string',
          pattern: '^\\S+$',
          description: 'Id of the workflow state for issues that name none.',
        },
        assigneeId: { type: 'string', pattern: '^\\S+$', description: 'Id of the user for issues that name nobody.' },
        labelIds: {
          type: 'array',
          items: { type: 'string', pattern: '^\\S+$' },
          uniqueItems: true,
          description: 'Ids of labels put on every issue.',
        },
        tagLabelMap: {
          type: 'object',
          additionalProperties: { type: 'string', pattern: '^\\S+$' },
          description: 'Id of the label for each tag.',
        },
        actor: {
          type: 'string',
          enum: ['user', 'app'],
          default: 'user',
          description: 'Whether issues are created in the name of the user who consented, or of the app.',
        },
      },
    },
    example: { teamId: '9cfb482a-81e3-4154-b5b9-2c805e70a02d' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        apiKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Personal API key. Sent as it is, without Bearer.',
        },
        accessToken: { type: 'string', pattern: '^[!-~]+$', description: 'OAuth access token. Lives a day.' },
        refreshToken: { type: 'string', pattern: '^[!-~]+$', description: 'OAuth refresh token. Works once.' },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Client id of the OAuth app.' },
        clientSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Client secret of the OAuth app.' },
        webhookSecret: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Signing secret of the webhook; verifies what Linear sends.',
        },
      },
      anyOf: [{ required: ['apiKey'] }, { required: ['accessToken'] }, { required: ['clientId', 'clientSecret'] }],
    },
    example: { apiKey: 'linear-api-key-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.linear.app',
      defaultHeaders: { 'content-type': 'application/json' },
      rateLimits: [
        {
          name: 'requests',
          limit: 'x-ratelimit-requests-limit',
          remaining: 'x-ratelimit-requests-remaining',
          reset: 'x-ratelimit-requests-reset',
          resetFormat: 'epoch-ms',
        },
        {
          name: 'complexity',
          limit: 'x-ratelimit-complexity-limit',
          remaining: 'x-ratelimit-complexity-remaining',
          reset: 'x-ratelimit-complexity-reset',
          resetFormat: 'epoch-ms',
        },
        {
          name: 'endpoint-requests',
          limit: 'x-ratelimit-endpoint-requests-limit',
          remaining: 'x-ratelimit-endpoint-requests-remaining',
          reset: 'x-ratelimit-endpoint-requests-reset',
          resetFormat: 'epoch-ms',
        },
      ],
      errors: {
        failures: [{ body: [{ pointer: '/errors/0' }] }],
        code: [{ pointer: '/errors/0/extensions/code' }, { pointer: '/errors/0/extensions/type' }],
        message: [{ pointer: '/errors/0/extensions/userPresentableMessage' }, { pointer: '/errors/0/message' }],
        rules: [
          { when: { body: [{ pointer: '/errors/*/extensions/code', equals: 'RATELIMITED' }] }, means: 'throttled' },
          { when: { body: [{ pointer: '/errors/*/extensions/type', equals: 'ratelimited' }] }, means: 'throttled' },
          {
            when: { body: [{ pointer: '/errors/*/extensions/type', equals: 'authentication error' }] },
            means: 'bad_credential',
          },
          { when: { body: [{ pointer: '/errors/*/extensions/type', equals: 'forbidden' }] }, means: 'missing_scope' },
          {
            when: { body: [{ pointer: '/errors/*/extensions/type', equals: 'usage limit exceeded' }] },
            means: 'quota_exhausted',
          },
          {
            when: {
              body: [
                { pointer: '/errors/*/extensions/type', oneOf: ['lock timeout', 'internal error', 'network error'] },
              ],
            },
            means: 'unavailable',
          },
          {
            when: { body: [{ pointer: '/errors/*/extensions/type', oneOf: ['invalid input', 'user error'] }] },
            means: 'invalid_request',
          },
        ],
      },
    },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'linear-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
    { type: 'sdk', packageName: '@linear/sdk' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.linear.app/mcp' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    // Without the prefix that is usual in this header: Linear refuses an API key behind it.
    { type: 'api-key', headerName: 'Authorization', prefix: '', secretField: 'apiKey' },
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://linear.app/oauth/authorize',
      tokenUrl: 'https://api.linear.app/oauth/token',
      scopes: ['read', 'write'],
      scopeSeparator: ',',
      authorizationParams: { prompt: 'consent' },
      refresh: { rotation: 'rotating' },
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'linear-signature',
      toleranceMs: 60_000,
      secretField: 'webhookSecret',
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      method: 'POST',
      path: '/graphql',
      body: { query: '{ viewer { id name email organization { urlKey } } }' },
      expect: { status: 200, body: [{ pointer: '/data/viewer/id' }] },
      rules: [
        {
          when: { body: [{ pointer: '/errors/*/extensions/type', equals: 'authentication error' }] },
          means: 'bad_credential',
        },
        { when: { status: 401 }, means: 'bad_credential' },
      ],
    },
  },
  docsUrl: DOCS,
  constraints: { quotas: { complexityPointsPerQuery: 10_000 } },
  byokSetup: {
    setupInstructions:
      'Create an API key at https://linear.app/settings/account/security that may read, and write where issues are created. API keys are replaced by hand.',
    requiredScopes: ['read', 'write'],
    validationEndpoint: 'https://api.linear.app/graphql',
    keyRotationSupported: false,
    quotaTrackingSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'Linear-Signature', encoding: 'hex' },
        signed: '{body}',
        key: { secretField: 'webhookSecret' },
        // The header with the time is not covered by the signature; the body is.
        timestamp: { from: { pointer: '/webhookTimestamp' }, unit: 'ms', toleranceMs: 60_000 },
      },
      eventId: [{ header: 'Linear-Delivery' }],
      eventType: [{ pointer: '/type' }, { pointer: '/action' }],
      occurredAt: { value: { pointer: '/createdAt' }, unit: 'iso' },
      ack: { status: 200, withinMs: 5000 },
      registrationSupported: true,
    },
  ],
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: [...CONFIG_FIELDS, { key: 'actor', description: 'In whose name issues are created.' }],
        secretFields: [
          {
            key: 'clientId',
            required: true,
            description: 'Client id of the OAuth app of the host.',
            envVar: 'LINEAR_CLIENT_ID',
          },
          { key: 'clientSecret', required: true, description: 'Its client secret.', envVar: 'LINEAR_CLIENT_SECRET' },
          { key: 'accessToken', description: 'Token of the grant; OAuth gives it.' },
          { key: 'refreshToken', description: 'Refresh token of the grant; OAuth gives it.' },
          { key: 'apiKey', description: 'Key of a workspace of the host itself.', envVar: 'LINEAR_API_KEY' },
          { key: 'webhookSecret', description: 'Signing secret of the app.', envVar: 'LINEAR_WEBHOOK_SECRET' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Register an OAuth app in a workspace of its own: every admin of that workspace can see its secret.',
          'Store client id, client secret and webhook secret in a secret backend of the host, and let each tenant consent.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'apiKey', required: true, description: "API key of the tenant's own workspace." },
          { key: 'webhookSecret', description: 'Signing secret of its webhook.' },
          { key: 'accessToken', description: "Token of the tenant's own OAuth app, in place of the key." },
          { key: 'refreshToken', description: 'Its refresh token.' },
          { key: 'clientId', description: "Client id of the tenant's own OAuth app." },
          { key: 'clientSecret', description: 'Its client secret.' },
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
      url: 'https://www.npmjs.com/package/@linear/sdk',
      checkedOn: CHECKED,
      facts: 'signature, tolerance, kinds of errors, registration of webhooks, bare API key (98.0.0)',
    },
    {
      url: 'https://linear.app/developers/rate-limiting',
      checkedOn: CHECKED,
      facts: 'headers, complexity, RATELIMITED',
    },
    {
      url: 'https://linear.app/developers/oauth-2-0-authentication',
      checkedOn: CHECKED,
      facts: 'OAuth URLs, scopes, comma, refresh tokens since 2026-04-01',
    },
    { url: 'https://linear.app/developers/webhooks', checkedOn: CHECKED, facts: 'who may register, kinds of events' },
  ],
});

/** Adds the Linear spec to a registry, which is returned for chaining. */
export function registerLinearIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(linearIntegrationSpec);
}

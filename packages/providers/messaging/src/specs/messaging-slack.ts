import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.slack.dev';
const CHECKED = '2026-11-23';

const BOT_SCOPES = [
  'chat:write',
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:history',
  'im:history',
  'app_mentions:read',
  'users:read',
  'reactions:write',
  'commands',
] as const;

const BYOK_STEPS = [
  'Open https://api.slack.com/apps and create an app in your own workspace.',
  'Add the bot scopes under OAuth & Permissions and install the app to the workspace; an administrator may have to approve it.',
  'Copy the bot token there and the signing secret from Basic Information, and paste both here.',
  'Turn on Event Subscriptions with the given request URL and add the bot events.',
  'Invite the bot to the channels that it shall use, then run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'defaultChannelId', description: 'Channel for messages that name none.' },
  { key: 'allowUserMentions', description: 'Whether mentions of users in messages notify them.' },
  { key: 'teamId', description: 'Workspace, as auth.test tells it.' },
  { key: 'appId', description: 'Id of the app.' },
];

/**
 * Slack: chat messages through the Web API, events through signed requests. Failures come back with status 200 and
 * `ok: false`. No rate limit per minute is stated: Slack limits each method by a tier of its own, and messages by channel.
 */
export const messagingSlackIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'messaging.slack',
    version: '1.0.0',
    title: 'Slack Messaging Platform',
    description: 'Events, threaded replies and interactive messages in a Slack workspace.',
    category: 'messaging',
    domain: 'communications',
    stability: 'beta',
    owners: ['platform.messaging'],
    tags: ['messaging', 'slack'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'messaging.inbound', version: '1.0.0' },
      { key: 'messaging.outbound', version: '1.0.0' },
      { key: 'messaging.interactions', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        defaultChannelId: {
          type: 'string',
          pattern: '^\\S+$',
          description: 'Channel for messages that name none, best by its id, such as C0123456789: names change.',
        },
        allowUserMentions: {
          type: 'boolean',
          default: false,
          description: 'Whether mentions of users in messages notify them. Mentions of whole channels stay inert.',
        },
        teamId: {
          type: 'string',
          pattern: '^[TE][A-Z0-9]+$',
          description: 'Workspace or enterprise grid that the token belongs to; auth.test tells it.',
        },
        appId: { type: 'string', pattern: '^A[A-Z0-9]+$', description: 'Id of the app, to know its own messages.' },
      },
    },
    example: { defaultChannelId: 'C0123456789', allowUserMentions: false },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['botToken', 'signingSecret'],
      properties: {
        botToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Bot token. Starts with xoxb-, or with xoxe.xoxb- where the app rotates its tokens.',
        },
        signingSecret: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Signing secret of the app, from Basic Information; verifies what Slack sends.',
        },
        appToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'App-level token (xapp-), for Socket Mode and event authorizations only.',
        },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Client id of the app, for OAuth.' },
        clientSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Client secret of the app, for OAuth.' },
        refreshToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Refresh token (xoxe-), only with token rotation. Works once.',
        },
      },
      dependentRequired: { clientId: ['clientSecret'], clientSecret: ['clientId'] },
    },
    example: { botToken: 'xoxb-placeholder', signingSecret: 'signing-secret-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://slack.com/api',
      defaultHeaders: { 'content-type': 'application/json; charset=utf-8' },
      errors: {
        failures: [{ body: [{ pointer: '/ok', equals: false }] }],
        code: [{ pointer: '/error' }],
        message: [{ pointer: '/response_metadata/messages/0' }],
        rules: [
          {
            when: {
              body: [{ pointer: '/error', oneOf: ['invalid_auth', 'not_authed', 'token_revoked', 'account_inactive'] }],
            },
            means: 'bad_credential',
          },
          { when: { body: [{ pointer: '/error', equals: 'missing_scope' }] }, means: 'missing_scope' },
          { when: { status: 429 }, means: 'throttled' },
          { when: { body: [{ pointer: '/error', equals: 'ratelimited' }] }, means: 'throttled' },
          {
            when: { body: [{ pointer: '/error', oneOf: ['internal_error', 'fatal_error', 'request_timeout'] }] },
            means: 'unavailable',
          },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/messages',
        param: 'cursor',
        sizeParam: 'limit',
        cursor: { pointer: '/response_metadata/next_cursor' },
      },
    },
    {
      type: 'webhook',
      inbound: {
        signatureHeader: 'x-slack-signature',
        signingAlgorithm: 'hmac-sha256',
        registrationSupported: false,
      },
    },
    { type: 'sdk', packageName: '@slack/web-api' },
    { type: 'mcp', transport: 'http', url: 'https://mcp.slack.com/mcp' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://slack.com/oauth/v2/authorize',
      tokenUrl: 'https://slack.com/api/oauth.v2.access',
      scopes: BOT_SCOPES,
      scopeSeparator: ',',
      clientAuthentication: 'basic',
      tokenField: 'botToken',
      // The answer names the token type "bot", which is no HTTP authentication scheme.
      prefix: 'Bearer ',
      tokenResponse: { okPointer: '/ok' },
      refresh: { rotation: 'rotating' },
    },
    { type: 'bearer', tokenField: 'botToken' },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'x-slack-signature',
      timestampHeader: 'x-slack-request-timestamp',
      toleranceMs: 300_000,
      secretField: 'signingSecret',
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      method: 'POST',
      path: '/auth.test',
      expect: { status: 200, body: [{ pointer: '/ok', equals: true }] },
      rules: [
        {
          when: {
            body: [{ pointer: '/error', oneOf: ['invalid_auth', 'not_authed', 'token_revoked', 'account_inactive'] }],
          },
          means: 'bad_credential',
        },
      ],
    },
  },
  docsUrl: DOCS,
  constraints: { quotas: { messagesPerSecondPerChannel: 1 } },
  byokSetup: {
    setupInstructions:
      'Create an app in your own workspace at https://api.slack.com/apps, install it, and hand over its bot token and signing secret. Such an internal app keeps the normal limits on reading history, which a shared app without Marketplace approval does not.',
    requiredScopes: ['chat:write', 'channels:history', 'channels:read', 'groups:history', 'im:history', 'users:read'],
    validationEndpoint: 'https://slack.com/api/auth.test',
    // Only tokens of apps with token rotation can be replaced by API; signing secrets never.
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'X-Slack-Signature', prefix: 'v0=', encoding: 'hex' },
        signed: 'v0:{timestamp}:{body}',
        key: { secretField: 'signingSecret' },
        timestamp: { from: { header: 'X-Slack-Request-Timestamp' }, unit: 'seconds', toleranceMs: 300_000 },
      },
      handshakes: [
        {
          method: 'POST',
          when: [{ value: { pointer: '/type' }, equals: 'url_verification' }],
          signed: true,
          answer: { echo: { pointer: '/challenge' } },
        },
      ],
      eventId: [{ pointer: '/event_id' }],
      eventType: [{ pointer: '/event/type' }],
      occurredAt: { value: { pointer: '/event_time' }, unit: 'seconds' },
      ack: { status: 200, withinMs: 3000 },
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
            key: 'botToken',
            required: true,
            description: 'Token of the installation, which OAuth gives when a workspace installs the app of the host.',
            envVar: 'SLACK_BOT_TOKEN',
          },
          {
            key: 'signingSecret',
            required: true,
            description: 'Signing secret of the app of the host.',
            envVar: 'SLACK_SIGNING_SECRET',
          },
          { key: 'clientId', description: 'Client id of the app of the host.', envVar: 'SLACK_CLIENT_ID' },
          { key: 'clientSecret', description: 'Its client secret.', envVar: 'SLACK_CLIENT_SECRET' },
          { key: 'refreshToken', description: 'Only with token rotation.' },
          { key: 'appToken', description: 'Only for Socket Mode.', envVar: 'SLACK_APP_TOKEN' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Create the app of the host and store its client id, client secret and signing secret in a secret backend of the host.',
          'Let each workspace install the app through the authorization URL.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'botToken', required: true, description: "Bot token of the tenant's own app." },
          { key: 'signingSecret', required: true, description: 'Its signing secret.' },
          { key: 'clientId', description: 'Only where tokens rotate.' },
          { key: 'clientSecret', description: 'Only where tokens rotate.' },
          { key: 'refreshToken', description: 'Only where tokens rotate.' },
          { key: 'appToken', description: 'Only for Socket Mode.' },
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
      url: 'https://docs.slack.dev/apis/web-api/rate-limits',
      checkedOn: CHECKED,
      facts: 'tiers, one message per second and channel, limits on history for unlisted apps',
    },
    {
      url: 'https://docs.slack.dev/authentication/using-token-rotation',
      checkedOn: CHECKED,
      facts: 'rotation of tokens, refresh tokens work once',
    },
    { url: 'https://docs.slack.dev/authentication/using-pkce', checkedOn: CHECKED, facts: 'PKCE is optional' },
    {
      url: 'https://www.npmjs.com/package/@slack/bolt',
      checkedOn: CHECKED,
      facts: 'signature, signed text, tolerance of five minutes (5.1.0)',
    },
    {
      url: 'https://www.npmjs.com/package/@slack/web-api',
      checkedOn: CHECKED,
      facts: 'base URL, answers to throttled requests (8.2.0)',
    },
    { url: 'https://www.npmjs.com/package/@slack/oauth', checkedOn: CHECKED, facts: 'OAuth URLs (4.0.0)' },
    { url: 'https://github.com/slackapi/slack-api-specs', checkedOn: CHECKED, facts: 'errors of auth.test' },
    { url: 'https://github.com/slackapi/slack-mcp-plugin', checkedOn: CHECKED, facts: 'MCP server' },
  ],
});

/** Adds the Slack spec to a registry, which is returned for chaining. */
export function registerMessagingSlackIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(messagingSlackIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.github.com/rest';
const CHECKED = '2026-11-23';

const BYOK_STEPS = [
  'Open https://github.com/settings/personal-access-tokens/new and start a fine-grained token.',
  'Choose the owner and only the repositories that are needed, and set an expiry date.',
  'Grant Issues and Pull requests read and write and Metadata read; Webhooks read and write only if hooks are to be registered.',
  'Create the token, copy it once and paste it here. A token of an organisation may need approval first.',
  'Choose a long random text as the webhook secret, set it on the hook with content type application/json, and paste it here.',
];

const CONFIG_FIELDS = [
  { key: 'defaultOwner', description: 'Owner for messages that name none.' },
  { key: 'defaultRepo', description: 'Repository for messages that name none.' },
  { key: 'apiBaseUrl', description: 'API of a GitHub Enterprise installation.' },
];

/**
 * GitHub: issue and pull-request comments as messages, driven by signed webhooks. A 403 is throttling only where
 * `Retry-After` or a used-up limit says so; otherwise a permission is missing.
 */
export const messagingGithubIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'messaging.github',
    version: '1.0.0',
    title: 'GitHub Messaging Bridge',
    description: 'Comments on issues and pull requests, driven by webhooks.',
    category: 'messaging',
    domain: 'developer-experience',
    stability: 'beta',
    owners: ['platform.messaging'],
    tags: ['messaging', 'github', 'pull-requests'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'messaging.inbound', version: '1.0.0' },
      { key: 'messaging.outbound', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        defaultOwner: {
          type: 'string',
          pattern: '^[A-Za-z0-9_-]{1,100}$',
          description: 'User or organisation for messages that name none.',
        },
        defaultRepo: {
          type: 'string',
          pattern: '^[A-Za-z0-9._-]{1,100}$',
          description: 'Repository for messages that name none.',
        },
        apiBaseUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^?#]+$',
          default: 'https://api.github.com',
          description:
            'Where the API is: https://api.{subdomain}.ghe.com with data residency, https://{host}/api/v3 on an Enterprise Server.',
        },
        appId: {
          type: 'string',
          pattern: '^[A-Za-z0-9.]+$',
          description: 'App id or client id of a GitHub App, the issuer of its tokens.',
        },
        installationId: { type: 'string', pattern: '^\\d+$', description: 'Installation of the GitHub App to act as.' },
      },
      dependentRequired: { appId: ['installationId'] },
    },
    example: { defaultOwner: 'example-org', defaultRepo: 'example-repo' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['token', 'webhookSecret'],
      properties: {
        token: {
          type: 'string',
          // No prefix and no length: tokens of installations have become long and hold dots and dashes.
          pattern: '^[!-~]+$',
          description:
            'Personal access token, user token, or the current token of an installation, which lives an hour.',
        },
        webhookSecret: { type: 'string', minLength: 1, description: 'Secret of the hook; verifies what GitHub sends.' },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Client id of the OAuth app or GitHub App.' },
        clientSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Its client secret.' },
        refreshToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Refresh token of a GitHub App user token. Works once and lives six months.',
        },
        privateKey: {
          type: 'string',
          pattern: '^-----BEGIN ',
          description:
            'Private key of the GitHub App in PEM (PKCS#1 or PKCS#8), from which installation tokens are made.',
        },
      },
      dependentRequired: { clientId: ['clientSecret'], clientSecret: ['clientId'] },
    },
    example: {
      token: 'github-token-placeholder',
      webhookSecret: 'webhook-secret-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.github.com',
      apiVersionHeader: 'X-GitHub-Api-Version',
      // Requests without a user agent are refused.
      defaultHeaders: { 'user-agent': 'mortise' },
      acceptContentTypes: ['application/vnd.github+json'],
      rateLimitHeaders: {
        limit: 'x-ratelimit-limit',
        remaining: 'x-ratelimit-remaining',
        reset: 'x-ratelimit-reset',
        resetFormat: 'epoch-seconds',
      },
      errors: {
        code: [{ pointer: '/errors/0/code' }],
        message: [{ pointer: '/message' }],
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403, header: { name: 'retry-after' } }, means: 'throttled' },
          { when: { status: 403, header: { name: 'x-ratelimit-remaining', equals: '0' } }, means: 'throttled' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 410 }, means: 'not_found' },
          { when: { status: 422 }, means: 'invalid_request' },
        ],
      },
      pagination: { style: 'link', items: '', sizeParam: 'per_page', maxSize: 100 },
    },
    {
      type: 'webhook',
      inbound: {
        signatureHeader: 'x-hub-signature-256',
        signingAlgorithm: 'hmac-sha256',
        registrationSupported: true,
      },
    },
    { type: 'sdk', packageName: 'octokit' },
    { type: 'mcp', transport: 'http', url: 'https://api.githubcopilot.com/mcp/' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'bearer', tokenField: 'token' },
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://github.com/login/oauth/authorize',
      tokenUrl: 'https://github.com/login/oauth/access_token',
      scopes: ['repo', 'read:org'],
      pkce: true,
      tokenField: 'token',
      refresh: { rotation: 'rotating' },
    },
    {
      type: 'service-account',
      credentialFormat: 'pem',
      credentialField: 'privateKey',
      grant: 'app-jwt',
      tokenUrl: 'https://api.github.com/app/installations/{installationId}/access_tokens',
      issuerField: 'appId',
      assertionLifetimeSeconds: 600,
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'x-hub-signature-256',
      secretField: 'webhookSecret',
    },
  ],
  versionPolicy: {
    currentVersion: '2026-03-10',
    supportedVersions: [
      { version: '2026-03-10', status: 'stable', releasedAt: '2026-03-10' },
      // A superseded version is kept for at least 24 months.
      { version: '2022-11-28', status: 'stable', releasedAt: '2022-11-28', sunsetDate: '2028-03-10' },
    ],
    versionHeader: 'X-GitHub-Api-Version',
  },
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      method: 'GET',
      // Costs nothing of the primary limit.
      path: '/rate_limit',
      expect: { status: 200, body: [{ pointer: '/resources/core/limit' }] },
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        // The limit of a caller without credentials.
        { when: { status: 200, body: [{ pointer: '/resources/core/limit', equals: 60 }] }, means: 'bad_credential' },
      ],
    },
  },
  docsUrl: DOCS,
  constraints: {
    rateLimit: { rph: 5000 },
    quotas: { concurrentRequests: 100, contentRequestsPerMinute: 80, contentRequestsPerHour: 500 },
  },
  byokSetup: {
    setupInstructions:
      'Create a fine-grained token for the repositories that are needed at https://github.com/settings/personal-access-tokens/new. Personal tokens can be made in the settings only.',
    requiredScopes: ['Issues: write', 'Pull requests: write', 'Metadata: read'],
    validationEndpoint: 'https://api.github.com/rate_limit',
    keyRotationSupported: false,
    quotaTrackingSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      verification: {
        scheme: 'signature',
        algorithm: 'hmac-sha256',
        signature: { header: 'X-Hub-Signature-256', prefix: 'sha256=', encoding: 'hex' },
        signed: '{body}',
        key: { secretField: 'webhookSecret' },
      },
      eventId: [{ header: 'X-GitHub-Delivery' }],
      eventType: [{ header: 'X-GitHub-Event' }, { pointer: '/action' }],
      ack: { status: 200, withinMs: 10_000 },
      registrationSupported: true,
    },
  ],
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: [
          ...CONFIG_FIELDS,
          { key: 'appId', description: 'GitHub App of the host.', envVar: 'GITHUB_APP_ID' },
          { key: 'installationId', description: "Its installation on the tenant's account." },
        ],
        secretFields: [
          {
            key: 'token',
            required: true,
            description: 'Current token of the installation or user; made from the app, never asked of a tenant.',
            envVar: 'GITHUB_TOKEN',
          },
          {
            key: 'webhookSecret',
            required: true,
            description: 'Secret of the hook of the app.',
            envVar: 'GITHUB_WEBHOOK_SECRET',
          },
          { key: 'privateKey', description: 'Private key of the GitHub App.', envVar: 'GITHUB_APP_PRIVATE_KEY' },
          { key: 'clientId', description: 'Client id of the app.', envVar: 'GITHUB_CLIENT_ID' },
          { key: 'clientSecret', description: 'Its client secret.', envVar: 'GITHUB_CLIENT_SECRET' },
          { key: 'refreshToken', description: 'Of a GitHub App user token.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Register a GitHub App, store its private key and webhook secret in a secret backend of the host, and let each tenant install it.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: [
          ...CONFIG_FIELDS,
          { key: 'appId', description: "The tenant's own GitHub App, where there is one." },
          { key: 'installationId', description: 'Its installation.' },
        ],
        secretFields: [
          { key: 'token', required: true, description: 'Token for the repositories that are needed.' },
          { key: 'webhookSecret', required: true, description: 'Secret of the hook.' },
          { key: 'privateKey', description: "Private key of the tenant's own GitHub App." },
          { key: 'clientId', description: "Client id of the tenant's own app." },
          { key: 'clientSecret', description: 'Its client secret.' },
          { key: 'refreshToken', description: 'Of a GitHub App user token.' },
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
      url: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
      checkedOn: CHECKED,
      facts: 'limits, headers, when a 403 is throttling',
    },
    {
      url: 'https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks',
      checkedOn: CHECKED,
      facts: 'ten seconds to answer, delivery id',
    },
    {
      url: 'https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
      checkedOn: CHECKED,
      facts: 'OAuth URLs and scopes',
    },
    {
      url: 'https://github.blog/changelog/2025-07-14-pkce-support-for-oauth-and-github-app-authentication',
      checkedOn: CHECKED,
      facts: 'PKCE',
    },
    {
      url: 'https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
      checkedOn: CHECKED,
      facts: 'refresh tokens',
    },
    {
      url: 'https://botbeat.news/news/github-releases-rest-api-version-2026-03-10-with-first-calendar-based-breaking-c-1767',
      checkedOn: CHECKED,
      facts: 'API version 2026-03-10 (secondary)',
    },
    {
      url: 'https://www.npmjs.com/package/@octokit/webhooks-methods',
      checkedOn: CHECKED,
      facts: 'signature (6.0.0)',
    },
    {
      url: 'https://www.npmjs.com/package/@octokit/openapi-types',
      checkedOn: CHECKED,
      facts: 'form of installation tokens, registration of hooks (29.0.1)',
    },
    { url: 'https://github.com/github/github-mcp-server', checkedOn: CHECKED, facts: 'MCP server' },
  ],
});

/** Adds the GitHub spec to a registry, which is returned for chaining. */
export function registerMessagingGithubIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(messagingGithubIntegrationSpec);
}

import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/';
const CHECKED = '2026-11-23';

const BYOK_STEPS = [
  'Decide on a service account or a user with only the needed project roles.',
  'Open https://id.atlassian.com/manage-profile/security/api-tokens and create an API token, with scopes if possible, and set its end date: none lives longer than a year.',
  'Paste the site URL or cloud id, the e-mail address of the account and the token.',
  'Note the end date, to replace the token before it.',
  'For events, let a Jira administrator create a webhook under System, WebHooks, with the given URL and a secret, and paste the secret.',
];

const CONFIG_FIELDS = [
  { key: 'cloudId', description: 'Id of the site, for OAuth and for tokens with scopes.' },
  { key: 'siteUrl', description: 'Address of the site, for classic tokens and links.' },
  { key: 'site', description: 'Name of the site, for classic tokens.' },
  { key: 'projectKey', description: 'Project for issues that name none.' },
  { key: 'issueType', description: 'Issue type for items that name none.' },
];

/**
 * Jira Cloud. OAuth tokens and API tokens with scopes work on the gateway, by cloud id; classic API tokens on the site
 * itself. The first transport is the gateway. A token that lacks a scope gets a 401, which no refresh mends.
 */
export const jiraIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'project-management.jira',
    version: '1.0.0',
    title: 'Jira Cloud',
    description: 'Work items of a Jira Cloud site.',
    category: 'project-management',
    domain: 'productivity',
    stability: 'beta',
    owners: ['@platform.integrations'],
    tags: ['project-management', 'jira'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'project-management.work-items', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        siteUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://[^/?#]+/?$',
          description: 'Address of the site, such as https://example.atlassian.net.',
        },
        site: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9-]*$',
          description: 'Part of the address before .atlassian.net; classic API tokens work there alone.',
        },
        cloudId: {
          type: 'string',
          format: 'uuid',
          description: 'Id of the site; a consent tells it under accessible-resources.',
        },
        projectKey: {
          type: 'string',
          pattern: '^[A-Z][A-Z0-9_]*$',
          description: 'Key of the project for items that name none.',
        },
        issueType: { type: 'string', minLength: 1, description: 'Name of the issue type for items that name none.' },
        defaultLabels: {
          type: 'array',
          items: { type: 'string', pattern: '^\\S+$' },
          uniqueItems: true,
          description: 'Labels put on every item.',
        },
        issueTypeMap: {
          type: 'object',
          additionalProperties: { type: 'string', minLength: 1 },
          description: 'Name of the issue type for each type of work item.',
        },
      },
      anyOf: [{ required: ['siteUrl'] }, { required: ['site'] }, { required: ['cloudId'] }],
    },
    example: { cloudId: '11223344-a1b2-4c3d-8e9f-112233445566', siteUrl: 'https://example.atlassian.net' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        email: { type: 'string', format: 'email', description: 'E-mail address of the account that the token is of.' },
        apiToken: {
          type: 'string',
          // Lengths differ and are not promised.
          pattern: '^[!-~]+$',
          description: 'API token, classic or with scopes. Ends after a year at most.',
        },
        accessToken: { type: 'string', pattern: '^[!-~]+$', description: 'OAuth access token. Lives an hour.' },
        refreshToken: { type: 'string', pattern: '^[!-~]+$', description: 'OAuth refresh token. Works once.' },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Client id of the OAuth (3LO) app.' },
        clientSecret: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Client secret of the app; signs the tokens that come with its webhooks.',
        },
        webhookSecret: {
          type: 'string',
          minLength: 1,
          description: 'Secret of a webhook that an administrator made; verifies what Jira sends.',
        },
      },
      anyOf: [
        { required: ['email', 'apiToken'] },
        { required: ['accessToken'] },
        { required: ['clientId', 'clientSecret'] },
      ],
    },
    example: { email: 'bot@example.com', apiToken: 'api-token-placeholder' },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://api.atlassian.com/ex/jira/{cloudId}',
      rateLimitHeaders: {
        limit: 'x-ratelimit-limit',
        remaining: 'x-ratelimit-remaining',
        reset: 'x-ratelimit-reset',
        resetFormat: 'iso',
      },
      errors: {
        code: [{ header: 'ratelimit-reason' }, { pointer: '/code' }],
        message: [{ pointer: '/errorMessages/0' }, { pointer: '/message' }],
        rules: [
          { when: { status: 401 }, means: 'bad_credential' },
          { when: { status: 403 }, means: 'missing_scope' },
          { when: { status: 429 }, means: 'throttled' },
          { when: { status: [502, 503, 504] }, means: 'unavailable' },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/issues',
        param: 'nextPageToken',
        sizeParam: 'maxResults',
        maxSize: 5000,
        cursor: { pointer: '/nextPageToken' },
      },
    },
    { type: 'rest', baseUrl: 'https://{site}.atlassian.net' },
    {
      type: 'webhook',
      inbound: { signatureHeader: 'x-hub-signature', signingAlgorithm: 'hmac-sha256', registrationSupported: true },
    },
    { type: 'mcp', transport: 'http', url: 'https://mcp.atlassian.com/v1/mcp/authv2' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    { type: 'basic', usernameField: 'email', passwordField: 'apiToken' },
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://auth.atlassian.com/authorize',
      tokenUrl: 'https://auth.atlassian.com/oauth/token',
      scopes: ['read:jira-work', 'write:jira-work', 'read:jira-user', 'manage:jira-webhook', 'offline_access'],
      bodyFormat: 'json',
      clientAuthentication: 'post',
      authorizationParams: { audience: 'api.atlassian.com', prompt: 'consent' },
      refresh: { rotation: 'rotating' },
    },
    {
      type: 'webhook-signing',
      algorithm: 'hmac-sha256',
      signatureHeader: 'x-hub-signature',
      secretField: 'webhookSecret',
    },
  ],
  versionPolicy: {
    currentVersion: '3',
    supportedVersions: [
      { version: '3', status: 'stable' },
      // The same resources, with plain text where version 3 has documents.
      { version: '2', status: 'stable' },
    ],
    versionInPath: true,
  },
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      method: 'GET',
      path: '/rest/api/{apiVersion}/myself',
      expect: { status: 200, body: [{ pointer: '/accountId' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions:
      "Create an API token at https://id.atlassian.com/manage-profile/security/api-tokens and hand it over with the e-mail address of its account. Atlassian's policy allows that for a customer's own use; a product for others is to offer one OAuth (3LO) app. Tokens are replaced by hand.",
    requiredScopes: ['read:jira-work', 'write:jira-work', 'read:jira-user'],
    keyRotationSupported: false,
    quotaTrackingSupported: true,
    provisioningSteps: BYOK_STEPS,
  },
  webhooks: [
    {
      // Either proof, by who registered the webhook: an administrator with a secret, or the OAuth app.
      verification: [
        {
          scheme: 'signature',
          algorithm: 'hmac-sha256',
          // The name has no -256, although it carries SHA-256.
          signature: { header: 'X-Hub-Signature', prefix: 'sha256=', encoding: 'hex' },
          signed: '{body}',
          key: { secretField: 'webhookSecret' },
        },
        { scheme: 'jwt', algorithm: 'HS256', key: { secretField: 'clientSecret' } },
      ],
      eventId: [{ header: 'X-Atlassian-Webhook-Identifier' }],
      eventType: [{ pointer: '/webhookEvent' }],
      occurredAt: { value: { pointer: '/timestamp' }, unit: 'ms' },
      ack: { status: 200, withinMs: 20_000 },
      registrationSupported: true,
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
            description: 'Client id of the OAuth (3LO) app of the host.',
            envVar: 'JIRA_CLIENT_ID',
          },
          { key: 'clientSecret', required: true, description: 'Its client secret.', envVar: 'JIRA_CLIENT_SECRET' },
          { key: 'accessToken', description: 'Token of the grant; OAuth gives it.' },
          { key: 'refreshToken', description: 'Refresh token of the grant; OAuth gives it.' },
          { key: 'email', description: 'Account of a site of the host itself.', envVar: 'JIRA_EMAIL' },
          { key: 'apiToken', description: 'Its API token.', envVar: 'JIRA_API_TOKEN' },
          { key: 'webhookSecret', description: 'Secret of its webhook.', envVar: 'JIRA_WEBHOOK_SECRET' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: [
          'Create one OAuth (3LO) app in the developer console and store its client id and secret in a secret backend of the host.',
          'Let each tenant consent, and take the cloud id from the accessible resources; an empty list means that no site was granted.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'email', required: true, description: "Account on the tenant's own site." },
          { key: 'apiToken', required: true, description: 'Its API token.' },
          { key: 'webhookSecret', description: 'Secret of the webhook that an administrator made.' },
          { key: 'clientId', description: "Client id of the tenant's own OAuth app, in place of the token." },
          { key: 'clientSecret', description: 'Its client secret.' },
          { key: 'accessToken', description: 'Token of its grant.' },
          { key: 'refreshToken', description: 'Refresh token of its grant.' },
        ],
        validationStrategy: 'provider-health',
        // No token lives longer than a year.
        rotation: { supported: false, recommendedIntervalDays: 330 },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://developer.atlassian.com/cloud/jira/platform/rate-limiting',
      checkedOn: CHECKED,
      facts: 'kinds of limits, RateLimit-Reason',
    },
    { url: 'https://jira.atlassian.com/browse/JRACLOUD-69262', checkedOn: CHECKED, facts: 'headers of limits' },
    {
      url: 'https://developer.atlassian.com/cloud/jira/software/oauth-2-3lo-apps/',
      checkedOn: CHECKED,
      facts: 'policy on API tokens and OAuth apps',
    },
    {
      url: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account',
      checkedOn: CHECKED,
      facts: 'life of API tokens, tokens with scopes, their address',
    },
    {
      url: 'https://github.com/sooperset/mcp-atlassian/issues/968',
      checkedOn: CHECKED,
      facts: 'tokens with scopes are refused on the site',
    },
    {
      url: 'https://www.npmjs.com/package/jira.js',
      checkedOn: CHECKED,
      facts: 'OAuth URLs, rotation, search pages, registration of webhooks (6.2.0, community)',
    },
    {
      url: 'https://developer.atlassian.com/cloud/jira/service-desk/webhooks/',
      checkedOn: CHECKED,
      facts: 'signature of webhooks',
    },
    { url: 'https://nango.dev/docs/api-integrations/jira/webhooks', checkedOn: CHECKED, facts: 'two kinds of proof' },
    { url: 'https://github.com/atlassian/atlassian-mcp-server', checkedOn: CHECKED, facts: 'MCP server' },
  ],
});

/** Adds the Jira spec to a registry, which is returned for chaining. */
export function registerJiraIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(jiraIntegrationSpec);
}

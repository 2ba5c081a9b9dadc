import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.google.com/workspace/gmail/api';
const CONSOLE = 'https://console.cloud.google.com/apis/credentials';

const BYOK_STEPS = [
  'Create or choose a Cloud project and enable the Gmail API.',
  'Set up the consent screen: Internal for a Workspace organisation, otherwise External and published, since grants of an app in Testing end after seven days.',
  'Add the scopes, create a web client with the given redirect URI, and copy its id and secret.',
  'For notices of changes, create a Pub/Sub topic in the same project, let Gmail publish to it, and add a push subscription with authentication to the given URL.',
  'Connect the mailbox through the consent page; or, for a Workspace domain, let a service account act for mailboxes (domain-wide delegation) and hand over its key file.',
];

const CONFIG_FIELDS = [
  { key: 'mailbox', description: 'Mailbox for which a service account acts.' },
  { key: 'labelIds', description: 'Labels to read.' },
  { key: 'includeSpamTrash', description: 'Whether spam and bin are read too.' },
  { key: 'webhookTopic', description: 'Pub/Sub topic for notices of changes.' },
  { key: 'pushAudience', description: 'Audience of the tokens that come with notices.' },
  { key: 'pushServiceAccount', description: 'Account in whose name notices come.' },
  { key: 'historyCursor', description: 'History id from which a first read goes on.' },
];

/**
 * Gmail: one mailbox, by the consent of its owner or by a service account of its Workspace domain. Limits count quota
 * units, not requests: a new Cloud project gets 6,000 for each user and minute, one that used the API before May 2026 keeps 15,000.
 */
export const gmailIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'email.gmail',
    version: '1.0.0',
    title: 'Google Gmail API',
    description: 'Reads, sends and watches the mail of a Gmail mailbox.',
    category: 'email',
    domain: 'communications',
    stability: 'beta',
    owners: ['platform.messaging'],
    tags: ['email', 'gmail'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'email.inbound', version: '1.0.0' },
      { key: 'email.outbound', version: '1.0.0' },
      { key: 'provider.delta.watch', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        mailbox: {
          type: 'string',
          format: 'email',
          description:
            'Mailbox for which a service account acts. Not needed with OAuth, where the grant belongs to a mailbox.',
        },
        labelIds: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          description: 'Ids of the labels to read. Absent: all mail.',
        },
        includeSpamTrash: { type: 'boolean', default: false, description: 'Whether spam and bin are read too.' },
        webhookTopic: {
          type: 'string',
          pattern: '^projects/[^/]+/topics/[^/]+$',
          description:
            'Pub/Sub topic to which Gmail publishes that the mailbox changed. It must be in the project of the OAuth client.',
        },
        pushAudience: {
          type: 'string',
          minLength: 1,
          description: 'Audience that the push subscription puts into its tokens.',
        },
        pushServiceAccount: {
          type: 'string',
          format: 'email',
          description: 'Service account of the push subscription, which its tokens name.',
        },
        historyCursor: {
          type: 'string',
          pattern: '^\\d{1,20}$',
          description:
            'History id from which the first read goes on: an unsigned 64-bit number as text. Later positions belong to the state of the sync, not here.',
        },
      },
    },
    example: {
      labelIds: ['INBOX'],
      includeSpamTrash: false,
      webhookTopic: 'projects/example-project/topics/gmail-changes',
      pushAudience: 'https://example.com/hooks/gmail',
      pushServiceAccount: 'push@example-project.iam.gserviceaccount.com',
    },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Id of the OAuth client.' },
        clientSecret: { type: 'string', pattern: '^[!-~]+$', description: 'Secret of the OAuth client.' },
        refreshToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description:
            'Refresh token of the grant. Absent: the grant is kept beside the connection. It ends after six months without use, when it is revoked, and when the password changes.',
        },
        accessToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Access token that is still good, where it is kept with the rest. Lives for an hour.',
        },
        redirectUri: {
          type: 'string',
          format: 'uri',
          description: 'Redirect URI with which the refresh token was issued.',
        },
        serviceAccountKey: {
          type: 'string',
          pattern: '^\\s*\\{[\\s\\S]*\\}\\s*$',
          description:
            'Text of the JSON key file of a service account with domain-wide delegation. A service account by itself has no mailbox.',
        },
      },
      anyOf: [{ required: ['clientId', 'clientSecret'] }, { required: ['serviceAccountKey'] }],
    },
    example: {
      clientId: '000000000000-example.apps.googleusercontent.com',
      clientSecret: 'client-secret-placeholder',
      refreshToken: 'refresh-token-placeholder',
      accessToken: 'access-token-placeholder',
      redirectUri: 'https://example.com/oauth/callback',
      serviceAccountKey: '{"type":"service_account","client_email":"mail@example-project.iam.gserviceaccount.com"}',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://gmail.googleapis.com/gmail/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      errors: {
        code: [{ pointer: '/error/errors/0/reason' }, { pointer: '/error/status' }],
        message: [{ pointer: '/error/message' }],
        rules: [
          {
            when: {
              status: 403,
              body: [
                {
                  pointer: '/error/errors/*/reason',
                  oneOf: ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded'],
                },
              ],
            },
            means: 'throttled',
          },
          {
            when: { status: 403, body: [{ pointer: '/error/errors/*/reason', equals: 'dailyLimitExceeded' }] },
            means: 'quota_exhausted',
          },
          {
            when: { status: 403, body: [{ pointer: '/error/errors/*/reason', equals: 'insufficientPermissions' }] },
            means: 'missing_scope',
          },
          {
            when: {
              status: 403,
              body: [{ pointer: '/error/errors/*/reason', oneOf: ['accessNotConfigured', 'domainPolicy'] }],
            },
            means: 'misconfigured',
          },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/messages',
        param: 'pageToken',
        cursor: { pointer: '/nextPageToken' },
        sizeParam: 'maxResults',
      },
    },
    { type: 'mcp', transport: 'http', url: 'https://gmailmcp.googleapis.com/mcp/v1' },
    { type: 'sdk', packageName: '@googleapis/gmail', runtime: 'node' },
    { type: 'sdk', packageName: 'googleapis', runtime: 'node' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      revocationUrl: 'https://oauth2.googleapis.com/revoke',
      introspectionUrl: 'https://oauth2.googleapis.com/tokeninfo',
      pkce: true,
      clientAuthentication: 'post',
      bodyFormat: 'form',
      scopes: ['https://www.googleapis.com/auth/gmail.modify'],
      // Without both there is no refresh token, or none on a second consent.
      authorizationParams: { access_type: 'offline', prompt: 'consent' },
      refresh: { rotation: 'reusable' },
    },
    {
      type: 'service-account',
      credentialFormat: 'json-key',
      credentialField: 'serviceAccountKey',
      grant: 'jwt-bearer',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      audience: 'https://oauth2.googleapis.com/token',
      scopes: ['https://www.googleapis.com/auth/gmail.modify'],
      subjectField: 'mailbox',
      assertionLifetimeSeconds: 3600,
    },
  ],
  versionPolicy: {
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  webhooks: [
    {
      // The token proves that Google's Pub/Sub calls for our subscription; the body says only that something changed.
      verification: {
        scheme: 'jwt',
        algorithm: 'RS256',
        key: { keySetUrl: 'https://www.googleapis.com/oauth2/v3/certs', format: 'jwks' },
        issuer: 'https://accounts.google.com',
        audienceField: 'pushAudience',
        claimFields: { email: 'pushServiceAccount' },
        claims: { email_verified: true },
      },
      eventId: [{ pointer: '/message/messageId' }],
      occurredAt: { value: { pointer: '/message/publishTime' }, unit: 'iso' },
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      path: '/users/me/profile',
      expect: { status: 200, body: [{ pointer: '/emailAddress' }, { pointer: '/historyId' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  constraints: {
    quotas: { quotaUnitsPerMinutePerProject: 1_200_000, quotaUnitsPerMinutePerUser: 6_000 },
  },
  byokSetup: {
    setupInstructions: `Create an OAuth client in a Cloud project of your own, at ${CONSOLE}. Where mail is only read, gmail.readonly is enough, and where it is only sent, gmail.send. Apps for the public that read mail are reviewed by Google.`,
    requiredScopes: ['https://www.googleapis.com/auth/gmail.modify'],
    validationEndpoint: 'https://gmail.googleapis.com/gmail/v1/users/me/profile',
    keyRotationSupported: false,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'clientId', description: "Id of the host's own OAuth client.", envVar: 'GOOGLE_CLIENT_ID' },
          { key: 'clientSecret', description: 'Its secret.', envVar: 'GOOGLE_CLIENT_SECRET' },
          { key: 'refreshToken', description: 'Refresh token of a grant.', envVar: 'GOOGLE_REFRESH_TOKEN' },
          { key: 'accessToken', description: 'Access token of a grant.' },
          { key: 'redirectUri', description: 'Redirect URI of the client.' },
          {
            key: 'serviceAccountKey',
            description: "Key file of the host's own service account, in place of a client.",
          },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: false },
        setupSteps: [
          'Register an OAuth client of the host and store its id and secret in a secret backend of the host.',
        ],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'clientId', description: "Id of the tenant's own OAuth client." },
          { key: 'clientSecret', description: 'Its secret.' },
          { key: 'refreshToken', description: 'Refresh token of a grant, where the tenant brings one.' },
          { key: 'accessToken', description: 'Access token of a grant.' },
          { key: 'redirectUri', description: 'Redirect URI of the client.' },
          { key: 'serviceAccountKey', description: "Key file of the tenant's service account, in place of a client." },
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
      url: 'https://developers.google.com/workspace/gmail/api/reference/quota',
      checkedOn: '2026-11-23',
      facts: 'limits in quota units before and after 2026-05-01, throttle statuses',
    },
    {
      url: 'https://www.npmjs.com/package/@googleapis/gmail',
      checkedOn: '2026-11-23',
      facts: 'host, version, watch, paging parameters, scopes (version 22.0.1)',
    },
    {
      url: 'https://www.npmjs.com/package/google-auth-library',
      checkedOn: '2026-11-23',
      facts: 'OAuth addresses, key file, names of environment variables, life of an assertion (version 11.3.4)',
    },
    {
      url: 'https://developers.google.com/identity/protocols/oauth2',
      checkedOn: '2026-11-23',
      facts: 'when refresh tokens end',
    },
    {
      url: 'https://developers.google.com/workspace/guides/configure-mcp-servers',
      checkedOn: '2026-11-23',
      facts: 'MCP server',
    },
  ],
});

/** Adds the Gmail spec to a registry, which is returned for chaining. */
export function registerGmailIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(gmailIntegrationSpec);
}

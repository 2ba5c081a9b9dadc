import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://developers.google.com/workspace/calendar/api';
const CONSOLE = 'https://console.cloud.google.com/apis/credentials';
const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const SCOPES = [
  'https://www.googleapis.com/auth/calendar.events',
  'https://www.googleapis.com/auth/calendar.calendarlist.readonly',
];

const BYOK_STEPS = [
  'Create or choose a Cloud project and enable the Google Calendar API, whose service is called calendar-json.googleapis.com.',
  'Set up the consent screen with the calendar scopes: Internal for a Workspace organisation, otherwise External and published.',
  'Create a web client with the given redirect URI, copy its id and secret, and connect the account through the consent page.',
  'Or create a service account, share the calendars with its address, and hand over its key; to invite people it must act for a user.',
  'For notices of changes, make sure that the receiver has a valid public certificate.',
];

const CONFIG_FIELDS = [
  { key: 'calendarId', description: 'Calendar for calls that name none.' },
  { key: 'timeZone', description: 'Zone in which the provider answers.' },
  { key: 'notificationAddress', description: 'Receiver of notices.' },
  { key: 'subject', description: 'User for whom a service account acts.' },
];

const serviceAccount = {
  type: 'service-account',
  grant: 'jwt-bearer',
  // Given here, so that a key file cannot send its assertion elsewhere.
  tokenUrl: TOKEN_URL,
  audience: TOKEN_URL,
  scopes: SCOPES,
  subjectField: 'subject',
  assertionLifetimeSeconds: 3600,
} as const;

/** Google Calendar: the calendars of an account, by consent, or those that are shared with a service account. */
export const googleCalendarIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'calendar.google',
    version: '1.0.0',
    title: 'Google Calendar API',
    description: 'Reads, creates, changes and watches events of Google Calendar.',
    category: 'calendar',
    domain: 'productivity',
    stability: 'beta',
    owners: ['platform.messaging'],
    tags: ['calendar', 'google'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'calendar.events', version: '1.0.0' },
      { key: 'provider.delta.watch', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        calendarId: {
          type: 'string',
          minLength: 1,
          default: 'primary',
          description: 'Calendar for calls that name none. primary is that of the account, also of a service account.',
        },
        timeZone: {
          type: 'string',
          pattern: '^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$',
          description: 'IANA zone in which the provider answers. Absent: that of the calendar.',
        },
        notificationAddress: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Https address to which notices of changes go.',
        },
        subject: {
          type: 'string',
          format: 'email',
          description: 'User for whom a service account acts, where the Workspace domain allows it.',
        },
      },
    },
    example: {
      calendarId: 'primary',
      timeZone: 'Europe/Paris',
      notificationAddress: 'https://example.com/hooks/calendar',
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
          description: 'Refresh token of the grant. Absent: the grant is kept beside the connection.',
        },
        accessToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Access token that is still good, where it is kept with the rest. Lives for an hour.',
        },
        clientEmail: { type: 'string', format: 'email', description: 'Address of a service account.' },
        privateKey: {
          type: 'string',
          pattern: '^-----BEGIN PRIVATE KEY-----',
          description: 'Private key of the service account, in PEM.',
        },
        projectId: { type: 'string', minLength: 1, description: 'Project of the service account.' },
        serviceAccountKey: {
          type: 'string',
          pattern: '^\\s*\\{[\\s\\S]*\\}\\s*$',
          description: 'Text of the JSON key file of a service account, in place of clientEmail and privateKey.',
        },
        channelToken: {
          type: 'string',
          minLength: 16,
          description: 'Random text of our own that comes back with each notice.',
        },
      },
      anyOf: [
        { required: ['clientId', 'clientSecret'] },
        { required: ['clientEmail', 'privateKey'] },
        { required: ['serviceAccountKey'] },
      ],
    },
    example: {
      clientId: '000000000000-example.apps.googleusercontent.com',
      clientSecret: 'client-secret-placeholder',
      refreshToken: 'refresh-token-placeholder',
      accessToken: 'access-token-placeholder',
      clientEmail: 'calendar@example-project.iam.gserviceaccount.com',
      privateKey: '-----BEGIN PRIVATE KEY-----\nplaceholder\n-----END PRIVATE KEY-----\n',
      projectId: 'example-project',
      serviceAccountKey: '{"type":"service_account","client_email":"calendar@example-project.iam.gserviceaccount.com"}',
      channelToken: 'channel-token-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://www.googleapis.com/calendar/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      errors: {
        code: [{ pointer: '/error/errors/0/reason' }],
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
            when: {
              status: 403,
              body: [
                {
                  pointer: '/error/errors/*/reason',
                  oneOf: ['insufficientPermissions', 'forbiddenForNonOrganizer'],
                },
              ],
            },
            means: 'missing_scope',
          },
          {
            when: { status: 403, body: [{ pointer: '/error/errors/*/reason', equals: 'accessNotConfigured' }] },
            means: 'misconfigured',
          },
        ],
      },
      pagination: {
        style: 'cursor',
        items: '/items',
        param: 'pageToken',
        cursor: { pointer: '/nextPageToken' },
        sizeParam: 'maxResults',
      },
    },
    { type: 'mcp', transport: 'http', url: 'https://calendarmcp.googleapis.com/mcp/v1' },
    { type: 'sdk', packageName: '@googleapis/calendar', runtime: 'node' },
    { type: 'sdk', packageName: 'googleapis', runtime: 'node' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    {
      type: 'oauth2',
      grantType: 'authorization_code',
      authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: TOKEN_URL,
      revocationUrl: 'https://oauth2.googleapis.com/revoke',
      introspectionUrl: 'https://oauth2.googleapis.com/tokeninfo',
      pkce: true,
      clientAuthentication: 'post',
      bodyFormat: 'form',
      scopes: SCOPES,
      // Without both there is no refresh token, or none on a second consent.
      authorizationParams: { access_type: 'offline', prompt: 'consent' },
      refresh: { rotation: 'reusable' },
    },
    { ...serviceAccount, credentialFormat: 'json-key', credentialField: 'serviceAccountKey' },
    { ...serviceAccount, credentialFormat: 'pem', credentialField: 'privateKey', issuerField: 'clientEmail' },
  ],
  versionPolicy: {
    currentVersion: 'v3',
    supportedVersions: [{ version: 'v3', status: 'stable' }],
    versionInPath: true,
  },
  webhooks: [
    {
      // Nothing is signed and the body is empty: a notice says to read the changes. The first one of a channel only says sync.
      verification: { scheme: 'token', from: { header: 'X-Goog-Channel-Token' }, secretField: 'channelToken' },
      eventId: [{ header: 'X-Goog-Channel-ID' }, { header: 'X-Goog-Message-Number' }],
      eventType: [{ header: 'X-Goog-Resource-State' }],
      registrationSupported: true,
    },
  ],
  healthCheck: {
    method: 'custom',
    timeoutMs: 4000,
    request: {
      path: '/users/me/calendarList?maxResults=1',
      expect: { status: 200, body: [{ pointer: '/kind', equals: 'calendar#calendarList' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  constraints: {
    quotas: { requestsPerMinutePerProject: 10_000, requestsPerMinutePerUser: 600 },
  },
  byokSetup: {
    setupInstructions: `Create an OAuth client in a Cloud project of your own, at ${CONSOLE}, or share calendars with a service account. Where events are only read, calendar.events.readonly is enough.`,
    requiredScopes: SCOPES,
    validationEndpoint: 'https://www.googleapis.com/calendar/v3/users/me/calendarList?maxResults=1',
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
          { key: 'clientEmail', description: "Address of the host's own service account." },
          { key: 'privateKey', description: 'Its private key.' },
          { key: 'projectId', description: 'Its project.' },
          { key: 'serviceAccountKey', description: 'Its key file, in place of the two.' },
          { key: 'channelToken', description: 'Random text for notices.' },
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
          { key: 'clientEmail', description: "Address of the tenant's service account." },
          { key: 'privateKey', description: 'Its private key.' },
          { key: 'projectId', description: 'Its project.' },
          { key: 'serviceAccountKey', description: 'Its key file, in place of the two.' },
          { key: 'channelToken', description: 'Random text for notices.' },
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
      url: 'https://developers.google.com/workspace/calendar/api/guides/quota',
      checkedOn: '2026-11-23',
      facts: 'limits of projects that are new since 2026-05-01, throttle statuses',
    },
    {
      url: 'https://developers.google.com/workspace/calendar/api/guides/push',
      checkedOn: '2026-11-23',
      facts: 'channels and their headers',
    },
    {
      url: 'https://www.npmjs.com/package/@googleapis/calendar',
      checkedOn: '2026-11-23',
      facts: 'host, version, paging parameters, sync tokens, channels, scopes (version 20.0.1)',
    },
    {
      url: 'https://www.npmjs.com/package/google-auth-library',
      checkedOn: '2026-11-23',
      facts: 'OAuth addresses (version 11.3.4)',
    },
    {
      url: 'https://developers.google.com/workspace/guides/configure-mcp-servers',
      checkedOn: '2026-11-23',
      facts: 'MCP server',
    },
  ],
});

/** Adds the Google Calendar spec to a registry, which is returned for chaining. */
export function registerGoogleCalendarIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(googleCalendarIntegrationSpec);
}

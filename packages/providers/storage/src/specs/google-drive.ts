import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';
import { googleErrors, googleOAuth, googleServiceAccount } from './google/google-auth.ts';

const DOCS = 'https://developers.google.com/workspace/drive/api';
const CONSOLE = 'https://console.cloud.google.com/apis/credentials';
const SCOPES = ['https://www.googleapis.com/auth/drive.readonly'];

const BYOK_STEPS = [
  'Create or choose a Cloud project and enable the Google Drive API.',
  'Set up the consent screen: Internal for a Workspace organisation, otherwise External and published.',
  'Choose the scope drive.file with the Picker where that is enough: apps that read everything are reviewed by Google.',
  'Create a web client with the given redirect URI, copy its id and secret, and connect the account through the consent page.',
  'Or create a service account, share the folders or the shared drive with its address, and hand over its key.',
];

const CONFIG_FIELDS = [
  { key: 'driveId', description: 'Shared drive to read.' },
  { key: 'rootFolderId', description: 'Folder beneath which files are read.' },
  { key: 'query', description: 'Search in the syntax of Drive.' },
  { key: 'includeItemsFromAllDrives', description: 'Whether files of shared drives are read too.' },
  { key: 'webhookUrl', description: 'Receiver of notices.' },
  { key: 'subject', description: 'User for whom a service account acts.' },
];

/**
 * Google Drive: the files of an account or of shared drives, by consent or by a service account. Limits count quota units: reading costs 5,
 * a list 100, a download 200.
 */
export const googleDriveIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'storage.google-drive',
    version: '1.0.0',
    title: 'Google Drive API',
    description: 'Finds, reads and watches files of Google Drive.',
    category: 'storage',
    domain: 'productivity',
    stability: 'beta',
    owners: ['platform.integrations'],
    tags: ['storage', 'google-drive', 'knowledge'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: {
    provides: [
      { key: 'storage.objects', version: '1.0.0' },
      { key: 'storage.files', version: '1.0.0' },
      { key: 'knowledge.ingestion.drive', version: '1.0.0' },
      { key: 'provider.delta.watch', version: '1.0.0' },
    ],
  },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        driveId: { type: 'string', pattern: '^[A-Za-z0-9_-]+$', description: 'Id of the shared drive to read.' },
        rootFolderId: {
          type: 'string',
          pattern: '^[A-Za-z0-9_-]+$',
          description: 'Id of the folder beneath which files are read.',
        },
        query: {
          type: 'string',
          minLength: 1,
          description: 'Search in the syntax of Drive that says which files are read.',
        },
        includeItemsFromAllDrives: {
          type: 'boolean',
          default: false,
          description: 'Whether files of shared drives are read too.',
        },
        webhookUrl: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description: 'Https address to which notices go, with a valid public certificate.',
        },
        subject: {
          type: 'string',
          format: 'email',
          description: 'User for whom a service account acts, where the Workspace domain allows it.',
        },
      },
    },
    example: {
      query: 'trashed = false',
      includeItemsFromAllDrives: true,
      webhookUrl: 'https://example.com/hooks/drive',
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
      clientEmail: 'drive@example-project.iam.gserviceaccount.com',
      privateKey: '-----BEGIN PRIVATE KEY-----\nplaceholder\n-----END PRIVATE KEY-----\n',
      serviceAccountKey: '{"type":"service_account","client_email":"drive@example-project.iam.gserviceaccount.com"}',
      channelToken: 'channel-token-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://www.googleapis.com/drive/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      errors: googleErrors({
        throttled: ['userRateLimitExceeded', 'rateLimitExceeded', 'sharingRateLimitExceeded'],
        missingScope: ['insufficientFilePermissions', 'insufficientPermissions', 'appNotAuthorizedToFile'],
        quotaExhausted: ['storageQuotaExceeded'],
      }),
      pagination: {
        style: 'cursor',
        items: '/files',
        param: 'pageToken',
        cursor: { pointer: '/nextPageToken' },
        sizeParam: 'pageSize',
      },
    },
    { type: 'mcp', transport: 'http', url: 'https://drivemcp.googleapis.com/mcp/v1' },
    { type: 'sdk', packageName: '@googleapis/drive', runtime: 'node' },
    { type: 'sdk', packageName: 'googleapis', runtime: 'node' },
  ],
  preferredTransport: 'rest',
  supportedAuthMethods: [
    googleOAuth(SCOPES),
    googleServiceAccount(SCOPES, {
      credentialFormat: 'json-key',
      credentialField: 'serviceAccountKey',
      subjectField: 'subject',
    }),
    googleServiceAccount(SCOPES, {
      credentialFormat: 'pem',
      credentialField: 'privateKey',
      issuerField: 'clientEmail',
      subjectField: 'subject',
    }),
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
      path: '/about?fields=user(emailAddress,permissionId)',
      expect: { status: 200, body: [{ pointer: '/user/emailAddress' }] },
      rules: [{ when: { status: 401 }, means: 'bad_credential' }],
    },
  },
  docsUrl: DOCS,
  constraints: {
    quotas: { quotaUnitsPerMinutePerProject: 1_000_000, quotaUnitsPerMinutePerUser: 325_000 },
  },
  byokSetup: {
    setupInstructions: `Create an OAuth client in a Cloud project of your own, at ${CONSOLE}, or share folders with a service account, which has no storage that is of use.`,
    requiredScopes: SCOPES,
    validationEndpoint: 'https://www.googleapis.com/drive/v3/about?fields=user(emailAddress,permissionId)',
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
      url: 'https://developers.google.com/workspace/drive/api/guides/limits',
      checkedOn: '2026-11-23',
      facts: 'limits in quota units, cost of calls, throttle statuses',
    },
    {
      url: 'https://www.npmjs.com/package/@googleapis/drive',
      checkedOn: '2026-11-23',
      facts: 'host, version, paging parameters, changes, scopes (version 26.0.1)',
    },
    {
      url: 'https://www.npmjs.com/package/google-auth-library',
      checkedOn: '2026-11-23',
      facts: 'OAuth addresses, key file, environment variables (version 11.3.4)',
    },
    {
      url: 'https://developers.google.com/workspace/calendar/api/guides/push',
      checkedOn: '2026-11-23',
      facts: 'channels and their headers, which both products share',
    },
    {
      url: 'https://developers.google.com/workspace/guides/configure-mcp-servers',
      checkedOn: '2026-11-23',
      facts: 'MCP server',
    },
  ],
});

/** Adds the Google Drive spec to a registry, which is returned for chaining. */
export function registerGoogleDriveIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(googleDriveIntegrationSpec);
}

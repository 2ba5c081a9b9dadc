import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';
import { googleErrors, googleOAuth, googleServiceAccount } from './google/google-auth.ts';

const DOCS = 'https://cloud.google.com/storage/docs';
const CONSOLE = 'https://console.cloud.google.com/iam-admin/serviceaccounts';
const SCOPES = ['https://www.googleapis.com/auth/devstorage.read_write'];

const BYOK_STEPS = [
  'Create a bucket with uniform bucket-level access.',
  'Create a service account and let it administer objects of that bucket only.',
  'Create a JSON key for it. Organisations may forbid such keys: then connect through the consent page instead.',
  'Paste the text of the key file and the name of the bucket, and run the connection check.',
  'For notices of changes, create a Pub/Sub topic and let the storage service agent of the project publish to it.',
];

const CONFIG_FIELDS = [
  { key: 'bucket', required: true, description: 'Bucket that holds the objects.' },
  { key: 'prefix', description: 'Text with which every key begins.' },
  { key: 'projectId', description: 'Project of the bucket.' },
];

/**
 * Google Cloud Storage by its JSON API. The secret is the key file itself, member by member, or its text in `serviceAccountKey`, or an
 * OAuth client. Without any of them nothing is sent: credentials of the machine are never used in their place.
 */
export const gcsStorageIntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'storage.gcs',
    version: '1.0.0',
    title: 'Google Cloud Storage Buckets',
    description: 'Stores objects in a bucket of Google Cloud Storage.',
    category: 'storage',
    domain: 'infrastructure',
    stability: 'beta',
    owners: ['platform.infrastructure'],
    tags: ['storage', 'gcs', 'google-cloud'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'storage.objects', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['bucket'],
      properties: {
        bucket: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9._-]+[a-z0-9]$',
          description: 'Bucket that holds the objects.',
        },
        prefix: { type: 'string', description: 'Text with which every key begins, such as tenants/42/.' },
        projectId: {
          type: 'string',
          minLength: 1,
          description: 'Project of the bucket, needed only to list or create buckets. A key file names it too.',
        },
      },
    },
    example: { bucket: 'example-bucket', prefix: 'tenants/42/' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      properties: {
        type: { const: 'service_account', type: 'string', description: 'Kind of credential, as in the key file.' },
        client_email: { type: 'string', format: 'email', description: 'Address of the service account.' },
        private_key: {
          type: 'string',
          pattern: '^-----BEGIN PRIVATE KEY-----',
          description: 'Private key of the service account, in PEM.',
        },
        private_key_id: { type: 'string', minLength: 1, description: 'Id of the key.' },
        project_id: { type: 'string', minLength: 1, description: 'Project of the service account.' },
        client_id: { type: 'string', description: 'Number of the service account. Not used.' },
        auth_uri: { type: 'string', description: 'As in the key file. Not used.' },
        token_uri: { type: 'string', description: 'As in the key file. Not used: tokens come from Google alone.' },
        auth_provider_x509_cert_url: { type: 'string', description: 'As in the key file. Not used.' },
        client_x509_cert_url: { type: 'string', description: 'As in the key file. Not used.' },
        universe_domain: { type: 'string', description: 'As in the key file. Not used.' },
        serviceAccountKey: {
          type: 'string',
          pattern: '^\\s*\\{[\\s\\S]*\\}\\s*$',
          description: 'Text of the whole key file, in place of its members.',
        },
        clientId: { type: 'string', pattern: '^[!-~]+$', description: 'Id of an OAuth client, in place of a key.' },
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
      },
      anyOf: [
        { required: ['type', 'client_email', 'private_key'] },
        { required: ['serviceAccountKey'] },
        { required: ['clientId', 'clientSecret'] },
      ],
    },
    example: {
      type: 'service_account',
      project_id: 'example-project',
      client_email: 'storage@example-project.iam.gserviceaccount.com',
      private_key: '-----BEGIN PRIVATE KEY-----\nplaceholder\n-----END PRIVATE KEY-----\n',
      clientId: '000000000000-example.apps.googleusercontent.com',
      clientSecret: 'client-secret-placeholder',
      refreshToken: 'refresh-token-placeholder',
      accessToken: 'access-token-placeholder',
    },
  },
  transports: [
    {
      type: 'rest',
      baseUrl: 'https://storage.googleapis.com/storage/{apiVersion}',
      defaultHeaders: { accept: 'application/json' },
      errors: googleErrors({ throttled: [], missingScope: [] }),
      pagination: {
        style: 'cursor',
        items: '/items',
        param: 'pageToken',
        cursor: { pointer: '/nextPageToken' },
        sizeParam: 'maxResults',
      },
    },
    { type: 'sdk', packageName: '@google-cloud/storage', minVersion: '7.0.0', runtime: 'node' },
    { type: 'mcp', transport: 'http', url: 'https://storage.googleapis.com/storage/mcp' },
  ],
  preferredTransport: 'sdk',
  supportedAuthMethods: [googleServiceAccount(SCOPES, { credentialFormat: 'json-key' }), googleOAuth(SCOPES)],
  versionPolicy: {
    currentVersion: 'v1',
    supportedVersions: [{ version: 'v1', status: 'stable' }],
    versionInPath: true,
  },
  healthCheck: {
    method: 'ping',
    timeoutMs: 4000,
    request: {
      // The bucket itself needs a permission that those who may use its objects lack. An empty bucket answers without items.
      path: '/b/{bucket}/o?maxResults=1&fields=items(name)',
      expect: { status: 200 },
      rules: [
        { when: { status: 401 }, means: 'bad_credential' },
        { when: { status: 403 }, means: 'missing_scope' },
        { when: { status: 404 }, means: 'misconfigured' },
      ],
    },
  },
  docsUrl: DOCS,
  byokSetup: {
    setupInstructions: `Create a service account with the object-admin role on the bucket, at ${CONSOLE}, and hand over its JSON key. Keys are replaced through the IAM API: create one, then disable and delete the old one.`,
    requiredScopes: SCOPES,
    keyRotationSupported: true,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS.map((field) =>
          field.key === 'bucket' ? { ...field, envVar: 'GCS_BUCKET' } : field,
        ),
        secretFields: [
          { key: 'type', description: 'Kind of credential.' },
          { key: 'client_email', description: "Address of the host's own service account." },
          { key: 'private_key', description: 'Its private key.' },
          { key: 'private_key_id', description: 'Id of the key.' },
          { key: 'project_id', description: 'Its project.', envVar: 'GOOGLE_CLOUD_PROJECT' },
          { key: 'serviceAccountKey', description: 'Text of the whole key file, in place of its members.' },
          { key: 'clientId', description: "Id of the host's own OAuth client.", envVar: 'GOOGLE_CLIENT_ID' },
          { key: 'clientSecret', description: 'Its secret.', envVar: 'GOOGLE_CLIENT_SECRET' },
          { key: 'refreshToken', description: 'Refresh token of a grant.', envVar: 'GOOGLE_REFRESH_TOKEN' },
          { key: 'accessToken', description: 'Access token of a grant.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Create a service account of the host and store its key file in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'type', description: 'Kind of credential.' },
          { key: 'client_email', description: "Address of the tenant's service account." },
          { key: 'private_key', description: 'Its private key.' },
          { key: 'private_key_id', description: 'Id of the key.' },
          { key: 'project_id', description: 'Its project.' },
          { key: 'serviceAccountKey', description: 'Text of the whole key file, in place of its members.' },
          { key: 'clientId', description: "Id of the tenant's own OAuth client." },
          { key: 'clientSecret', description: 'Its secret.' },
          { key: 'refreshToken', description: 'Refresh token of a grant.' },
          { key: 'accessToken', description: 'Access token of a grant.' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: BYOK_STEPS,
        docsUrl: DOCS,
      },
    },
  },
  sources: [
    {
      url: 'https://www.npmjs.com/package/@google-cloud/storage',
      checkedOn: '2026-11-23',
      facts: 'classes of errors and retries, conditions (version 8.4.0)',
    },
    {
      url: 'https://www.npmjs.com/package/@googleapis/storage',
      checkedOn: '2026-11-23',
      facts: 'host, version, paging parameters, scopes (version 21.2.0)',
    },
    {
      url: 'https://www.npmjs.com/package/google-auth-library',
      checkedOn: '2026-11-23',
      facts: 'key file, OAuth addresses, life of an assertion, environment variables (version 11.3.4)',
    },
    { url: 'https://docs.cloud.google.com/storage/quotas', checkedOn: '2026-11-23', facts: 'no quota of stored bytes' },
    { url: 'https://github.com/google/mcp', checkedOn: '2026-11-23', facts: 'MCP server' },
  ],
});

/** Adds the Google Cloud Storage spec to a registry, which is returned for chaining. */
export function registerGcsStorageIntegration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(gcsStorageIntegrationSpec);
}

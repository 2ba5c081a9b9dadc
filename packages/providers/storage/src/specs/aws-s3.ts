import { defineShippedIntegration, type IntegrationSpecRegistry } from '@mortise/core';

const DOCS = 'https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html';
const CONSOLE = 'https://console.aws.amazon.com/s3';

const BYOK_STEPS = [
  'Create a bucket in the wanted region with public access blocked.',
  'Create an IAM user of its own, with a policy limited to that bucket and prefix: listing the bucket, and reading, writing and deleting its objects.',
  'Add a CORS rule if browsers are to upload by signed links.',
  'Create an access key for the user.',
  'Enter region, bucket and key pair here and run the connection check.',
];

const CONFIG_FIELDS = [
  { key: 'region', required: true, description: 'Region of the bucket.' },
  { key: 'bucket', required: true, description: 'Bucket that holds the objects.' },
  { key: 'prefix', description: 'Text with which every key begins.' },
  { key: 'endpoint', description: 'Address of a store that speaks the same protocol.' },
  { key: 'forcePathStyle', description: 'Whether the bucket stands in the path.' },
  { key: 'expectedBucketOwner', description: 'Account to which the bucket must belong.' },
];

/**
 * Amazon S3, and stores that speak its protocol, by an SDK. There is no REST transport here: requests are signed with the key
 * pair (Signature Version 4), and neither part of it is ever sent. `basic` says which fields the pair stands in, as for a database.
 */
export const awsS3IntegrationSpec = defineShippedIntegration({
  meta: {
    key: 'storage.aws-s3',
    version: '1.0.0',
    title: 'Amazon S3',
    description: 'Stores objects in a bucket of Amazon S3 or of a store that speaks its protocol.',
    category: 'storage',
    domain: 'infrastructure',
    stability: 'experimental',
    owners: ['platform.infrastructure'],
    tags: ['storage', 's3', 'aws'],
  },
  supportedModes: ['managed', 'byok'],
  capabilities: { provides: [{ key: 'storage.objects', version: '1.0.0' }] },
  configSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['region', 'bucket'],
      properties: {
        region: { type: 'string', pattern: '^[a-z0-9-]+$', description: 'Region of the bucket, such as eu-central-1.' },
        bucket: {
          type: 'string',
          pattern: '^[a-z0-9][a-z0-9.-]*[a-z0-9]$',
          description: 'Bucket that holds the objects.',
        },
        prefix: { type: 'string', description: 'Text with which every key begins, such as tenants/42/.' },
        endpoint: {
          type: 'string',
          format: 'uri',
          pattern: '^https://',
          description:
            'Address of a compatible store. Absent: that of the region. Such stores may refuse the checksums that SDKs add by default.',
        },
        forcePathStyle: {
          type: 'boolean',
          default: false,
          description: 'Whether the bucket stands in the path, as most compatible stores and names with dots need it.',
        },
        expectedBucketOwner: {
          type: 'string',
          pattern: '^\\d{12}$',
          description:
            'Number of the account to which the bucket must belong, against a bucket that somebody else made anew.',
        },
      },
    },
    example: { region: 'eu-central-1', bucket: 'example-uploads', prefix: 'tenants/42/' },
  },
  secretSchema: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['accessKeyId', 'secretAccessKey'],
      properties: {
        accessKeyId: { type: 'string', pattern: '^[!-~]+$', description: 'Id of the access key.' },
        secretAccessKey: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Secret of the access key; signs, and is never sent.',
        },
        sessionToken: {
          type: 'string',
          pattern: '^[!-~]+$',
          description: 'Only with temporary credentials, which do not work without it.',
        },
      },
    },
    example: { accessKeyId: 'access-key-id-placeholder', secretAccessKey: 'secret-access-key-placeholder' },
  },
  transports: [{ type: 'sdk', packageName: '@aws-sdk/client-s3', minVersion: '3.0.0' }],
  preferredTransport: 'sdk',
  supportedAuthMethods: [{ type: 'basic', usernameField: 'accessKeyId', passwordField: 'secretAccessKey' }],
  healthCheck: { method: 'custom', timeoutMs: 5000 },
  docsUrl: DOCS,
  constraints: { quotas: { writesPerSecondPerPrefix: 3_500, readsPerSecondPerPrefix: 5_500 } },
  byokSetup: {
    setupInstructions: `Create a bucket at ${CONSOLE} and an IAM user whose policy is limited to it. Keys are replaced through the IAM API: create a second one, switch, then delete the first.`,
    requiredScopes: ['s3:ListBucket', 's3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
    keyRotationSupported: true,
    quotaTrackingSupported: false,
    provisioningSteps: BYOK_STEPS,
  },
  credentialManifest: {
    modes: {
      managed: {
        mode: 'managed',
        configFields: CONFIG_FIELDS.map((field) =>
          field.key === 'region' ? { ...field, envVar: 'AWS_REGION' } : field,
        ),
        secretFields: [
          {
            key: 'accessKeyId',
            required: true,
            description: "Id of the host's own key; tenants are never asked for it.",
            envVar: 'AWS_ACCESS_KEY_ID',
          },
          { key: 'secretAccessKey', required: true, description: 'Its secret.', envVar: 'AWS_SECRET_ACCESS_KEY' },
          { key: 'sessionToken', description: 'Token of temporary credentials.', envVar: 'AWS_SESSION_TOKEN' },
        ],
        validationStrategy: 'provider-health',
        rotation: { supported: true },
        setupSteps: ['Create a user for the host and store its key pair in a secret backend of the host.'],
        docsUrl: DOCS,
      },
      byok: {
        mode: 'byok',
        configFields: CONFIG_FIELDS,
        secretFields: [
          { key: 'accessKeyId', required: true, description: "Id of a key of the tenant's account." },
          { key: 'secretAccessKey', required: true, description: 'Its secret.' },
          { key: 'sessionToken', description: 'Token of temporary credentials.' },
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
      url: 'https://www.npmjs.com/package/@aws-sdk/client-s3',
      checkedOn: '2026-11-23',
      facts: 'official SDK, checksum settings, conditional writes (version 3.1169.0)',
    },
    {
      url: 'https://repost.aws/knowledge-center/http-5xx-errors-s3',
      checkedOn: '2026-11-23',
      facts: 'request rates for each prefix, throttling by 503',
    },
    {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ErrorBestPractices.html',
      checkedOn: '2026-11-23',
      facts: 'which failures are worth another try',
    },
  ],
});

/** Adds the Amazon S3 spec to a registry, which is returned for chaining. */
export function registerAwsS3Integration(registry: IntegrationSpecRegistry): IntegrationSpecRegistry {
  return registry.register(awsS3IntegrationSpec);
}

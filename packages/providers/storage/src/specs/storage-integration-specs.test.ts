import {
  findAllAuthConfigs,
  findTransportConfig,
  IntegrationSpecRegistry,
  isRequestAuthType,
  supportsTransport,
} from '@mortise/core';
import { checkShippedSpec } from '@mortise/core/testing';
import { validateAgainstSchema } from '@mortise/core/schema';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from './__fixtures__/credentials-of.ts';
import { awsS3IntegrationSpec, registerAwsS3Integration } from './aws-s3.ts';
import { gcsStorageIntegrationSpec, registerGcsStorageIntegration } from './gcs-storage.ts';
import { googleDriveIntegrationSpec, registerGoogleDriveIntegration } from './google-drive.ts';
import { storageIntegrationSpecs } from './storage-integration-specs.ts';

/** Day on which the sources were last looked at as a whole; moved on with each review, never taken from the clock. */
const REVIEWED_ON = '2026-11-25';

/** Names that existing connections use. */
const KEPT_NAMES: Readonly<
  Record<string, { config: readonly string[]; secret: readonly string[]; provides: readonly string[] }>
> = {
  'storage.gcs': {
    config: ['bucket', 'prefix'],
    secret: ['type', 'client_email', 'private_key', 'project_id'],
    provides: ['storage.objects'],
  },
  'storage.google-drive': {
    config: ['driveId', 'query', 'includeItemsFromAllDrives', 'webhookUrl'],
    secret: ['clientId', 'clientSecret', 'refreshToken', 'clientEmail', 'privateKey', 'projectId'],
    provides: ['storage.objects', 'knowledge.ingestion.drive', 'provider.delta.watch'],
  },
};

const FILES: Readonly<Record<string, string>> = {
  'storage.gcs': 'gcs-storage.ts',
  'storage.google-drive': 'google-drive.ts',
  'storage.aws-s3': 'aws-s3.ts',
};

const specFiles = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.ts') && !/^(index|storage-integration-specs)\b|\.test\.ts$/.test(file),
);

const isValid = (schema: unknown, value: unknown): boolean => validateAgainstSchema<unknown>(schema, value).valid;

it('lists one spec for each file of the folder', () => {
  expect(storageIntegrationSpecs.map((spec) => FILES[spec.meta.key]).sort()).toEqual(specFiles.sort());
});

it('fits into one registry, by list or one by one', () => {
  const registry = new IntegrationSpecRegistry(storageIntegrationSpecs);
  expect(registry.list()).toEqual(storageIntegrationSpecs);
  const other = new IntegrationSpecRegistry();
  expect(registerAwsS3Integration(registerGcsStorageIntegration(registerGoogleDriveIntegration(other)))).toBe(other);
  expect(other.get('storage.gcs', '1.0.0')).toBe(gcsStorageIntegrationSpec);
  expect(other.get('storage.google-drive', '1.0.0')).toBe(googleDriveIntegrationSpec);
  expect(other.get('storage.aws-s3', '1.0.0')).toBe(awsS3IntegrationSpec);
});

describe.each(storageIntegrationSpecs.map((spec) => [spec.meta.key, spec] as const))('%s', (key, spec) => {
  it('takes no empty secret', () => {
    expect(isValid(spec.secretSchema.schema, {})).toBe(false);
  });

  it('is ready to be shipped', () => {
    expect(checkShippedSpec(spec, { reviewedOn: REVIEWED_ON })).toEqual([]);
  });

  it('stores objects, under a key of its domain', () => {
    expect(key).toMatch(/^storage\.[a-z0-9-]+$/);
    expect(spec.meta.category).toBe('storage');
    expect(spec.capabilities.provides).toContainEqual({ key: 'storage.objects', version: '1.0.0' });
  });

  it('keeps the names that existing connections use', () => {
    const names = KEPT_NAMES[key] ?? { config: [], secret: [], provides: [] };
    for (const name of names.config) expect(spec.configSchema.schema).toHaveProperty(['properties', name]);
    for (const name of names.secret) expect(spec.secretSchema.schema).toHaveProperty(['properties', name]);
    const provided = spec.capabilities.provides.map((capability) => capability.key);
    expect(provided).toEqual(expect.arrayContaining([...names.provides]));
  });

  it('prefers a transport that it has', () => {
    expect(supportsTransport(spec.transports ?? [], spec.preferredTransport ?? 'webhook')).toBe(true);
  });

  it('yields credentials by every method that authenticates requests', async () => {
    for (const method of (spec.supportedAuthMethods ?? []).filter(({ type }) => isRequestAuthType(type))) {
      const { credentials } = await credentialsOf(spec, method);
      const sent = Object.values(credentials.headers);
      expect(sent).toHaveLength(1);
      expect(sent[0]?.length).toBeGreaterThan(10);
    }
  });
});

describe('the Google specs', () => {
  it.each<[string, string, object, boolean]>([
    ['storage.google-drive', 'an OAuth client', { clientId: 'i', clientSecret: 's' }, true],
    ['storage.google-drive', 'a key file', { serviceAccountKey: '{}' }, true],
    ['storage.google-drive', 'half a service account', { clientEmail: 'a@b.example' }, false],
    ['storage.google-drive', 'a refresh token alone', { refreshToken: 'r' }, false],
    ['storage.gcs', 'the text of a key file', { serviceAccountKey: '{}' }, true],
    ['storage.gcs', 'a kind of credential alone', { type: 'service_account' }, false],
    [
      'storage.gcs',
      'a key file of workload identity federation, which has no key',
      { type: 'external_account', client_email: 'a@b.example', private_key: '-----BEGIN PRIVATE KEY-----' },
      false,
    ],
    ['storage.gcs', 'a project alone', { project_id: 'p' }, false],
  ])('%s asks for one whole set of fields: %s', (key, _what, secrets, fits) => {
    const spec = storageIntegrationSpecs.find(({ meta }) => meta.key === key);
    expect(isValid(spec?.secretSchema.schema, secrets)).toBe(fits);
  });

  it('take every member of a key file as Google gives it out', () => {
    const file = {
      type: 'service_account',
      project_id: 'p',
      private_key_id: 'k',
      private_key: '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n',
      client_email: 'a@p.iam.gserviceaccount.com',
      client_id: '1',
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: 'https://oauth2.googleapis.com/token',
      auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
      client_x509_cert_url: 'https://www.googleapis.com/robot/v1/metadata/x509/a',
      universe_domain: 'googleapis.com',
    };
    expect(isValid(gcsStorageIntegrationSpec.secretSchema.schema, file)).toBe(true);
  });

  it.each([gcsStorageIntegrationSpec, googleDriveIntegrationSpec])(
    'send assertions to Google alone, whatever a key file says: $meta.key',
    async (spec) => {
      const methods = findAllAuthConfigs(spec.supportedAuthMethods ?? [], 'service-account');
      expect(methods).not.toEqual([]);
      for (const method of methods) {
        const { asked } = await credentialsOf(spec, method);
        expect(asked.map(({ url }) => url)).toEqual(['https://oauth2.googleapis.com/token']);
        expect(asked[0]?.form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
      }
    },
  );

  it('sign with the two fields of a service account where there is no key file', async () => {
    const pem = findAllAuthConfigs(googleDriveIntegrationSpec.supportedAuthMethods ?? [], 'service-account').find(
      ({ credentialFormat }) => credentialFormat === 'pem',
    );
    const { asked } = await credentialsOf(googleDriveIntegrationSpec, pem ?? { type: 'bearer' });
    const [, claims = ''] = asked[0]?.form.get('assertion')?.split('.') ?? [];
    const { iss, scope } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')));
    expect(iss).toBe('drive@example-project.iam.gserviceaccount.com');
    expect(scope).toBe('https://www.googleapis.com/auth/drive.readonly');
  });
});

describe('the S3 spec', () => {
  it('has no way to send the key pair: an SDK signs with it', () => {
    expect(findTransportConfig(awsS3IntegrationSpec.transports ?? [], 'rest')).toBeUndefined();
    expect(awsS3IntegrationSpec.healthCheck?.request).toBeUndefined();
  });

  it('reaches other stores by https only', () => {
    const config = { region: 'eu-central-1', bucket: 'a-bucket' };
    const { schema } = awsS3IntegrationSpec.configSchema;
    expect(isValid(schema, { ...config, endpoint: 'https://minio.example.com' })).toBe(true);
    expect(isValid(schema, { ...config, endpoint: 'http://169.254.169.254' })).toBe(false);
  });
});

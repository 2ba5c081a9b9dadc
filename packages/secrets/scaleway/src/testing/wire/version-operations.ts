import { Secretv1beta1 as sdk } from '@scaleway/sdk-secret';
import type { StoredSecret } from '../store/stored-secret.ts';
import { access, type StoredVersion } from '../store/stored-version.ts';
import { CREATE_VERSION, EMPTY, UPDATE_VERSION } from './check-request.ts';
import { Fields } from './fields.ts';
import type { Operation, OperationInput, ScalewaySecretOperation } from './operation.ts';
import { toWireAccess, toWireVersion } from './to-wire.ts';

const STATUSES = new Set(['enabled', 'disabled', 'deleted', 'scheduled_for_deletion']);

/** The operations on versions. */
export const versionOperations: readonly Operation[] = [
  {
    name: 'createSecretVersion',
    method: 'POST',
    path: '/secrets/{id}/versions',
    action: 'write',
    shape: CREATE_VERSION,
    unmarshal: sdk.unmarshalSecretVersion,
    run: ({ store, region, secretId, body, now }) => {
      const secret = store.byId(region, secretId);
      secret.assertUsable();
      store.assertRoom(secret);
      const fields = new Fields(body);
      const version = secret.addVersion(
        {
          data: new Uint8Array(Buffer.from(fields.text('data') ?? '', 'base64')),
          crc32: fields.count('data_crc32'),
          description: fields.text('description'),
          disablePrevious: fields.flag('disable_previous'),
        },
        now,
      );
      return toWireVersion(secret, version);
    },
  },
  {
    name: 'listSecretVersions',
    method: 'GET',
    path: '/secrets/{id}/versions',
    action: 'read',
    unmarshal: sdk.unmarshalListSecretVersionsResponse,
    run: ({ store, region, secretId, query }) => {
      const secret = store.byId(region, secretId);
      const statuses = query.texts('status').filter((status) => STATUSES.has(status));
      const matches = secret.versions.filter(({ status }) => statuses.length === 0 || statuses.includes(status));
      const { items, totalCount } = query.page(matches);
      return { versions: items.map((version) => toWireVersion(secret, version)), total_count: totalCount };
    },
  },
  {
    name: 'getSecretVersion',
    method: 'GET',
    path: '/secrets/{id}/versions/{revision}',
    action: 'read',
    unmarshal: sdk.unmarshalSecretVersion,
    run: (input) => {
      const { secret, version } = locate(input);
      return toWireVersion(secret, version);
    },
  },
  {
    name: 'updateSecretVersion',
    method: 'PATCH',
    path: '/secrets/{id}/versions/{revision}',
    action: 'write',
    shape: UPDATE_VERSION,
    unmarshal: sdk.unmarshalSecretVersion,
    run: (input) => {
      const { secret, version } = locate(input);
      secret.assertUsable();
      const fields = new Fields(input.body);
      version.description = fields.text('description') ?? version.description;
      version.ephemeral = fields.properties() ?? version.ephemeral;
      version.updatedAt = input.now;
      return toWireVersion(secret, version);
    },
  },
  {
    name: 'deleteSecretVersion',
    method: 'DELETE',
    path: '/secrets/{id}/versions/{revision}',
    action: 'delete',
    run: (input) => {
      const { secret, version } = locate(input);
      secret.deleteVersion(version, input.now);
      return undefined;
    },
  },
  {
    name: 'accessSecretVersion',
    method: 'GET',
    path: '/secrets/{id}/versions/{revision}/access',
    action: 'access',
    unmarshal: sdk.unmarshalAccessSecretVersionResponse,
    run: ({ store, region, secretId, revision, now }) => read(store.byId(region, secretId), revision, now),
  },
  {
    name: 'accessSecretVersionByPath',
    method: 'GET',
    path: '/secrets-by-path/versions/{revision}/access',
    action: 'access',
    unmarshal: sdk.unmarshalAccessSecretVersionResponse,
    run: ({ store, region, revision, query, now }) => {
      const [path, name] = [query.required('secret_path'), query.required('secret_name')];
      query.required('project_id');
      return read(store.byPlace(region, query.uuid('project_id') ?? '', path, name), revision, now);
    },
  },
  change('enableSecretVersion', 'enable', (secret, version, now) => secret.setStatus(version, 'enabled', now)),
  change('disableSecretVersion', 'disable', (secret, version, now) => secret.setStatus(version, 'disabled', now)),
  change('restoreSecretVersion', 'restore', (secret, version, now) => secret.restoreVersion(version, now)),
];

function change(
  name: ScalewaySecretOperation,
  verb: string,
  apply: (secret: StoredSecret, version: StoredVersion, now: number) => void,
): Operation {
  return {
    name,
    method: 'POST',
    path: `/secrets/{id}/versions/{revision}/${verb}`,
    action: 'write',
    shape: EMPTY,
    unmarshal: sdk.unmarshalSecretVersion,
    run: (input) => {
      const { secret, version } = locate(input);
      apply(secret, version, input.now);
      return toWireVersion(secret, version);
    },
  };
}

function locate({ store, region, secretId, revision }: OperationInput): {
  readonly secret: StoredSecret;
  readonly version: StoredVersion;
} {
  const secret = store.byId(region, secretId);
  return { secret, version: secret.version(revision) };
}

function read(secret: StoredSecret, revision: string, now: number): Readonly<Record<string, unknown>> {
  secret.assertUsable();
  const version = secret.version(revision);
  return toWireAccess(secret, version, access(version, now));
}

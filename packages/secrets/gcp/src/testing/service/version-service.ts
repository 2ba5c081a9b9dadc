import type { protos } from '@google-cloud/secret-manager';
import { crc32c } from '../../payload/crc32c.ts';
import { listPage } from './list-page.ts';
import { RpcError } from './rpc-error.ts';
import { checkEtag, findSecret, type ServiceContext } from './service-context.ts';
import { destroyVersion, type StoredSecret, type StoredVersion } from '../store/stored-secret.ts';
import { toSecretVersion } from '../store/to-proto.ts';

type AccessRequest = protos.google.cloud.secretmanager.v1.IAccessSecretVersionRequest;
type AccessResponse = protos.google.cloud.secretmanager.v1.IAccessSecretVersionResponse;
type AddRequest = protos.google.cloud.secretmanager.v1.IAddSecretVersionRequest;
type GetRequest = protos.google.cloud.secretmanager.v1.IGetSecretVersionRequest;
type ListRequest = protos.google.cloud.secretmanager.v1.IListSecretVersionsRequest;
type ListResponse = protos.google.cloud.secretmanager.v1.IListSecretVersionsResponse;
type SecretVersion = protos.google.cloud.secretmanager.v1.ISecretVersion;
type StateRequest = protos.google.cloud.secretmanager.v1.IDisableSecretVersionRequest;

const MAX_BYTES = 65_536;

interface FoundVersion {
  readonly secret: StoredSecret;
  readonly version: StoredVersion;
  /** Of the version, with its number. */
  readonly name: string;
}

export function addSecretVersion(context: ServiceContext, request: AddRequest): SecretVersion {
  const { secret, secretName } = findSecret(context, request.parent);
  const { data, dataCrc32c } = request.payload ?? {};
  const bytes = typeof data === 'string' ? Buffer.from(data, 'base64') : (data ?? new Uint8Array(0));
  if (bytes.length === 0) throw new RpcError('INVALID_ARGUMENT', 'Secret Payload cannot be empty.');
  if (bytes.length > MAX_BYTES) {
    throw new RpcError('INVALID_ARGUMENT', `The payload exceeds the maximum size of ${MAX_BYTES} bytes.`);
  }
  const hasChecksum = dataCrc32c !== undefined && dataCrc32c !== null;
  if (hasChecksum && String(dataCrc32c) !== String(crc32c(bytes))) {
    throw new RpcError('INVALID_ARGUMENT', 'The specified data_crc32c does not match the data of the payload.');
  }
  const version: StoredVersion = {
    number: (secret.versions.at(-1)?.number ?? 0) + 1,
    createdAtMs: context.now(),
    state: 'ENABLED',
    data: new Uint8Array(bytes),
    hasClientChecksum: hasChecksum,
    etag: context.store.nextEtag(),
  };
  secret.versions.push(version);
  return toSecretVersion(version, secret, `${secretName}/versions/${version.number}`);
}

export function accessSecretVersion(context: ServiceContext, request: AccessRequest): AccessResponse {
  const { version, name } = findVersion(context, request.name, 'by alias too');
  if (version.state !== 'ENABLED') {
    throw new RpcError('FAILED_PRECONDITION', `Secret Version [${name}] is in ${version.state} state.`);
  }
  return { name, payload: { data: version.data, dataCrc32c: crc32c(version.data) } };
}

export function getSecretVersion(context: ServiceContext, request: GetRequest): SecretVersion {
  const { secret, version, name } = findVersion(context, request.name, 'by alias too');
  return toSecretVersion(version, secret, name);
}

export function listSecretVersions(context: ServiceContext, request: ListRequest): ListResponse {
  const { secret, secretName } = findSecret(context, request.parent);
  const nameOf = ({ number }: StoredVersion): string => `${secretName}/versions/${number}`;
  const newestFirst = [...secret.versions].reverse();
  const { items, ...page } = listPage(newestFirst, request, (version) => ({
    name: nameOf(version),
    state: version.state,
  }));
  return { versions: items.map((version) => toSecretVersion(version, secret, nameOf(version))), ...page };
}

export function enableSecretVersion(context: ServiceContext, request: StateRequest): SecretVersion {
  return changeState(context, request, (version) => {
    version.state = 'ENABLED';
    delete version.destroyAtMs;
  });
}

export function disableSecretVersion(context: ServiceContext, request: StateRequest): SecretVersion {
  return changeState(context, request, (version) => {
    version.state = 'DISABLED';
  });
}

export function destroySecretVersion(context: ServiceContext, request: StateRequest): SecretVersion {
  return changeState(context, request, (version, { versionDestroyTtlMs }) => {
    const now = context.now();
    if (versionDestroyTtlMs === undefined) return destroyVersion(version, now);
    version.state = 'DISABLED';
    version.destroyAtMs ??= now + versionDestroyTtlMs;
    return undefined;
  });
}

/** A state that is set already is set again, and gives the version another etag. */
function changeState(
  context: ServiceContext,
  request: StateRequest,
  change: (version: StoredVersion, secret: StoredSecret) => void,
): SecretVersion {
  const { secret, version, name } = findVersion(context, request.name, 'by number');
  checkEtag(request.etag, version.etag);
  if (version.state === 'DESTROYED') {
    throw new RpcError('FAILED_PRECONDITION', `Secret Version [${name}] is in DESTROYED state.`);
  }
  change(version, secret);
  version.etag = context.store.nextEtag();
  return toSecretVersion(version, secret, name);
}

function findVersion(
  context: ServiceContext,
  requested: string | null | undefined,
  how: 'by number' | 'by alias too',
): FoundVersion {
  const { secret, secretName, resource } = findSecret(context, requested, 'version');
  const selector = resource.version ?? '';
  const isNumber = /^[1-9][0-9]*$/.test(selector);
  if (!isNumber && how === 'by number') {
    throw new RpcError('INVALID_ARGUMENT', 'An alias cannot be used here; name the version by its number.');
  }
  const number = isNumber ? Number(selector) : secret.aliases.get(selector);
  const version =
    selector === 'latest' ? secret.versions.at(-1) : secret.versions.find((candidate) => candidate.number === number);
  if (version !== undefined) return { secret, version, name: `${secretName}/versions/${version.number}` };
  if (selector === 'latest') throw new RpcError('NOT_FOUND', `Secret [${secretName}] not found or has no versions.`);
  throw new RpcError('NOT_FOUND', `Secret Version [${secretName}/versions/${selector}] not found.`);
}

import { protos } from '@google-cloud/secret-manager';
import { RpcError } from './rpc-error.ts';
import {
  checkAnnotations,
  checkDestroyTtl,
  checkEncryption,
  checkExpiration,
  checkLabels,
  checkReplication,
  checkRotation,
  checkTopics,
} from './secret-rules.ts';
import { listPage } from './list-page.ts';
import { checkEtag, findSecret, type ServiceContext } from './service-context.ts';
import { parseResource } from '../store/resource-key.ts';
import type { StoredSecret } from '../store/stored-secret.ts';
import { toSecret } from '../store/to-proto.ts';
import { checkAliases } from './version-aliases.ts';

type CreateSecretRequest = protos.google.cloud.secretmanager.v1.ICreateSecretRequest;
type DeleteSecretRequest = protos.google.cloud.secretmanager.v1.IDeleteSecretRequest;
type GetSecretRequest = protos.google.cloud.secretmanager.v1.IGetSecretRequest;
type ListSecretsRequest = protos.google.cloud.secretmanager.v1.IListSecretsRequest;
type ListSecretsResponse = protos.google.cloud.secretmanager.v1.IListSecretsResponse;
type Secret = protos.google.cloud.secretmanager.v1.ISecret;
type UpdateSecretRequest = protos.google.cloud.secretmanager.v1.IUpdateSecretRequest;

const { SecretType } = protos.google.cloud.secretmanager.v1.Secret;
const SECRET_ID = /^[A-Za-z0-9_-]{1,255}$/;

export function createSecret(context: ServiceContext, request: CreateSecretRequest): Secret {
  const parent = parseResource(request.parent, 'parent');
  const id = request.secretId ?? '';
  if (!SECRET_ID.test(id)) throw new RpcError('INVALID_ARGUMENT', 'The secret ID is invalid.');
  const key = context.projects.keyOf({ ...parent, secret: id });
  const wanted = request.secret ?? {};
  const isRegional = parent.location !== undefined;
  const topics = checkTopics(wanted.topics);
  const now = context.now();
  const secret: StoredSecret = {
    key,
    location: parent.location,
    createdAtMs: now,
    replication: checkReplication(wanted, isRegional) ?? undefined,
    versions: [],
    secretType: typeof wanted.secretType === 'number' ? wanted.secretType : SecretType.SECRET_TYPE_UNSPECIFIED,
    labels: checkLabels(wanted.labels),
    annotations: checkAnnotations(wanted.annotations),
    aliases: checkAliases(wanted.versionAliases ?? {}, []),
    topics,
    rotation: checkRotation(wanted, topics.length > 0, now) ?? undefined,
    encryption: checkEncryption(wanted, isRegional) ?? undefined,
    expiresAtMs: checkExpiration(wanted, now),
    versionDestroyTtlMs: checkDestroyTtl(wanted.versionDestroyTtl),
    etag: context.store.nextEtag(),
    policy: { version: 1 },
  };
  if (context.store.get(key) !== undefined) throw new RpcError('ALREADY_EXISTS', `Secret [${key}] already exists.`);
  context.store.put(secret);
  return toSecret(secret, key);
}

export function getSecret(context: ServiceContext, request: GetSecretRequest): Secret {
  const { secret, secretName } = findSecret(context, request.name);
  return toSecret(secret, secretName);
}

export function deleteSecret(context: ServiceContext, request: DeleteSecretRequest): object {
  const { secret, secretName } = findSecret(context, request.name);
  checkEtag(request.etag, secret.etag);
  context.store.remove(secretName);
  return {};
}

export function listSecrets(context: ServiceContext, request: ListSecretsRequest): ListSecretsResponse {
  const parent = parseResource(request.parent, 'parent');
  const prefix = `${context.projects.keyOf(parent)}/secrets/`;
  const all = context.store.list().filter(({ key }) => key.startsWith(prefix));
  const { items, ...page } = listPage(all, request, ({ key, labels }) => ({
    name: key,
    ...Object.fromEntries(Object.entries(labels).map(([label, value]) => [`labels.${label}`, value])),
  }));
  return { secrets: items.map((secret) => toSecret(secret, secret.key)), ...page };
}

/** Sets the fields that the mask names; all of them are checked before the first is set. */
export function updateSecret(context: ServiceContext, request: UpdateSecretRequest): Secret {
  const wanted = request.secret ?? {};
  const { secret, secretName } = findSecret(context, wanted.name);
  checkEtag(wanted.etag, secret.etag);
  const now = context.now();
  const isRegional = secret.location !== undefined;
  const changes = (request.updateMask?.paths ?? []).map((path): Partial<StoredSecret> => {
    switch (path) {
      case 'labels':
        return { labels: checkLabels(wanted.labels) };
      case 'annotations':
        return { annotations: checkAnnotations(wanted.annotations) };
      case 'version_aliases':
        return { aliases: checkAliases(wanted.versionAliases ?? {}, secret.versions) };
      case 'topics':
        return { topics: checkTopics(wanted.topics) };
      case 'rotation':
        return { rotation: checkRotation(wanted, secret.topics.length > 0, now) ?? undefined };
      case 'expire_time':
      case 'ttl':
        return { expiresAtMs: checkExpiration(wanted, now) };
      case 'version_destroy_ttl':
        return { versionDestroyTtlMs: checkDestroyTtl(wanted.versionDestroyTtl) };
      case 'customer_managed_encryption':
        return { encryption: checkEncryption(wanted, isRegional) ?? undefined };
      case 'etag':
        return {};
      default:
        throw new RpcError(
          'INVALID_ARGUMENT',
          `The field mask names '${path}', which is unknown or cannot be updated.`,
        );
    }
  });
  if (changes.length === 0) throw new RpcError('INVALID_ARGUMENT', 'Field [update_mask] is required.');
  Object.assign(secret, ...changes, { etag: context.store.nextEtag() });
  return toSecret(secret, secretName);
}

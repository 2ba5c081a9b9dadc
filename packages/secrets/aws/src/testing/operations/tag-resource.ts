import type { Tag, TagResourceRequest, UntagResourceRequest } from '@aws-sdk/client-secrets-manager';
import { invalidParameter } from '../service-error.ts';
import type { StoredSecret } from '../state/stored-secret.ts';
import type { OperationContext } from './operation-context.ts';
import { required } from './required.ts';

const MAX_TAGS = 50;
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/iu;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function tagResource({ store }: OperationContext, { SecretId, Tags }: TagResourceRequest): object {
  const secret = store.getUsable(required(SecretId, 'SecretId'));
  applyTags(secret, required(Tags, 'Tags'));
  return {};
}

export function untagResource({ store }: OperationContext, { SecretId, TagKeys }: UntagResourceRequest): object {
  const secret = store.getUsable(required(SecretId, 'SecretId'));
  for (const key of required(TagKeys, 'TagKeys')) secret.tags.delete(key);
  return {};
}

/** Adds tags, over those with the same keys. */
export function applyTags(secret: StoredSecret, tags: readonly Tag[]): void {
  const added = tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  if (added.some(([key, value]) => !KEY.test(key) || !VALUE.test(value))) {
    throw invalidParameter('A tag has characters that are not allowed, or begins with aws:.');
  }
  if (new Set([...secret.tags.keys(), ...added.map(([key]) => key)]).size > MAX_TAGS) {
    throw invalidParameter(`A secret can have at most ${MAX_TAGS} tags.`);
  }
  for (const [key, value] of added) secret.tags.set(key, value);
}

import type { protos } from '@google-cloud/secret-manager';
import { readInt64 } from '../../payload/read-int64.ts';
import { RpcError } from './rpc-error.ts';

type Secret = protos.google.cloud.secretmanager.v1.ISecret;

// The rules stand in the comments of resources.proto in the SDK's package, and in the documentation beside it.
const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
const ANNOTATION_KEY = /^[a-z0-9A-Z](?:[a-z0-9A-Z_.-]{0,61}[a-z0-9A-Z])?$/;
const TOPIC = /^projects\/[^/]+\/topics\/[^/]+$/;
const MAX_LABELS = 64;
const MAX_TOPICS = 10;
const MAX_ANNOTATION_BYTES = 16 * 1024;
const HOUR_S = 3600;
const DAY_S = 86_400;
const CENTURY_S = 3_153_600_000;

function refuse(message: string): never {
  throw new RpcError('INVALID_ARGUMENT', message);
}

export function checkLabels(labels: Secret['labels']): Record<string, string> {
  const pairs = Object.entries(labels ?? {});
  if (pairs.length > MAX_LABELS) refuse(`No more than ${MAX_LABELS} labels can be assigned to a given resource.`);
  for (const [key, value] of pairs) {
    if (!LABEL_KEY.test(key) || !LABEL_VALUE.test(value)) refuse('A label does not conform to its regular expression.');
  }
  return Object.fromEntries(pairs);
}

export function checkAnnotations(annotations: Secret['annotations']): Record<string, string> {
  const pairs = Object.entries(annotations ?? {});
  const size = pairs.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (size >= MAX_ANNOTATION_BYTES) refuse('The total size of annotation keys and values must be less than 16KiB.');
  if (!pairs.every(([key]) => ANNOTATION_KEY.test(key))) refuse('An annotation key is invalid.');
  return Object.fromEntries(pairs);
}

/** A global secret needs a policy, a regional one must not have any. */
export function checkReplication({ replication }: Secret, isRegional: boolean): Secret['replication'] {
  const isGiven = Boolean(replication?.automatic) || Boolean(replication?.userManaged);
  if (isRegional) return isGiven ? refuse('A regional secret must not have a replication policy.') : undefined;
  if (!isGiven) refuse('Secret must have a replication policy.');
  const replicas = replication?.userManaged?.replicas;
  if (replication?.userManaged && (replicas ?? []).length === 0) refuse('User managed replication needs replicas.');
  const locations = new Set((replicas ?? []).map(({ location }) => location ?? ''));
  if (locations.has('') || locations.size !== (replicas ?? []).length)
    refuse('Replicas need a location each, none twice.');
  return replication;
}

export function checkTopics(topics: Secret['topics']): string[] {
  const names = (topics ?? []).map(({ name }) => name ?? '');
  if (names.length > MAX_TOPICS) refuse(`At most ${MAX_TOPICS} topics can be set.`);
  return names.every((name) => TOPIC.test(name)) ? names : refuse('A topic name is malformed.');
}

export function checkRotation({ rotation }: Secret, hasTopics: boolean, nowMs: number): Secret['rotation'] {
  if (rotation === undefined || rotation === null) return undefined;
  if (!hasTopics) refuse('Secret.topics must be set to configure rotation.');
  const next = seconds(rotation.nextRotationTime);
  const period = seconds(rotation.rotationPeriod);
  if (period !== undefined && (period < HOUR_S || period > CENTURY_S)) refuse('The rotation period is out of range.');
  if (period !== undefined && next === undefined) refuse('next_rotation_time must be set with rotation_period.');
  if (next !== undefined && next * 1000 < nowMs + 300_000) refuse('next_rotation_time is less than 300s away.');
  return rotation;
}

/** @returns Epoch milliseconds. */
export function checkExpiration({ expireTime, ttl }: Secret, nowMs: number): number | undefined {
  const expire = seconds(expireTime);
  const lifetime = seconds(ttl);
  const atMs = expire === undefined ? (lifetime === undefined ? undefined : nowMs + lifetime * 1000) : expire * 1000;
  return atMs !== undefined && atMs <= nowMs ? refuse('The expiration has to be in the future.') : atMs;
}

/** @returns Milliseconds. */
export function checkDestroyTtl(ttl: Secret['versionDestroyTtl']): number | undefined {
  const value = seconds(ttl);
  if (value === undefined) return undefined;
  const isInRange = value >= DAY_S && value <= 1000 * DAY_S;
  return isInRange ? value * 1000 : refuse('version_destroy_ttl must be between 24 hours and 1000 days.');
}

export function checkEncryption(
  { customerManagedEncryption }: Secret,
  isRegional: boolean,
): Secret['customerManagedEncryption'] {
  if (!customerManagedEncryption) return undefined;
  return isRegional ? customerManagedEncryption : refuse('customer_managed_encryption is for regional secrets.');
}

/** Seconds of a timestamp or duration, with what the SDK may make of an int64. */
function seconds(
  value: { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  return Number(readInt64(value.seconds ?? 0)) + (value.nanos ?? 0) / 1e9;
}

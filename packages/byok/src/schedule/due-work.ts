import { isStillCompromised } from '../record/compromise.ts';
import type { ByokKeyOwner, ByokKeyRecord, ByokRetiringKey } from '../record/byok-key-record.ts';
import type { ResolvedByokKeyPolicy } from './byok-key-policy.ts';

const DAY_MS = 86_400_000;
/** Shortest wait between two checks that could not tell. */
const UNKNOWN_BASE_MS = 60_000;

/** What a connection's key needs now. */
export type ByokDueTask =
  /** A rotation is under way and its next try is due. */
  | 'resume'
  /** The overlap of an old key is over. */
  | 'retire'
  | 'validate'
  | 'rotate';

/** When the key must be validated next, in epoch milliseconds; the past for one that never was. */
export function validationDueAt(record: ByokKeyRecord, policy: ResolvedByokKeyPolicy): number {
  const { validation, metadata } = record;
  const intervalMs = policy.validationMaxAgeMs * policy.validateAtShare;
  const lastMs = timeOf(metadata.lastValidatedAt) ?? -Infinity;
  const regularMs = lastMs + intervalMs * (1 - earliness(record, policy));
  if (validation === undefined) return regularMs;
  const notBeforeMs = timeOf(validation.notBefore) ?? -Infinity;
  if (validation.unknownsInARow === 0) return Math.max(regularMs, notBeforeMs);
  const waitMs = Math.min(intervalMs, UNKNOWN_BASE_MS * 2 ** Math.min(validation.unknownsInARow - 1, 30));
  return Math.max(regularMs, notBeforeMs, (timeOf(validation.checkedAt) ?? -Infinity) + waitMs);
}

/**
 * When the key must be rotated next, in epoch milliseconds: for its age, its expiry, or because it is compromised and still
 * in use. `undefined`: nothing calls for it.
 */
export function rotationDueAt(record: ByokKeyRecord, policy: ResolvedByokKeyPolicy): number | undefined {
  const { metadata, lastRotation } = record;
  const due: number[] = [];
  if (isStillCompromised(record)) due.push(timeOf(record.compromise?.reportedAt) ?? 0);
  if (policy.rotateEveryDays !== false) {
    const bornMs = timeOf(metadata.lastRotatedAt) ?? timeOf(metadata.createdAt);
    if (bornMs !== undefined) due.push(bornMs + policy.rotateEveryDays * DAY_MS * (1 - earliness(record, policy)));
  }
  if (policy.rotateBeforeExpiryMs !== false) {
    const expiresMs = timeOf(metadata.expiresAt);
    if (expiresMs !== undefined) {
      due.push(expiresMs - policy.rotateBeforeExpiryMs * (1 + earliness(record, policy)));
    }
  }
  if (due.length === 0) return undefined;
  const dueMs = Math.min(...due);
  if (lastRotation?.status !== 'rolled_back') return dueMs;
  const waitMs = Math.min(DAY_MS, policy.retryRotationAfterMs * 2 ** Math.min(lastRotation.failuresInARow - 1, 30));
  return Math.max(dueMs, (timeOf(lastRotation.finishedAt) ?? 0) + Math.max(waitMs, policy.retryRotationAfterMs));
}

/**
 * What is due, in the order in which it should be done. A key that was refused is not rotated for its age: the provider
 * would make no new key for it.
 *
 * @param now Epoch milliseconds.
 */
export function listDueWork(record: ByokKeyRecord, policy: ResolvedByokKeyPolicy, now: number): ByokDueTask[] {
  const tasks: ByokDueTask[] = [];
  const { rotation } = record;
  if (rotation !== undefined && isTime(rotation.nextAttemptAt, now)) tasks.push('resume');
  if (record.retiring.some((old) => isRetirementDue(old, now))) tasks.push('retire');
  if (validationDueAt(record, policy) <= now) tasks.push('validate');
  if (rotation !== undefined || record.metadata.validationStatus === 'invalid') return tasks;
  const rotateAt = rotationDueAt(record, policy);
  if (rotateAt !== undefined && rotateAt <= now) tasks.push('rotate');
  return tasks;
}

export function isRetirementDue(old: ByokRetiringKey, now: number): boolean {
  return isTime(old.retireAt, now) && isTime(old.nextAttemptAt, now);
}

/** Whether a time has come; one that is absent has. */
function isTime(instant: string | undefined, now: number): boolean {
  const ms = timeOf(instant);
  return ms === undefined || ms <= now;
}

/** By which share of an interval a connection comes early: constant for it, spread evenly over connections. */
function earliness(owner: ByokKeyOwner, policy: ResolvedByokKeyPolicy): number {
  return policy.jitter * spread(`${owner.tenantId}\n${owner.connectionId}`);
}

/** From 0 to below 1. FNV-1a with a final mix, so that ids that differ in one letter lie apart. */
function spread(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function timeOf(instant: string | undefined): number | undefined {
  if (instant === undefined) return undefined;
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? undefined : ms;
}

import type { ByokKeyRotationReason } from '@mortise/core';
import { ByokError } from '../byok-error.ts';
import { isSameReference } from '../key/sibling-reference.ts';
import type { ByokKeyRecord, ByokNewKeySource, ByokRotation } from '../record/byok-key-record.ts';
import { toInstant } from '../runner/byok-clock.ts';
import type { ResolvedByokKeyPolicy } from '../schedule/byok-key-policy.ts';

/** What a rotation is asked to do. */
export interface RotationRequest {
  readonly reason: ByokKeyRotationReason;
  /** `undefined`: there is nowhere to get a new key from. */
  readonly source: ByokNewKeySource | undefined;
  readonly overlapMs: number;
  readonly placement: ByokRotation['placement'];
  readonly baseVersion: string | undefined;
  readonly id: string;
}

/** What the record says once the request is in it. */
export interface Plan {
  readonly record: ByokKeyRecord;
  /** `refused`: the request cannot join what is under way. `wait`: what is under way has failed and must first be tidied up. */
  readonly decision: 'planned' | 'joined' | 'refused' | 'wait' | 'no source';
}

/**
 * The record with the request in it. A request joins what is under way, unless it brings a key of its own; a compromised key
 * makes a running rotation urgent and ends every overlap.
 */
export function planRotation(
  stored: ByokKeyRecord,
  request: RotationRequest,
  policy: ResolvedByokKeyPolicy,
  now: number,
): Plan {
  const record = request.reason === 'compromised' ? makeUrgent(stored, request.overlapMs, now) : stored;
  const { rotation } = record;
  if (rotation !== undefined) {
    const hasFailed = rotation.step === 'discarding';
    if (hasFailed && rotation.id !== request.id) return { record, decision: 'wait' };
    return { record, decision: isJoinable(rotation, request.source) ? 'joined' : 'refused' };
  }
  const { source } = request;
  if (source === undefined) return { record, decision: 'no source' };
  return { record: { ...record, rotation: newRotation({ ...request, source }, policy, now) }, decision: 'planned' };
}

function newRotation(
  request: RotationRequest & { readonly source: ByokNewKeySource },
  policy: ResolvedByokKeyPolicy,
  now: number,
): ByokRotation {
  const { id, reason, source, overlapMs, placement, baseVersion } = request;
  return {
    id,
    reason,
    source,
    step: 'planned',
    requestedAt: toInstant(now),
    deadlineAt: toInstant(now + policy.rotationDeadlineMs),
    overlapMs,
    placement,
    attempts: 0,
    ...(baseVersion === undefined ? {} : { baseVersion }),
  };
}

/** A compromised key: nothing that came before stays longer than it must. */
function makeUrgent(record: ByokKeyRecord, overlapMs: number, now: number): ByokKeyRecord {
  const endsAt = toInstant(now + overlapMs);
  const { rotation } = record;
  return {
    ...record,
    compromise:
      record.compromise?.isReplaced === false
        ? record.compromise
        : { reportedAt: toInstant(now), isReplaced: rotation?.step === 'verified' },
    retiring: record.retiring.map((old) => ({
      ...old,
      reason: 'compromised',
      retireAt: old.retireAt < endsAt ? old.retireAt : endsAt,
    })),
    ...(rotation === undefined
      ? {}
      : { rotation: { ...rotation, reason: 'compromised', overlapMs: Math.min(rotation.overlapMs, overlapMs) } }),
  };
}

/** Whether the key that the request would bring is the one that the rotation brings. */
function isJoinable(rotation: ByokRotation, source: ByokNewKeySource | undefined): boolean {
  if (source === undefined || source.kind === 'lifecycle') return true;
  const under = rotation.source;
  if (source.kind === 'reference') {
    return under.kind === 'reference' && isSameReference(under.reference, source.reference);
  }
  // Whether it is the same key is for who can read the candidate to say.
  return under.kind === 'handed-in';
}

export function cannotJoin(record: ByokKeyRecord, retryAfterMs: number): ByokError {
  const { connectionId, rotation } = record;
  return new ByokError({
    code: 'CONFLICT',
    message: `A ${rotation?.reason ?? ''} rotation of connection "${connectionId}" is under way with another new key; ask again when it is over`,
    retryAfterMs,
    connectionId,
  });
}

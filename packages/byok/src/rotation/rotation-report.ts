import type { ByokKeyRotationReason } from '@mortise/core';
import type { ByokKeyRecord, ByokRotationFailure, ByokRotationStep } from '../record/byok-key-record.ts';

/** What is left of the key that was replaced. */
export interface ByokOldKeyReport {
  /** `overlapping`: readable and not revoked, until `until`. `ending`: its time is over and it is not ended yet. */
  readonly status: 'none' | 'overlapping' | 'ending' | 'ended';
  /** ISO 8601 instant. */
  readonly until?: string;
  /** Whether the provider was told to end it. Only with `ended`. */
  readonly isRevoked?: boolean;
  /** Why it could not be ended yet; redacted. */
  readonly lastError?: string;
}

/** How far a rotation came. A rotation that fails is reported, not thrown: the old key stays and all is well without it. */
export interface ByokRotationReport {
  readonly rotationId: string;
  readonly reason: ByokKeyRotationReason;
  /**
   * `completed`: the new key is in use. `rolled_back`: the old one is, and `failure` says why. `pending`: not decided yet; the
   * old key or the new one is in use, both work, and `resume` or `runDue` goes on.
   */
  readonly status: 'completed' | 'rolled_back' | 'pending';
  /** Whether the rotation was under way already when it was asked for. */
  readonly isJoined: boolean;
  readonly failure?: ByokRotationFailure;
  /** Only with `pending`. */
  readonly step?: ByokRotationStep;
  /** When the next try is due; ISO 8601. Only with `pending`. */
  readonly nextAttemptAt?: string;
  /** Why the last try came to nothing; redacted. Only with `pending`. */
  readonly lastError?: string;
  readonly oldKey: ByokOldKeyReport;
  readonly record: ByokKeyRecord;
}

/** Which rotation is reported on. */
export interface RotationTicket {
  readonly id: string;
  readonly reason: ByokKeyRotationReason;
  readonly isJoined: boolean;
  /** The record's when the rotation was planned or joined. */
  readonly generation: number;
}

export function reportRotation(record: ByokKeyRecord, ticket: RotationTicket, now: number): ByokRotationReport {
  const { rotation, lastRotation } = record;
  const { id, isJoined } = ticket;
  const base = { rotationId: id, isJoined, oldKey: reportOldKey(record, id, now), record };
  if (rotation?.id === id) {
    const { reason, step, nextAttemptAt, lastError, failure } = rotation;
    return {
      ...base,
      reason,
      status: 'pending',
      step,
      ...(failure === undefined ? {} : { failure }),
      ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      ...(lastError === undefined ? {} : { lastError }),
    };
  }
  if (lastRotation?.id === id) {
    const { reason, status, failure } = lastRotation;
    return { ...base, reason, status, ...(failure === undefined ? {} : { failure }) };
  }
  // Another rotation came and went since; all that is left of this one is whether it brought a key.
  return {
    ...base,
    reason: ticket.reason,
    status: record.generation > ticket.generation ? 'completed' : 'rolled_back',
  };
}

function reportOldKey({ retiring, rotation, lastRotation }: ByokKeyRecord, id: string, now: number): ByokOldKeyReport {
  const old = retiring.find(({ rotationId }) => rotationId === id);
  if (old !== undefined) {
    const { retireAt, lastError } = old;
    const status = Date.parse(retireAt) > now ? 'overlapping' : 'ending';
    return { status, until: retireAt, ...(lastError === undefined ? {} : { lastError }) };
  }
  const ended = [rotation, lastRotation].find((one) => one?.id === id)?.oldKey;
  return ended === undefined ? { status: 'none' } : { status: 'ended', isRevoked: ended.isRevoked };
}

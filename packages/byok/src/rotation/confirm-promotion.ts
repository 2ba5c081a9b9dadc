import { isSameKey } from '../key/key-material.ts';
import type { ByokKeyRecord, ByokRetiringKey, ByokRotation } from '../record/byok-key-record.ts';
import { replaceCompromised } from '../record/compromise.ts';
import { toInstant } from '../runner/byok-clock.ts';
import { metadataOf } from '../validation/apply-verdict.ts';
import { patchRotation, retryAfter, type RotationContext, type StepOutcome } from './rotation-context.ts';
import { superseded } from './promote-candidate.ts';

/** Believes a promotion only when a fresh read of the connection's own reference gives the new key. */
export async function confirmPromotion(context: RotationContext, rotation: ByokRotation): Promise<StepOutcome> {
  const { backend, redactor, env, session } = context;
  try {
    const candidate = rotation.candidate === undefined ? undefined : await backend.read(rotation.candidate);
    const current = await backend.readCurrent();
    for (const key of [candidate, current]) if (key !== undefined) redactor.add(key);
    const isNew = candidate !== undefined && current !== undefined && isSameKey(candidate, current);
    const isNewVersion = current?.version !== undefined && current.version === rotation.newVersion;
    if (current !== undefined && (isNew || (candidate === undefined && isNewVersion))) {
      return { kind: 'settle', newKey: current };
    }
    const previous = rotation.previous === undefined ? undefined : await backend.read(rotation.previous);
    if (current === undefined || (previous !== undefined && isSameKey(previous, current))) {
      // Whoever reads still gets the old key, so its overlap has not begun.
      const promotionAt = toInstant(env.clock.now());
      await session.change((record) => patchRotation(record, { promotionAt }));
      return { kind: 'retry', error: 'A fresh read does not give the new key yet' };
    }
    return { ...superseded(rotation), endOld: true };
  } catch (error) {
    return retryAfter(context, error);
  }
}

/** The record once the new key is in use: its metadata, and the old key on its way out. */
export function settleRecord(record: ByokKeyRecord, version: string | undefined, now: number): ByokKeyRecord {
  const { rotation } = record;
  if (rotation?.validation === undefined) return record;
  const at = toInstant(now);
  const { keyVersion: _keyVersion, ...rest } = record;
  return replaceCompromised({
    ...rest,
    metadata: { ...metadataOf(record.metadata, rotation.validation), lastRotatedAt: at },
    validation: { outcome: 'valid', checkedAt: rotation.validation.validatedAt, unknownsInARow: 0 },
    generation: record.generation + 1,
    ...(version === undefined ? {} : { keyVersion: version }),
    retiring: [...record.retiring, ...retiringFrom(rotation, now)],
    rotation: { ...rotation, step: 'verified', attempts: 0 },
  });
}

/** The old key of a rotation, to be ended after its overlap, or sooner where the provider ends it by itself. */
export function retiringFrom(rotation: ByokRotation, now: number): ByokRetiringKey[] {
  const { id, reason, previous, ownsPrevious = false, overlapMs, promotionAt, previousKeyValidUntil } = rotation;
  if (previous === undefined || (previous.version === undefined && !ownsPrevious)) return [];
  // Counted as the backend counts it: a run that comes long after the promotion must not promise more than was asked for.
  const fromMs = promotionAt === undefined ? now : Date.parse(promotionAt);
  const endsMs = Math.min(fromMs + overlapMs, Math.max(now, Date.parse(previousKeyValidUntil ?? '') || Infinity));
  return [{ rotationId: id, reason, place: previous, isOwned: ownsPrevious, retireAt: toInstant(endsMs), attempts: 0 }];
}

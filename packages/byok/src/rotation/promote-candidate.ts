import { isRefusal, isUnsupported } from '../key/key-backend.ts';
import { isSameKey, type KeyMaterial } from '../key/key-material.ts';
import type { ByokRotation } from '../record/byok-key-record.ts';
import { toInstant } from '../runner/byok-clock.ts';
import { fail, patchRotation, retryAfter, type RotationContext, type StepOutcome } from './rotation-context.ts';

/** A validation of the new key that is older is made again before the key becomes current. */
const VALIDATION_GOOD_FOR_MS = 600_000;
/** Asked for on top of the overlap, so that the old key is still readable when it is revoked. */
const OVERLAP_MARGIN_MS = 3_600_000;
/** A promotion that is tried again later than this starts its overlap anew; well within the margin. */
const PROMOTION_GOOD_FOR_MS = 600_000;

/** Sees to it that the old key stays readable, by its version or in a copy. Nothing is current that was not before. */
export async function preparePromotion(context: RotationContext, rotation: ByokRotation): Promise<StepOutcome> {
  const { backend, redactor, env, session } = context;
  const validatedAt = Date.parse(rotation.validation?.validatedAt ?? '');
  if (!(env.clock.now() - validatedAt <= VALIDATION_GOOD_FOR_MS)) return { kind: 'advance', patch: { step: 'stored' } };
  try {
    const current = await backend.readCurrent();
    const promoting = { step: 'promoting', promotionAt: toInstant(env.clock.now()) } as const;
    if (current === undefined) return { kind: 'advance', patch: promoting };
    redactor.add(current);
    if (isReplaced(rotation, current)) return superseded(rotation);
    if (rotation.ownsPrevious !== true && current.version !== undefined) {
      const previous = { reference: backend.reference, version: current.version };
      return { kind: 'advance', patch: { ...promoting, previous } };
    }
    const reference = copyReference(context, rotation);
    // Noted down first, so that a copy is never left behind.
    if (rotation.ownsPrevious !== true) {
      await session.change((record) => patchRotation(record, { ownsPrevious: true, previous: { reference } }));
    }
    await session.ensure(env.secretTimeoutMs);
    const previous = await backend.store(reference, current.bytes, `${rotation.id}-old`);
    return { kind: 'advance', patch: { ...promoting, previous, ownsPrevious: true } };
  } catch (error) {
    if (isRefusal(error)) return fail('BACKEND_REFUSED', redactor.messageOf(error));
    return retryAfter(context, error, 'BACKEND_REFUSED');
  }
}

/**
 * Makes the new key current, unless it is already: a run before this one may have done it without living to tell. From here
 * on the only way back is a fresh read that shows the old key.
 */
export async function promoteCandidate(context: RotationContext, rotation: ByokRotation): Promise<StepOutcome> {
  const { backend, redactor, env, session } = context;
  try {
    const candidate = rotation.candidate === undefined ? undefined : await backend.read(rotation.candidate);
    if (candidate === undefined) return fail('NO_NEW_KEY', 'The new key was removed from where it was waiting');
    redactor.add(candidate);
    const current = await backend.readCurrent();
    if (current !== undefined) redactor.add(current);
    if (current !== undefined && isSameKey(current, candidate)) return promoted(current.version);
    if (await isCurrentReplaced(context, rotation, current)) return superseded(rotation);
    if (rotation.attempts > 0 && Date.parse(rotation.deadlineAt) <= env.clock.now()) {
      return fail('BACKEND_REFUSED', rotation.lastError ?? 'The new key could not be made current');
    }
    const now = env.clock.now();
    if (!(now - Date.parse(rotation.promotionAt ?? '') <= PROMOTION_GOOD_FOR_MS)) {
      await session.change((record) => patchRotation(record, { promotionAt: toInstant(now) }));
    }
    await session.ensure(env.secretTimeoutMs);
    return await makeCurrent(context, rotation, candidate);
  } catch (error) {
    // Only the first try of a runner that began this step itself can be sure that nothing is under way.
    if (isRefusal(error) && rotation.attempts === 0) return fail('BACKEND_REFUSED', redactor.messageOf(error));
    return retryAfter(context, error);
  }
}

async function makeCurrent(
  context: RotationContext,
  rotation: ByokRotation,
  candidate: KeyMaterial,
): Promise<StepOutcome> {
  const { backend } = context;
  const hasOld = rotation.previous !== undefined;
  const overlapMs = hasOld && rotation.ownsPrevious !== true ? rotation.overlapMs + OVERLAP_MARGIN_MS : undefined;
  const key = `${rotation.id}-promote`;
  try {
    const version = rotation.placement === 'staged' ? rotation.candidate?.version : undefined;
    const result =
      version === undefined
        ? await backend.write(candidate.bytes, key, overlapMs)
        : await backend.promote(version, key, overlapMs);
    return promoted(result?.version);
  } catch (error) {
    if (!isUnsupported(error) || overlapMs === undefined) throw error;
    // The backend promises no overlap, and has written nothing: a copy keeps the old key instead.
    const reference = copyReference(context, rotation);
    return { kind: 'advance', patch: { step: 'validated', ownsPrevious: true, previous: { reference } } };
  }
}

/** Whether the key that is current is neither the old one nor the new one. */
async function isCurrentReplaced(
  { backend }: RotationContext,
  rotation: ByokRotation,
  current: KeyMaterial | undefined,
): Promise<boolean> {
  const { previous } = rotation;
  if (previous === undefined) return current !== undefined;
  if (current === undefined) return false;
  if (rotation.baseVersion !== undefined) return isReplaced(rotation, current);
  const copy = await backend.read(previous);
  return copy === undefined || !isSameKey(copy, current);
}

/** Whether somebody wrote the connection's secret since the rotation was planned. */
function isReplaced({ baseVersion }: ByokRotation, current: KeyMaterial): boolean {
  return baseVersion !== undefined && current.version !== baseVersion;
}

/** The old key is not in use any more, and if it is compromised it must go all the same. */
export function superseded(rotation: ByokRotation): StepOutcome & { readonly kind: 'fail' } {
  const message = 'Somebody else wrote the secret of the connection during the rotation; what they wrote is current';
  return { kind: 'fail', failure: { code: 'SUPERSEDED', message }, endOld: rotation.reason === 'compromised' };
}

function promoted(version: string | undefined): StepOutcome {
  return { kind: 'advance', patch: { step: 'promoted', ...(version === undefined ? {} : { newVersion: version }) } };
}

function copyReference({ backend }: RotationContext, rotation: ByokRotation): string {
  return backend.siblingReference(`${rotation.id}-old`);
}

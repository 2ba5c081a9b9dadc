import { isRefusal } from '../key/key-backend.ts';
import { isPerhapsSameKey, isSameKey } from '../key/key-material.ts';
import type { ByokRotation } from '../record/byok-key-record.ts';
import { revokeKey } from './revoke-key.ts';
import { retryAfter, type RotationContext, type StepOutcome } from './rotation-context.ts';

/** Tries to remove a key that is of no use, for about an hour; after these, the rotation ends with it left behind. */
const MAX_TRIES = 60;
/** Of these, the ones that wait for the provider to end the key. */
const MAX_REVOCATION_TRIES = 20;

/** After a new key is in use: removes the copy of it that was waiting beside the connection's own secret. */
export async function tidyUp(context: RotationContext, rotation: ByokRotation): Promise<StepOutcome> {
  if (rotation.placement === 'staged') return { kind: 'finish' };
  try {
    await context.session.ensure(context.env.secretTimeoutMs);
    await context.backend.remove(context.backend.siblingReference(rotation.id));
    return { kind: 'finish' };
  } catch (error) {
    return isRefusal(error) || isLastTry(rotation) ? { kind: 'finish' } : retryAfter(context, error);
  }
}

/**
 * After a rotation has failed: removes the new key, and ends it at the provider if the provider made it for this rotation.
 * The old key is current all the while. Should the new one turn out to be current after all, by a write that came late, the
 * rotation goes on instead.
 */
export async function discardCandidate(context: RotationContext, rotation: ByokRotation): Promise<StepOutcome> {
  const { backend, session, env, policy, redactor } = context;
  const { placement, reason } = rotation;
  // A candidate beside the connection's secret may be there without having been noted down.
  const sibling = backend.siblingReference(rotation.id);
  const candidate = rotation.candidate ?? (placement === 'sibling' ? { reference: sibling } : undefined);
  try {
    const key = candidate === undefined ? undefined : await backend.read(candidate);
    if (key !== undefined) {
      redactor.add(key);
      const current = await backend.readCurrent();
      if (current !== undefined && isSameKey(current, key)) return resumed(rotation, current.version);
      const isOwn = rotation.source.kind === 'lifecycle' && policy.revokeOldKeys;
      const isSafe = current !== undefined && !isPerhapsSameKey(current, key);
      if (isOwn && isSafe && rotation.attempts < MAX_REVOCATION_TRIES) {
        await revokeKey(context, key, { reason, idempotencyKey: `${rotation.id}-discard`, current });
      }
    }
    await session.ensure(env.secretTimeoutMs);
    if (placement === 'sibling') await backend.remove(sibling);
    else if (candidate !== undefined) await backend.retire(candidate);
    // A superseded old key that is to be ended is read from this copy then.
    const isStillNeeded = session.record.retiring.some((old) => old.rotationId === rotation.id);
    if (rotation.ownsPrevious === true && !isStillNeeded) {
      await session.ensure(env.secretTimeoutMs);
      await backend.remove(backend.siblingReference(`${rotation.id}-old`));
    }
    return { kind: 'finish' };
  } catch (error) {
    const outcome = retryAfter(context, error);
    return isRefusal(error) || isLastTry(rotation) ? { kind: 'finish' } : outcome;
  }
}

function resumed(rotation: ByokRotation, version: string | undefined): StepOutcome {
  if (rotation.validation === undefined) return { kind: 'finish' };
  return { kind: 'advance', patch: { step: 'promoted', ...(version === undefined ? {} : { newVersion: version }) } };
}

function isLastTry(rotation: ByokRotation): boolean {
  return rotation.attempts + 1 >= MAX_TRIES;
}

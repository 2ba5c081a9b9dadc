import type { ByokEvent } from '../byok-event.ts';
import { isPerhapsSameKey, type KeyMaterial } from '../key/key-material.ts';
import type { ByokEndedKey, ByokKeyRecord, ByokRetiringKey } from '../record/byok-key-record.ts';
import { settleCompromise } from '../record/compromise.ts';
import { toInstant } from '../runner/byok-clock.ts';
import { isRetirementDue } from '../schedule/due-work.ts';
import { backoffMs } from './drive-rotation.ts';
import { revokeKey } from './revoke-key.ts';
import { retryAfter, type RotationContext } from './rotation-context.ts';

/** What became of an old key for now. */
type Retirement =
  | { readonly kind: 'retired'; readonly isRevoked: boolean }
  | { readonly kind: 'kept'; readonly why: 'current' | 'new_key_invalid' }
  /** It is about to be current again. */
  | { readonly kind: 'waits' }
  | { readonly kind: 'failed'; readonly error: string };

/**
 * Ends the old keys whose overlap is over: at the provider first, while they can still be read, then in the backend. Done
 * before a rotation goes on, whose promotion may cost a backend the versions that it need not keep any more.
 */
export async function retireOldKeys(context: RotationContext): Promise<void> {
  const { session, env } = context;
  const due = session.record.retiring.filter((old) => isRetirementDue(old, env.clock.now()));
  for (const { rotationId } of due) {
    const old = session.record.retiring.find((entry) => entry.rotationId === rotationId);
    if (old === undefined) continue;
    await noteDown(context, old, await tryToRetire(context, old));
  }
}

async function tryToRetire(context: RotationContext, old: ByokRetiringKey): Promise<Retirement> {
  try {
    return await retire(context, old);
  } catch (error) {
    return { kind: 'failed', error: retryAfter(context, error).error };
  }
}

async function retire(context: RotationContext, old: ByokRetiringKey): Promise<Retirement> {
  const { backend, session, env, policy, redactor } = context;
  const { rotationId, reason, place } = old;
  const isNewKeyBad = session.record.metadata.validationStatus === 'invalid';
  if (isNewKeyBad && reason !== 'compromised' && old.revokedAt === undefined) {
    return { kind: 'kept', why: 'new_key_invalid' };
  }
  const key = await backend.read(place);
  const current = await backend.readCurrent();
  if (key !== undefined) redactor.add(key);
  if (key !== undefined && (await isCandidate(context, key))) return { kind: 'waits' };
  if (current === undefined) return { kind: 'failed', error: "There is no key under the connection's reference" };
  const isCurrent = key !== undefined && isPerhapsSameKey(key, current);
  let isRevoked = old.revokedAt !== undefined;
  if (!isRevoked && !isCurrent && key !== undefined && policy.revokeOldKeys) {
    isRevoked = await revokeKey(context, key, { reason, idempotencyKey: `${rotationId}-revoke`, current });
    const revokedAt = toInstant(env.clock.now());
    if (isRevoked) await session.change((record) => patchRetiring(record, rotationId, { revokedAt }));
  }
  await session.ensure(env.secretTimeoutMs);
  if (old.isOwned) await backend.remove(place.reference);
  else if (!isCurrent) await backend.retire(place);
  return isCurrent ? { kind: 'kept', why: 'current' } : { kind: 'retired', isRevoked };
}

/** Whether the rotation under way has brought the old key back, and may have validated it already. */
async function isCandidate({ backend, session }: RotationContext, key: KeyMaterial): Promise<boolean> {
  const { rotation } = session.record;
  if (rotation === undefined) return false;
  const candidate = rotation.candidate ?? { reference: backend.siblingReference(rotation.id) };
  const waiting = await backend.read(candidate);
  return waiting !== undefined && isPerhapsSameKey(waiting, key);
}

async function noteDown(context: RotationContext, old: ByokRetiringKey, outcome: Retirement): Promise<void> {
  if (outcome.kind === 'waits') return;
  const { session, env, policy } = context;
  const { rotationId } = old;
  const now = env.clock.now();
  if (outcome.kind === 'failed') {
    const attempts = old.attempts + 1;
    const nextAttemptAt = toInstant(now + backoffMs(context, attempts));
    const { error } = outcome;
    await session.change((record) => patchRetiring(record, rotationId, { attempts, nextAttemptAt, lastError: error }));
    emit(context, old, { type: 'retirement_failed', attempt: attempts, error });
    return;
  }
  if (outcome.kind === 'kept' && outcome.why === 'new_key_invalid') {
    const nextAttemptAt = toInstant(now + policy.validationMaxAgeMs * policy.validateAtShare);
    await session.change((record) => patchRetiring(record, rotationId, { nextAttemptAt }));
  } else {
    const isRevoked = outcome.kind === 'retired' && outcome.isRevoked;
    await session.change((record) => withoutOld(record, rotationId, { endedAt: toInstant(now), isRevoked }));
  }
  emit(
    context,
    old,
    outcome.kind === 'retired'
      ? { type: 'old_key_retired', isRevoked: outcome.isRevoked }
      : { type: 'old_key_kept', why: outcome.why },
  );
}

function patchRetiring(record: ByokKeyRecord, rotationId: string, patch: Partial<ByokRetiringKey>): ByokKeyRecord {
  const retiring = record.retiring.map((old) => (old.rotationId === rotationId ? { ...old, ...patch } : old));
  return { ...record, retiring };
}

/** The record once an old key has ended; what became of it stands with its own rotation, while that is still known. */
function withoutOld(record: ByokKeyRecord, rotationId: string, oldKey: ByokEndedKey): ByokKeyRecord {
  const { rotation, lastRotation } = record;
  return settleCompromise({
    ...record,
    retiring: record.retiring.filter((old) => old.rotationId !== rotationId),
    ...(rotation?.id === rotationId ? { rotation: { ...rotation, oldKey } } : {}),
    ...(lastRotation?.id === rotationId ? { lastRotation: { ...lastRotation, oldKey } } : {}),
  });
}

type RetirementEventType = 'old_key_retired' | 'old_key_kept' | 'retirement_failed';
type Told<Event> = Event extends ByokEvent
  ? Omit<Event, 'at' | 'tenantId' | 'connectionId' | 'rotationId' | 'reason'>
  : never;

function emit(
  { env, session }: RotationContext,
  { rotationId, reason }: ByokRetiringKey,
  told: Told<Extract<ByokEvent, { readonly type: RetirementEventType }>>,
): void {
  const { tenantId, connectionId } = session.record;
  env.emit({ at: toInstant(env.clock.now()), tenantId, connectionId, rotationId, reason, ...told });
}

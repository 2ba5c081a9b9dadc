import type { ByokEvent } from '../byok-event.ts';
import type { ByokKeyRecord, ByokRotation } from '../record/byok-key-record.ts';
import { replaceCompromised, settleCompromise } from '../record/compromise.ts';
import { toInstant } from '../runner/byok-clock.ts';
import { checkCandidate } from './check-candidate.ts';
import { confirmPromotion, retiringFrom, settleRecord } from './confirm-promotion.ts';
import { obtainCandidate } from './obtain-candidate.ts';
import { preparePromotion, promoteCandidate } from './promote-candidate.ts';
import { patchRotation, type RotationContext, type StepOutcome } from './rotation-context.ts';
import { discardCandidate, tidyUp } from './tidy-up.ts';

const STEPS: Readonly<
  Record<ByokRotation['step'], (context: RotationContext, rotation: ByokRotation) => Promise<StepOutcome>>
> = {
  planned: obtainCandidate,
  obtaining: obtainCandidate,
  stored: checkCandidate,
  validated: preparePromotion,
  promoting: promoteCandidate,
  promoted: confirmPromotion,
  verified: tidyUp,
  discarding: discardCandidate,
};

/**
 * Takes the rotation under way as far as it goes now. Each step first does its work, then notes it down in one save; a
 * run that finds a step's work done already goes on from there.
 *
 * @returns `done`: there is no rotation any more. `waiting`: its next try is due later, and the lease was given back.
 */
export async function driveRotation(context: RotationContext): Promise<'done' | 'waiting'> {
  for (;;) {
    context.signal?.throwIfAborted();
    const { rotation } = context.session.record;
    if (rotation === undefined) return 'done';
    const outcome = await STEPS[rotation.step](context, rotation);
    const isWaiting = await noteDown(context, rotation, outcome);
    if (isWaiting) return 'waiting';
  }
}

async function noteDown(context: RotationContext, rotation: ByokRotation, outcome: StepOutcome): Promise<boolean> {
  const { session, env } = context;
  const now = env.clock.now();
  switch (outcome.kind) {
    case 'advance':
      return advance(context, outcome.patch);
    case 'settle': {
      await session.change((record) => settleRecord(record, outcome.newKey.version, now));
      emitStep(context);
      return false;
    }
    case 'retry': {
      if (outcome.giveUp !== undefined && Date.parse(rotation.deadlineAt) <= now) {
        const failure = { code: outcome.giveUp, message: outcome.error };
        return advance(context, { step: 'discarding', failure });
      }
      return retryLater(context, rotation, outcome);
    }
    case 'fail': {
      const { failure, endOld = false } = outcome;
      await session.change((record) => {
        const discarding = patchRotation(record, { ...FRESH_STEP, step: 'discarding', failure });
        const old =
          endOld && record.rotation !== undefined ? retiringFrom(withPrevious(record, record.rotation), now) : [];
        const failed = { ...discarding, retiring: [...record.retiring, ...old] };
        return endOld ? replaceCompromised(failed) : failed;
      });
      emitStep(context);
      return false;
    }
    case 'finish': {
      const record = await session.change((stored) => finishRecord(stored, now));
      emitEnd(context, rotation, record);
      return false;
    }
    default:
      return outcome satisfies never;
  }
}

/** Before the promotion, all that is known of the old key is its version. */
function withPrevious({ secretRef: reference }: ByokKeyRecord, rotation: ByokRotation): ByokRotation {
  const { previous, baseVersion: version } = rotation;
  return previous !== undefined || version === undefined ? rotation : { ...rotation, previous: { reference, version } };
}

const FRESH_STEP = { attempts: 0 } as const;

async function advance(context: RotationContext, patch: Partial<ByokRotation>): Promise<boolean> {
  await context.session.change((record) => {
    if (record.rotation === undefined) return record;
    const { nextAttemptAt: _next, lastError: _error, failure: _failure, ...rest } = record.rotation;
    return { ...record, rotation: { ...rest, ...FRESH_STEP, ...patch } };
  });
  emitStep(context);
  return false;
}

async function retryLater(
  context: RotationContext,
  rotation: ByokRotation,
  outcome: StepOutcome & { readonly kind: 'retry' },
): Promise<boolean> {
  const { session, env } = context;
  const attempts = rotation.attempts + 1;
  const delayMs = Math.max(outcome.retryAfterMs ?? 0, backoffMs(context, attempts));
  const nextAttemptAt = toInstant(env.clock.now() + delayMs);
  await session.release((record) => patchRotation(record, { attempts, nextAttemptAt, lastError: outcome.error }));
  const { step } = rotation;
  emit(context, rotation, { type: 'retry_scheduled', step, attempt: attempts, delayMs, error: outcome.error });
  return true;
}

/** Between half of a bound and all of it; the bound doubles from one try to the next. */
export function backoffMs({ env }: Pick<RotationContext, 'env'>, attempts: number): number {
  const boundMs = Math.min(env.retryCapMs, env.retryBaseMs * 2 ** Math.min(attempts - 1, 30));
  return Math.round(boundMs * (0.5 + 0.5 * env.random()));
}

function finishRecord(record: ByokKeyRecord, now: number): ByokKeyRecord {
  const { rotation, lastRotation, ...rest } = record;
  if (rotation === undefined) return record;
  const { id, reason, failure, oldKey } = rotation;
  const finished = { id, reason, finishedAt: toInstant(now), ...(oldKey === undefined ? {} : { oldKey }) };
  if (failure === undefined) {
    return settleCompromise({ ...rest, lastRotation: { ...finished, status: 'completed', failuresInARow: 0 } });
  }
  const before = lastRotation?.status === 'rolled_back' ? lastRotation.failuresInARow : 0;
  return settleCompromise({
    ...rest,
    lastRotation: { ...finished, status: 'rolled_back', failure, failuresInARow: before + 1 },
  });
}

type EventOf<Type extends ByokEvent['type']> = Extract<ByokEvent, { readonly type: Type }>;
type RotationEventType = 'rotation_step' | 'retry_scheduled' | 'rotation_completed' | 'rotation_rolled_back';
type Told<Event> = Event extends ByokEvent
  ? Omit<Event, 'at' | 'tenantId' | 'connectionId' | 'rotationId' | 'reason'>
  : never;

function emit(context: RotationContext, { id, reason }: ByokRotation, told: Told<EventOf<RotationEventType>>): void {
  const { tenantId, connectionId } = context.session.record;
  const at = toInstant(context.env.clock.now());
  context.env.emit({ at, tenantId, connectionId, rotationId: id, reason, ...told });
}

function emitStep(context: RotationContext): void {
  const { rotation } = context.session.record;
  if (rotation !== undefined) emit(context, rotation, { type: 'rotation_step', step: rotation.step });
}

function emitEnd(context: RotationContext, rotation: ByokRotation, record: ByokKeyRecord): void {
  const { failure } = rotation;
  if (failure !== undefined) {
    emit(context, rotation, { type: 'rotation_rolled_back', code: failure.code, error: failure.message });
    return;
  }
  const old = record.retiring.find(({ rotationId }) => rotationId === rotation.id);
  emit(context, rotation, {
    type: 'rotation_completed',
    ...(old === undefined ? {} : { oldKeyUntil: old.retireAt }),
  });
}

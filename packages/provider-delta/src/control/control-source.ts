import { type DeltaClock, systemDeltaClock } from '../delta-clock.ts';
import { DeltaError } from '../errors/delta-error.ts';
import { isoInstant } from '../rules/instant.ts';
import { deltaSourceKey, type DeltaSourceRef } from '../source-ref.ts';
import type { DeltaStore } from '../store/delta-store.ts';
import { conflict } from '../store/store-errors.ts';
import { type DeltaProgress, INITIAL_PROGRESS } from '../store/progress.ts';
import { forgetPosition } from '../sync/progress-steps.ts';

/** What an operator's act needs. */
export interface SourceControl {
  readonly store: Pick<DeltaStore, 'load' | 'update'>;
  readonly ref: DeltaSourceRef;
  readonly clock?: Pick<DeltaClock, 'now'>;
}

/** Worker and operator may write at the same time; each try reads anew. */
const MAX_TRIES = 20;

/** Stops a source until `resumeSource`. A run that is under way notices at its next commit and ends with `lost`. */
export async function pauseSource(control: SourceControl, message?: string): Promise<DeltaProgress> {
  const at = isoInstant((control.clock ?? systemDeltaClock).now());
  return change(control, (progress) => ({
    ...progress,
    status: 'paused',
    pause: { reason: 'operator', at, ...(message === undefined ? {} : { message }) },
  }));
}

/** Lets a source go on that was paused, failed, or waited for an authorization. It goes on where it was. */
export async function resumeSource(control: SourceControl): Promise<DeltaProgress> {
  return change(control, ({ pause: _pause, failure: _failure, ...rest }) => ({ ...rest, status: 'idle' }));
}

/** Lets a held sweep delete what the scan did not see, and the source go on. */
export async function approveSweep(control: SourceControl): Promise<DeltaProgress> {
  return change(control, (progress) => {
    if (progress.walk?.kind !== 'sweep') {
      throw new DeltaError({
        code: 'INVALID_OPTIONS',
        message: `Source ${deltaSourceKey(control.ref)} has no sweep to be approved`,
        field: 'walk',
      });
    }
    const { pause: _pause, ...rest } = progress;
    return { ...rest, status: 'idle', isSweepApproved: true };
  });
}

/** Reads everything anew with the next run. Records and tombstones stay known. */
export async function resyncSource(control: SourceControl): Promise<DeltaProgress> {
  return change(control, (progress) => forgetPosition(progress));
}

/**
 * Plays the changes since a checkpoint again: what was applied before is applied again, what is older than what is known
 * still is not.
 *
 * @throws {DeltaError} `INVALID_OPTIONS`: the source has no such checkpoint.
 */
export async function replaySource(control: SourceControl, checkpointId: string): Promise<DeltaProgress> {
  return change(control, (progress) => {
    const checkpoint = progress.checkpoints.find((known) => known.checkpointId === checkpointId);
    if (checkpoint === undefined) {
      const known = progress.checkpoints.map((each) => each.checkpointId).join(', ') || 'none';
      const message = `Source ${deltaSourceKey(control.ref)} has no checkpoint "${checkpointId}"; it has ${known}`;
      throw new DeltaError({ code: 'INVALID_OPTIONS', message, field: 'checkpointId' });
    }
    return { ...forgetPosition(progress), cursor: checkpoint.cursor, isReplay: true };
  });
}

async function change(
  { store, ref }: SourceControl,
  to: (progress: DeltaProgress) => DeltaProgress,
): Promise<DeltaProgress> {
  for (let attempt = 1; ; attempt += 1) {
    const state = await store.load(ref);
    const progress = to(state?.progress ?? INITIAL_PROGRESS);
    try {
      await store.update(ref, progress, state?.revision ?? 0);
      return progress;
    } catch (error) {
      if (!DeltaError.is(error) || error.code !== 'CONFLICT') throw error;
      if (attempt === MAX_TRIES) throw conflict(ref, state?.revision ?? 0, undefined);
    }
  }
}

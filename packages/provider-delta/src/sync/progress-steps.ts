import type { ProviderDeltaCursor } from '../sync-state.ts';
import type { DeltaFailure, DeltaProgress, DeltaStatus, DeltaWalk } from '../store/progress.ts';
import { sameCursor } from '../rules/cursor-rules.ts';

/** Begins a full scan: a new generation, whose records tell who was not seen. */
export function beginScan(progress: DeltaProgress, thenCursor: ProviderDeltaCursor, at: string): DeltaProgress {
  const { isSweepApproved: _approved, ...rest } = progress;
  return {
    ...rest,
    generation: progress.generation + 1,
    walk: { kind: 'scan', startedAt: at, pages: 0, thenCursor },
  };
}

/** The walk that goes on, or a new one from the cursor; that one is worth a commit only after its first page. */
export function changesWalk({ walk }: DeltaProgress, at: string): DeltaWalk {
  return walk ?? { kind: 'changes', startedAt: at, pages: 0 };
}

/** A page was applied and there are more. */
export function nextPage(progress: DeltaProgress, walk: DeltaWalk, pageCursor: string): DeltaProgress {
  return { ...progress, walk: { ...walk, pageCursor, pages: walk.pages + 1 } };
}

/** A scan saw everything; what it did not see comes next. */
export function beginSweep(progress: DeltaProgress, walk: DeltaWalk): DeltaProgress {
  const { pageCursor: _page, ...rest } = walk;
  return { ...progress, walk: { ...rest, kind: 'sweep', pages: walk.pages + 1 } };
}

/** A walk is over and its cursor is the new complete position. */
export function completeWalk(
  progress: DeltaProgress,
  cursor: ProviderDeltaCursor,
  { at, maxCheckpoints }: { readonly at: string; readonly maxCheckpoints: number },
): DeltaProgress {
  const { walk: _walk, isReplay: _replay, isSweepApproved: _approved, failure: _failure, ...rest } = progress;
  const known = progress.checkpoints.at(-1);
  const isNew = known === undefined || !sameCursor(known.cursor, cursor);
  const sequence = (known?.sequence ?? 0) + 1;
  const added = isNew ? [{ checkpointId: `checkpoint-${sequence}`, sequence, createdAt: at, cursor }] : [];
  return {
    ...rest,
    status: 'idle',
    cursor,
    syncedAt: at,
    checkpoints: [...progress.checkpoints, ...added].slice(-maxCheckpoints),
  };
}

/** The position is not good any more: everything is read anew. Records and tombstones stay. */
export function forgetPosition(progress: DeltaProgress): DeltaProgress {
  const { walk: _walk, cursor: _cursor, ...rest } = progress;
  return rest;
}

/** The place in a walk is not good any more; the walk starts over from its beginning. */
export function forgetPage(progress: DeltaProgress): DeltaProgress {
  const { walk: _walk, ...rest } = progress;
  return rest;
}

export function withFailure(progress: DeltaProgress, status: DeltaStatus, failure: DeltaFailure): DeltaProgress {
  return { ...progress, status, failure };
}

/** A page went through: the source works. */
export function withoutFailure(progress: DeltaProgress): DeltaProgress {
  const { failure: _failure, ...rest } = progress;
  return { ...rest, status: 'idle' };
}

/**
 * A step's progress over what somebody else wrote meanwhile, where both can hold: they saw to channels only. `undefined`:
 * they changed what this step builds on.
 */
export function rebase(ours: DeltaProgress, before: DeltaProgress, theirs: DeltaProgress): DeltaProgress | undefined {
  const of = ({ channels: _channels, ...rest }: DeltaProgress): string => JSON.stringify(sorted(rest));
  return of(before) === of(theirs) ? { ...ours, channels: theirs.channels } : undefined;
}

/** Stores may give back members in another order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

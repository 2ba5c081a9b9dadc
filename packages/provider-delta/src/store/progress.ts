import type { ProviderDeltaCursor, ProviderDeltaWebhookChannel } from '../sync-state.ts';

/** What a source is doing, or waiting for. */
export type DeltaStatus =
  /** Nothing to wait for: due whenever the scheduler says so. */
  | 'idle'
  /** A passing failure; `failure.retryAt` says until when. */
  | 'backoff'
  /** Waits for an operator; `pause` says why. */
  | 'paused'
  /** Waits for somebody to authorise the connection again. */
  | 'auth_required'
  /** Fails the same way each time: waits for an operator. */
  | 'failed';

/** A walk through pages that is not over. */
export interface DeltaWalk {
  /** `changes`: from the cursor. `scan`: through everything. `sweep`: deletes what a complete scan did not see. */
  readonly kind: 'changes' | 'scan' | 'sweep';
  /** Where the next page is. Absent: at the beginning. */
  readonly pageCursor?: string;
  readonly startedAt: string;
  readonly pages: number;
  /** Cursor that holds once a scan is complete: taken before it began, so that no change in between is lost. */
  readonly thenCursor?: ProviderDeltaCursor;
}

export interface DeltaFailure {
  /** In a row. */
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly retryAt?: string;
  readonly code: string;
  /** One line without payloads or secrets. */
  readonly message: string;
}

export interface DeltaPause {
  readonly reason: 'operator' | 'mass_deletion';
  readonly at: string;
  readonly message?: string;
}

/** A position that was complete, kept so that changes since then can be played again. */
export interface DeltaCheckpoint {
  readonly checkpointId: string;
  readonly sequence: number;
  readonly createdAt: string;
  readonly cursor: ProviderDeltaCursor;
}

/** A push subscription, with what its upkeep needs. */
export interface DeltaChannel extends ProviderDeltaWebhookChannel {
  readonly createdAt: string;
  /** Whether the provider has confirmed it, as by its first message. */
  readonly isConfirmed: boolean;
}

/**
 * How far a source is and what comes next. Plain JSON: a store keeps it as it is, and all rules about it are functions of
 * this package.
 */
export interface DeltaProgress {
  readonly status: DeltaStatus;
  /** Last complete position. Absent: never synced, or to be synced from the beginning. */
  readonly cursor?: ProviderDeltaCursor;
  readonly walk?: DeltaWalk;
  /** Number of the current full scan; records carry the number of the scan that saw them. 0: none yet. */
  readonly generation: number;
  /** True until the walk is over: what was applied before is applied again. */
  readonly isReplay?: boolean;
  /** An operator let the current sweep delete more than the guard allows. */
  readonly isSweepApproved?: boolean;
  readonly failure?: DeltaFailure;
  readonly pause?: DeltaPause;
  /** Oldest first. */
  readonly checkpoints: readonly DeltaCheckpoint[];
  readonly channels: readonly DeltaChannel[];
  /** When a walk was last complete. */
  readonly syncedAt?: string;
  /** Records applied since the beginning, deletions included. */
  readonly appliedCount: number;
}

/** The progress of a source that was never synced. */
export const INITIAL_PROGRESS: DeltaProgress = Object.freeze({
  status: 'idle',
  generation: 0,
  checkpoints: [],
  channels: [],
  appliedCount: 0,
});

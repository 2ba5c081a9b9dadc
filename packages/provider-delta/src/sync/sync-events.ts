import type { DeltaOrigin } from '../rules/record-rules.ts';
import type { DeltaSourceRef } from '../source-ref.ts';

/** What a sync tells about itself, for progress bars and telemetry. Never payloads, cursors or ids of records. */
export type SyncEvent = { readonly ref: DeltaSourceRef; readonly at: string } & (
  | { readonly type: 'started'; readonly token: number }
  | {
      readonly type: 'committed';
      readonly origin: DeltaOrigin | 'sweep';
      readonly pages: number;
      readonly applied: number;
      readonly skipped: number;
    }
  | { readonly type: 'retrying'; readonly code: string; readonly attempt: number; readonly delayMs: number }
  /** A full scan begins. */
  | { readonly type: 'resync'; readonly generation: number }
  /** The last complete position is not good any more: everything is read anew. */
  | { readonly type: 'cursor_expired' }
  /** A place in a walk is not good any more: the walk starts over. */
  | { readonly type: 'page_cursor_expired' }
  | { readonly type: 'sweep_held'; readonly missing: number; readonly live: number }
  | { readonly type: 'lease_lost' }
  | { readonly type: 'listener_failed' }
  | { readonly type: 'finished'; readonly outcome: SyncOutcome; readonly applied: number; readonly durationMs: number }
);

/** How a run ended. */
export type SyncOutcome =
  /** Everything that the provider had is applied. */
  | 'synced'
  /** As many pages as the run may take; there is more. */
  | 'more'
  /** Another worker is at it. */
  | 'busy'
  /** The lease was lost, or the source was written to by others: what was not committed is left to the next run. */
  | 'lost'
  /** A passing failure; `retryAfterMs` says when to come again. */
  | 'backoff'
  | 'auth_required'
  | 'paused'
  | 'failed'
  /** The caller's signal. */
  | 'aborted';

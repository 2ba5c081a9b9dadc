export type { DeltaClock } from './delta-clock.ts';
export { systemDeltaClock } from './delta-clock.ts';
export type { DeltaErrorCode, DeltaErrorOptions } from './errors/delta-error.ts';
export { DeltaError } from './errors/delta-error.ts';
export type { DeltaSourceRef } from './source-ref.ts';
export { deltaSourceKey } from './source-ref.ts';
export type {
  ProviderDeltaCursor,
  ProviderDeltaEnvelope,
  ProviderDeltaInstant,
  ProviderDeltaLease,
  ProviderDeltaReplayCheckpoint,
  ProviderDeltaSyncState,
  ProviderDeltaTombstone,
  ProviderDeltaWebhookChannel,
} from './sync-state.ts';
export { isProviderDeltaTombstoned } from './sync-state.ts';

export type { ChannelDecision } from './rules/channel-rules.ts';
export { channelsToStop, decideChannel } from './rules/channel-rules.ts';
export type { CursorMove } from './rules/cursor-rules.ts';
export { cursorMove, sameCursor, watermarkStart } from './rules/cursor-rules.ts';
export {
  DEFAULT_DEDUPE_WINDOW_MS,
  dedupeKeyOf,
  dedupeKeyOfChange,
  dedupeKeyOfEvent,
  idempotencyKeyOfEvent,
} from './rules/dedupe-rules.ts';
export type { MassDeletionGuard, ScanCounts, SweepDecision } from './rules/generation-rules.ts';
export { decideSweep } from './rules/generation-rules.ts';
export type { LeaseTiming } from './rules/lease-rules.ts';
export { isFenced, isLeaseExpired, isLeaseRenewalDue, leaseTiming } from './rules/lease-rules.ts';
export type { DeltaOrder } from './rules/order.ts';
export { compareRevisions } from './rules/order.ts';
export type {
  DeltaDeletionReason,
  DeltaOrigin,
  DeltaRecordMark,
  DeltaTombstoneMark,
  RecordDecision,
  RecordRuleContext,
} from './rules/record-rules.ts';
export { decideRecord, markRecord } from './rules/record-rules.ts';
export { isTombstoneExpired, tombstoneLifeMs } from './rules/tombstone-rules.ts';

export type { DeltaCommit, DeltaOutboxEntry, ReceivedEvent } from './store/commit.ts';
export type { DeltaStore, ListSourcesQuery, Pruned, PruneOptions, SourcesPage } from './store/delta-store.ts';
export type { DeltaLease, LeaseAnswer, LeaseRequest } from './store/lease.ts';
export type {
  DeltaChannel,
  DeltaCheckpoint,
  DeltaFailure,
  DeltaPause,
  DeltaProgress,
  DeltaStatus,
  DeltaWalk,
} from './store/progress.ts';
export { INITIAL_PROGRESS } from './store/progress.ts';
export type { DeltaSourceState } from './store/source-state.ts';
export { conflict, leaseLost } from './store/store-errors.ts';
export type { MemoryTransaction } from './memory/memory-delta-store.ts';
export { MemoryDeltaStore } from './memory/memory-delta-store.ts';

export type { DeltaPage, DeltaSource, PullRequest, ScanPage, ScanRequest } from './sync/delta-source.ts';
export type { SyncEvent, SyncOutcome } from './sync/sync-events.ts';
export type { DeltaBatch, SyncOptions, SyncResult } from './sync/sync-options.ts';
export { syncSource } from './sync/sync-source.ts';
export type { ReceiveOptions, ReceiveResult } from './inbound/receive-envelopes.ts';
export { receiveEnvelopes } from './inbound/receive-envelopes.ts';
export type { SourceControl } from './control/control-source.ts';
export { approveSweep, pauseSource, replaySource, resumeSource, resyncSource } from './control/control-source.ts';

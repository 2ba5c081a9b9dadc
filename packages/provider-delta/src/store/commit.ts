import type { JsonValue } from '@mortise/core';
import type { DeltaRecordMark } from '../rules/record-rules.ts';
import type { ProviderDeltaEnvelope } from '../sync-state.ts';
import type { DeltaProgress } from './progress.ts';

/** A message that is published after the commit that wrote it, at least once, always under the same id. */
export interface DeltaOutboxEntry {
  readonly id: string;
  readonly topic: string;
  readonly payload: JsonValue;
}

/** All that one step of a sync changes. It happens as a whole or not at all. */
export interface DeltaCommit {
  /** The revision that the worker read; another one by now is a conflict. */
  readonly expectedRevision: number;
  readonly progress: DeltaProgress;
  readonly records?: readonly DeltaRecordMark[];
  /** Dedupe keys of what was taken in. */
  readonly seen?: readonly string[];
  /** Milliseconds for which `seen` is remembered. Default seven days. */
  readonly dedupeWindowMs?: number;
  /** Ids of received events that were dealt with. */
  readonly handled?: readonly string[];
  readonly outbox?: readonly DeltaOutboxEntry[];
}

/** An event that came in by itself and waits to be applied. */
export interface ReceivedEvent {
  /** Its dedupe key. */
  readonly id: string;
  /** Payload and all as JSON. */
  readonly envelope: ProviderDeltaEnvelope<JsonValue>;
  /** When we got it, ISO 8601. */
  readonly receivedAt: string;
}

import type { JsonValue } from '@mortise/core';
import { type DeltaClock, systemDeltaClock } from '../delta-clock.ts';
import { dedupeKeyOf } from '../rules/dedupe-rules.ts';
import { isoInstant } from '../rules/instant.ts';
import type { DeltaSourceRef } from '../source-ref.ts';
import type { ReceivedEvent } from '../store/commit.ts';
import type { DeltaStore } from '../store/delta-store.ts';
import type { ProviderDeltaEnvelope } from '../sync-state.ts';

export interface ReceiveOptions {
  readonly store: Pick<DeltaStore, 'receive'>;
  readonly ref: DeltaSourceRef;
  readonly clock?: Pick<DeltaClock, 'now'>;
}

export interface ReceiveResult {
  /** Kept until a sync applies them. */
  readonly accepted: number;
  /** Came before. */
  readonly duplicates: number;
  /** Events without an id and without a revision: they cannot be told apart, and only say that there is something to pull. */
  readonly hints: number;
  /** Whether a sync should run. */
  readonly shouldSync: boolean;
}

/**
 * Keeps the envelopes of a verified webhook until the next sync applies them by the same rules as pages. Answer the
 * provider only after this resolved, then run a sync. An event is a hint first of all: what it says is applied only where
 * it is certain to be newer than what is known.
 */
export async function receiveEnvelopes(
  envelopes: readonly ProviderDeltaEnvelope<JsonValue>[],
  { store, ref, clock = systemDeltaClock }: ReceiveOptions,
): Promise<ReceiveResult> {
  const receivedAt = isoInstant(clock.now());
  const events: ReceivedEvent[] = [];
  for (const envelope of envelopes) {
    const id = await dedupeKeyOf(envelope, ref.connectionId);
    if (id !== undefined) events.push({ id, envelope, receivedAt });
  }
  const accepted = events.length === 0 ? [] : await store.receive(ref, events);
  const hints = envelopes.length - events.length;
  return {
    accepted: accepted.length,
    duplicates: events.length - accepted.length,
    hints,
    shouldSync: accepted.length + hints > 0,
  };
}

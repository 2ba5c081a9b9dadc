import { DeltaError } from '../errors/delta-error.ts';
import { dedupeKeyOfEvent } from '../rules/dedupe-rules.ts';
import { decideRecord, type DeltaOrigin, type DeltaRecordMark, markRecord } from '../rules/record-rules.ts';
import type { DeltaOrder } from '../rules/order.ts';
import type { ProviderDeltaEnvelope } from '../sync-state.ts';

export interface SelectContext {
  readonly order: DeltaOrder;
  readonly origin: DeltaOrigin;
  readonly generation: number;
  readonly observedAt: string;
  readonly isReplay: boolean;
  readonly connectionId: string;
  /** Marks of the records in question. */
  readonly known: ReadonlyMap<string, DeltaRecordMark>;
  /** Dedupe keys that were taken in before. */
  readonly seen: ReadonlySet<string>;
}

export interface SelectedChanges<TPayload> {
  /** What is to be applied, one change for each record, in order of the last change of each. */
  readonly changes: readonly ProviderDeltaEnvelope<TPayload>[];
  /** All marks that are to be stored, those of records that were only seen by a scan included. */
  readonly records: readonly DeltaRecordMark[];
  /**
   * Marks of those that a sink did not have before. Stored before a sink outside the store's transaction is written to:
   * a record that it got from a worker who then died must be known, or no full scan would ever find it missing.
   */
  readonly announced: readonly DeltaRecordMark[];
  readonly skipped: number;
}

/** Picks from changes those that are new, by dedupe keys, revisions and tombstones. */
export function selectChanges<TPayload>(
  envelopes: readonly ProviderDeltaEnvelope<TPayload>[],
  { order, origin, generation, observedAt, isReplay, connectionId, known, seen }: SelectContext,
): SelectedChanges<TPayload> {
  const marks = new Map<string, DeltaRecordMark>();
  const changes = new Map<string, ProviderDeltaEnvelope<TPayload>>();
  const keys = new Set<string>();
  let skipped = 0;
  for (const [index, envelope] of envelopes.entries()) {
    requireEnvelope(envelope, index);
    const { sourceId } = envelope;
    const key = explicitKey(envelope, connectionId);
    const mark = marks.get(sourceId) ?? known.get(sourceId);
    const isSeen = key !== undefined && (keys.has(key) || (!isReplay && seen.has(key)));
    const decision = isSeen ? 'duplicate' : decideRecord(mark, envelope, { order, origin, isReplay });
    if (key !== undefined) keys.add(key);
    if (decision === 'apply' || decision === 'revive') {
      // An event may be older than the scan that is under way, which then does not see the record.
      const seenIn = origin === 'event' ? (mark?.generation ?? 0) : generation;
      marks.set(sourceId, markRecord(mark, envelope, { generation: seenIn, observedAt }));
      changes.delete(sourceId);
      changes.set(sourceId, envelope);
      continue;
    }
    skipped += 1;
    // A scan saw it, so that the sweep must not take it for gone, whatever state of it the scan saw.
    const isLive = mark !== undefined && mark.tombstone === undefined && envelope.delta.tombstone === undefined;
    if (origin === 'scan' && isLive) marks.set(sourceId, { ...mark, generation });
  }
  const announced = [...changes.values()].flatMap(({ sourceId, delta }) => {
    const before = known.get(sourceId);
    if (delta.tombstone !== undefined || (before !== undefined && before.tombstone === undefined)) return [];
    // Without a revision: whether the sink got it is not known, so that it must come again.
    return { sourceId, generation };
  });
  return { changes: [...changes.values()], records: [...marks.values()], announced, skipped };
}

/** The dedupe key that an envelope brings along, or that its event id makes. */
export function explicitKey({ providerKey, delta }: ProviderDeltaEnvelope, connectionId: string): string | undefined {
  if (delta.dedupeKey !== undefined || delta.providerEventId === undefined) return delta.dedupeKey;
  return dedupeKeyOfEvent(providerKey, connectionId, delta.providerEventId);
}

function requireEnvelope(envelope: ProviderDeltaEnvelope, index: number): void {
  const { sourceId, delta }: { sourceId?: unknown; delta?: unknown } = envelope;
  const fault =
    typeof sourceId !== 'string' || sourceId === ''
      ? 'sourceId'
      : typeof delta !== 'object' || delta === null
        ? 'delta'
        : undefined;
  if (fault === undefined) return;
  throw new DeltaError({
    code: 'INVALID_PAGE',
    message: `Change ${index} of a page has no ${fault === 'sourceId' ? 'text as its sourceId' : 'delta'}`,
    field: `changes/${index}/${fault}`,
  });
}

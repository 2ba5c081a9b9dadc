import type { ProviderDeltaEnvelope } from '../sync-state.ts';
import { compareRevisions, type DeltaOrder } from './order.ts';

/** What a store remembers of one record, so that changes can come in any order. */
export interface DeltaRecordMark {
  readonly sourceId: string;
  /** The provider's revision that was applied last. Absent: the provider has none. */
  readonly revision?: string;
  /** Full scan in which the record was last seen, or the scan that was current when it changed. */
  readonly generation: number;
  /** Present: the record is deleted. */
  readonly tombstone?: DeltaTombstoneMark;
}

/**
 * Why a record is gone. Losing the permission to see it is not its deletion, and that a complete scan did not see it
 * (`missing`) says only that it was not there then.
 */
export type DeltaDeletionReason = 'deleted' | 'permission' | 'purged' | 'trashed' | 'merged' | 'missing';

export interface DeltaTombstoneMark {
  /** When the provider says it was deleted, ISO 8601. */
  readonly deletedAt: string;
  /** When we learnt of it, ISO 8601. */
  readonly observedAt: string;
  readonly reason?: string;
}

/** Where a change came from. Pages are in the provider's order; events may come late, twice and in any order. */
export type DeltaOrigin = 'page' | 'scan' | 'event';

/** What is to be done with a change. */
export type RecordDecision =
  | 'apply'
  /** As `apply`, of a record that was deleted. */
  | 'revive'
  /** This state of the record was applied before. */
  | 'duplicate'
  /** A newer state of the record was applied before. */
  | 'stale'
  /** It cannot be told whether it is newer: ask the provider for its changes instead. */
  | 'pull';

export interface RecordRuleContext {
  readonly order: DeltaOrder;
  readonly origin: DeltaOrigin;
  /** True: what was applied before is applied again, as in a replay. What is older still is not. */
  readonly isReplay?: boolean;
}

/**
 * Decides by revision, not by arrival. A tombstone is a state like any other: a later revision revives the record, an
 * earlier one does not, nor does an equal one unless the
 * record was only hidden (`permission`), put away (`trashed`) or not seen (`missing`). Where revisions only tell equal from different, pages are trusted to come in order.
 * Events are not: they count only where they are certainly newer than a record that is there, or its deletion. A created
 * record that an event tells of may be gone already, which a full scan cannot tell.
 *
 * @throws {DeltaError} `NOT_COMPARABLE`: a revision is not of the declared order.
 */
export function decideRecord(
  known: DeltaRecordMark | undefined,
  { delta }: ProviderDeltaEnvelope,
  { order, origin, isReplay = false }: RecordRuleContext,
): RecordDecision {
  const isDeletion = delta.tombstone !== undefined;
  const revision = isDeletion ? revisionOfDeletion(delta) : delta.providerRevision;
  const isEvent = origin === 'event';
  if (known === undefined) return isEvent && !(isDeletion && revision !== undefined) ? 'pull' : 'apply';
  const wasDeleted = known.tombstone !== undefined;
  // An event of a record that is gone may be older than its going, whatever revision that left behind.
  const applied: RecordDecision = wasDeleted && !isDeletion ? (isEvent ? 'pull' : 'revive') : 'apply';
  const compared =
    revision === undefined || known.revision === undefined
      ? undefined
      : compareRevisions(revision, known.revision, order);
  if (compared === undefined) {
    if (isEvent) return 'pull';
    // A deletion without a revision is of whatever is known; told twice, it is told once.
    return isDeletion && wasDeleted && !isReplay ? 'duplicate' : applied;
  }
  if (compared < 0) return 'stale';
  if (compared > 0) return applied;
  // The same revision: a deletion of it wins over the state of it, and is not undone by it.
  if (isDeletion && !wasDeleted) return 'apply';
  if (!isDeletion && wasDeleted) return !isEvent && isHidden(known) ? 'revive' : 'stale';
  return isReplay ? 'apply' : 'duplicate';
}

const HIDING: ReadonlySet<string> = new Set(['permission', 'trashed', 'missing'] satisfies DeltaDeletionReason[]);

/** Hidden from us, put away, or not seen: when it comes back, nothing about the record itself need have changed. */
function isHidden({ tombstone }: DeltaRecordMark): boolean {
  return HIDING.has(tombstone?.reason ?? '');
}

function revisionOfDeletion({ tombstone, providerRevision }: ProviderDeltaEnvelope['delta']): string | undefined {
  return tombstone?.providerRevision ?? providerRevision;
}

/** What to remember of a record once a change of it was applied. */
export function markRecord(
  known: DeltaRecordMark | undefined,
  { sourceId, delta }: ProviderDeltaEnvelope,
  at: { readonly generation: number; readonly observedAt: string },
): DeltaRecordMark {
  const revision = revisionOfDeletion(delta) ?? (delta.tombstone === undefined ? undefined : known?.revision);
  const { tombstone } = delta;
  return {
    sourceId,
    generation: at.generation,
    ...(revision === undefined ? {} : { revision }),
    ...(tombstone === undefined
      ? {}
      : {
          tombstone: {
            deletedAt: tombstone.deletedAt instanceof Date ? tombstone.deletedAt.toISOString() : tombstone.deletedAt,
            observedAt: at.observedAt,
            ...(tombstone.reason === undefined ? {} : { reason: tombstone.reason }),
          },
        }),
  };
}

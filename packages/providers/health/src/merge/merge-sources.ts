import type { HealthRecordBase } from '../model/record-base.ts';
import { compareInstants, secondsBetween } from '../time/instant.ts';
import { compareText } from '../time/record-time.ts';

/** A record with a start and an end, such as a workout, a sleep or the steps of an hour. */
export interface TimedRecord extends Pick<
  HealthRecordBase,
  'externalId' | 'tenantId' | 'connectionId' | 'providerKey' | 'userId' | 'origin'
> {
  startedAt?: string;
  endedAt?: string;
  interval?: { start: string; end: string };
}

export interface MergeSourcesOptions<Item extends TimedRecord> {
  /** Sources from the best to the worst, as `sourceOf` names them. Those that are not listed come last, by name. */
  readonly priority: readonly string[];
  /** Names the source of a record. Default: the provider and, where known, its device. */
  readonly sourceOf?: (record: Item) => string;
  /** Which share of the shorter of two records must lie within the other for them to be the same. Default 0.5. */
  readonly sameFrom?: number;
  /** Only records of one group can be the same, such as those of one sport. Default: all of one person are one group. */
  readonly groupOf?: (record: Item) => string;
}

/** A record that was left out, and the one that tells of the same time. */
export interface MergedRecord<Item> {
  readonly record: Item;
  readonly inFavourOf: Item;
}

export interface MergedSources<Item> {
  /** In time order; each walk once. */
  readonly records: Item[];
  /** What was left out, so that nothing is lost unseen. */
  readonly leftOut: MergedRecord<Item>[];
}

/**
 * One series out of several sources without counting anything twice: where two of them recorded the same, the better
 * source counts. Records of one source are never held against each other: they may overlap for a reason. A record
 * without start and end is kept.
 *
 * @throws {HealthTimeError} `INVALID_INSTANT`, `NEGATIVE_DURATION`
 */
export function mergeSources<Item extends TimedRecord>(
  records: readonly Item[],
  options: MergeSourcesOptions<Item>,
): MergedSources<Item> {
  const { priority, sourceOf = defaultSourceOf, sameFrom = 0.5, groupOf } = options;
  const rankOf = (record: Item): number => {
    const rank = priority.indexOf(sourceOf(record));
    return rank === -1 ? priority.length : rank;
  };
  const byRank = [...records].sort(
    (left, right) =>
      rankOf(left) - rankOf(right) || compareText(sourceOf(left), sourceOf(right)) || compareByTime(left, right),
  );
  const kept: Item[] = [];
  const leftOut: MergedRecord<Item>[] = [];
  for (const record of byRank) {
    const inFavourOf = kept.find(
      (better) =>
        sourceOf(better) !== sourceOf(record) &&
        isOfSamePerson(better, record) &&
        groupOf?.(better) === groupOf?.(record) &&
        sharedPart(better, record) >= sameFrom,
    );
    if (inFavourOf === undefined) kept.push(record);
    else leftOut.push({ record, inFavourOf });
  }
  return { records: kept.sort(compareByTime), leftOut };
}

/** Names a source by provider and device, or writer where there is no device. */
export function defaultSourceOf({ providerKey, origin }: TimedRecord): string {
  const { device, app, writer } = origin ?? {};
  const name = device?.id ?? device?.model ?? device?.type ?? app ?? writer;
  return name === undefined ? providerKey : `${providerKey}/${name}`;
}

function isOfSamePerson(left: TimedRecord, right: TimedRecord): boolean {
  if (left.tenantId !== right.tenantId) return false;
  // Without a user the connection is the person's.
  return left.userId === undefined || right.userId === undefined
    ? left.connectionId === right.connectionId
    : left.userId === right.userId;
}

/** Share of the shorter record that lies within the other; 0 where one of them has no extent. */
function sharedPart(left: TimedRecord, right: TimedRecord): number {
  const [one, other] = [edgesOf(left), edgesOf(right)];
  if (one === undefined || other === undefined) return 0;
  const start = compareInstants(one.start, other.start) > 0 ? one.start : other.start;
  const end = compareInstants(one.end, other.end) < 0 ? one.end : other.end;
  const shorter = Math.min(secondsBetween(one.start, one.end), secondsBetween(other.start, other.end));
  if (shorter === 0 || compareInstants(start, end) >= 0) return 0;
  return secondsBetween(start, end) / shorter;
}

function edgesOf({ startedAt, endedAt, interval }: TimedRecord): { start: string; end: string } | undefined {
  if (interval !== undefined) return interval;
  return startedAt === undefined || endedAt === undefined ? undefined : { start: startedAt, end: endedAt };
}

function compareByTime(left: TimedRecord, right: TimedRecord): number {
  const [one, other] = [left, right].map((record) => edgesOf(record)?.start ?? record.startedAt);
  if (one !== undefined && other !== undefined) {
    const order = compareInstants(one, other);
    if (order !== 0) return order;
  } else if (one !== other) {
    return one === undefined ? 1 : -1;
  }
  return compareText(left.externalId, right.externalId);
}

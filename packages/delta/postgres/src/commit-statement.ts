import { DEFAULT_DEDUPE_WINDOW_MS, type DeltaCommit, type DeltaLease, deltaSourceKey } from '@mortise/provider-delta';

/**
 * All that a commit writes as one statement: one round trip, and one transaction by itself. No row of the source that
 * is held, at the revision that is expected: nothing else is written either.
 *
 * The server judges a lease when it finds the row, and again if somebody changed the row while this waited for it. Nobody
 * can take the lease between that and the end of the transaction, since taking it needs the row, too.
 *
 * @param isLocked The row is locked and the lease was judged before, in the same transaction.
 */
export function commitStatement(schema: string, isLocked: boolean): string {
  const isInTime = isLocked ? '' : 'AND lease_expires_at > clock_timestamp()';
  return `
  WITH source AS (
    UPDATE ${schema}.sources SET progress = $5::json, status = $6::text, revision = revision + 1
    WHERE key = $1::text AND holder = $2::text AND token = $3::bigint AND revision = $4::bigint ${isInTime}
    RETURNING id, revision
  ), marked AS (
    INSERT INTO ${schema}.records (source, id, generation, revision, deleted_at, observed_at, observed, reason)
    SELECT source.id, mark.id, mark.generation, mark.revision, mark.deleted_at, mark.observed_at,
      to_timestamp(mark.observed_ms / 1000), mark.reason
    FROM source, unnest($7::text[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::float8[], $13::text[])
      AS mark (id, generation, revision, deleted_at, observed_at, observed_ms, reason)
    ON CONFLICT (source, id) DO UPDATE SET generation = excluded.generation, revision = excluded.revision,
      deleted_at = excluded.deleted_at, observed_at = excluded.observed_at, observed = excluded.observed,
      reason = excluded.reason
  ), kept AS (
    INSERT INTO ${schema}.seen (source, key, until_at)
    SELECT source.id, seen.key, clock_timestamp() + $15::float8 * interval '1 millisecond'
    FROM source, unnest($14::text[]) AS seen (key)
    ON CONFLICT (source, key) DO UPDATE SET until_at = excluded.until_at
  ), handled AS (
    DELETE FROM ${schema}.received USING source
    WHERE received.source = source.id AND received.id = ANY ($16::text[])
  ), sent AS (
    INSERT INTO ${schema}.outbox (id, topic, payload)
    SELECT message.id, message.topic, message.payload::json
    FROM source, unnest($17::text[], $18::text[], $19::text[]) WITH ORDINALITY AS message (id, topic, payload, nth)
    ORDER BY message.nth
    ON CONFLICT (id) DO NOTHING
  )
  SELECT revision::text AS revision FROM source`;
}

/** Longest window, so that an endless one is a date that the server knows. */
const CENTURY_MS = 36_525 * 86_400_000;

/** Values of `commitStatement`. A statement must not write one row twice: the last of several counts. */
export function commitValues(lease: DeltaLease, commit: DeltaCommit): unknown[] {
  const { progress, seen = [], dedupeWindowMs = DEFAULT_DEDUPE_WINDOW_MS, handled = [], outbox = [] } = commit;
  const records = [...new Map((commit.records ?? []).map((record) => [record.sourceId, record])).values()];
  return [
    deltaSourceKey(lease.ref),
    lease.holder,
    lease.token,
    commit.expectedRevision,
    JSON.stringify(progress),
    progress.status,
    records.map(({ sourceId }) => sourceId),
    records.map(({ generation }) => generation),
    records.map(({ revision }) => revision ?? null),
    records.map(({ tombstone }) => tombstone?.deletedAt ?? null),
    records.map(({ tombstone }) => tombstone?.observedAt ?? null),
    records.map(({ tombstone }) => msOrNull(tombstone?.observedAt)),
    records.map(({ tombstone }) => tombstone?.reason ?? null),
    [...new Set(seen)],
    Math.min(dedupeWindowMs, CENTURY_MS),
    handled,
    outbox.map(({ id }) => id),
    outbox.map(({ topic }) => topic),
    outbox.map(({ payload }) => JSON.stringify(payload)),
  ];
}

/** A tombstone without an instant that can be read is kept for good. */
function msOrNull(instant: string | undefined): number | null {
  const ms = instant === undefined ? Number.NaN : Date.parse(instant);
  return Number.isNaN(ms) ? null : ms;
}

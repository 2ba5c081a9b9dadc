import { commitStatement } from './commit-statement.ts';
import { msOf, RECORD_COLUMNS, SOURCE_COLUMNS } from './rows.ts';

/** Arguments: key, holder, token. */
const HELD = 'key = $1::text AND holder = $2::text AND token = $3::bigint AND lease_expires_at > clock_timestamp()';
const FROM_NOW = (parameter: string): string => `clock_timestamp() + ${parameter}::float8 * interval '1 millisecond'`;

export type Statements = ReturnType<typeof createStatements>;

/** All statements of a store, each for one round trip. `clock_timestamp()` where a wait for a lock may come between. */
export function createStatements(schema: string) {
  const sourceId = `(SELECT id FROM ${schema}.sources WHERE key = $1::text)`;
  return {
    commit: commitStatement(schema, false),
    commitLocked: commitStatement(schema, true),
    // The inner query waits for the row; the outer one looks at the clock after that.
    lockSource: `SELECT revision::text AS revision, holder::text AS holder, token::text AS token,
        (lease_expires_at > clock_timestamp())::text AS is_in_time
      FROM (SELECT revision, holder, token, lease_expires_at FROM ${schema}.sources WHERE key = $1::text FOR UPDATE) AS source`,
    readSource: `SELECT ${SOURCE_COLUMNS} FROM ${schema}.sources WHERE key = $1::text`,
    // A lease that is seen to be held is refused without a wait for its holder's commit.
    acquire: `WITH held AS (
        SELECT holder, lease_expires_at FROM ${schema}.sources WHERE key = $1::text AND lease_expires_at > clock_timestamp()
      ), taken AS (
        INSERT INTO ${schema}.sources AS s
          (key, tenant_id, connection_id, stream, partition, token, holder, lease_expires_at, progress, status)
        SELECT $1::text, $2::text, $3::text, $4::text, $5::text, 1, $6::text, ${FROM_NOW('$7')}, $8::json, $9::text
        WHERE NOT EXISTS (SELECT 1 FROM held)
        ON CONFLICT (key) DO UPDATE SET token = s.token + 1, holder = excluded.holder,
          lease_expires_at = ${FROM_NOW('$7')}, progress = coalesce(s.progress, excluded.progress),
          status = coalesce(s.status, excluded.status)
        WHERE s.lease_expires_at IS NULL OR s.lease_expires_at <= clock_timestamp()
        RETURNING *
      )
      SELECT 'true' AS is_taken, revision::text AS revision, token::text AS token, holder::text AS holder,
        ${msOf('lease_expires_at')} AS expires_ms, progress::text AS progress FROM taken
      UNION ALL
      SELECT 'false', NULL, NULL, holder::text, ${msOf('lease_expires_at')}, NULL FROM held`,
    renew: `UPDATE ${schema}.sources SET lease_expires_at = ${FROM_NOW('$4')} WHERE ${HELD}
      RETURNING ${msOf('lease_expires_at')} AS expires_ms`,
    release: `UPDATE ${schema}.sources SET holder = NULL, lease_expires_at = NULL WHERE ${HELD}`,
    /** Arguments: key, its parts, progress, status. */
    createProgress: `INSERT INTO ${schema}.sources AS s
        (key, tenant_id, connection_id, stream, partition, progress, status, revision)
      VALUES ($1::text, $2::text, $3::text, $4::text, $5::text, $6::json, $7::text, 1)
      ON CONFLICT (key) DO UPDATE SET progress = excluded.progress, status = excluded.status, revision = 1
      WHERE s.revision = 0`,
    setProgress: `UPDATE ${schema}.sources SET progress = $2::json, status = $3::text, revision = revision + 1
      WHERE key = $1::text AND revision = $4::bigint AND progress IS NOT NULL`,
    // Two statements, since the second must see what a commit wrote for which the first one waited.
    emptySource: `UPDATE ${schema}.sources SET revision = 0, holder = NULL, lease_expires_at = NULL, status = NULL,
      progress = NULL WHERE key = $1::text`,
    emptyTables: `WITH seen AS (DELETE FROM ${schema}.seen WHERE source = ${sourceId}),
      records AS (DELETE FROM ${schema}.records WHERE source = ${sourceId})
      DELETE FROM ${schema}.received WHERE source = ${sourceId}`,
    findSeen: `SELECT key::text AS key FROM ${schema}.seen
      WHERE source = ${sourceId} AND key = ANY ($2::text[]) AND until_at > now()`,
    findRecords: `SELECT ${RECORD_COLUMNS} FROM ${schema}.records WHERE source = ${sourceId} AND id = ANY ($2::text[])`,
    countRecords: `SELECT count(*)::text AS live, count(*) FILTER (WHERE generation < $2::bigint)::text AS missing
      FROM ${schema}.records WHERE source = ${sourceId} AND deleted_at IS NULL`,
    listMissing: `SELECT ${RECORD_COLUMNS} FROM ${schema}.records
      WHERE source = ${sourceId} AND deleted_at IS NULL AND generation < $2::bigint LIMIT $3::bigint`,
    // No source: another transaction makes it at this moment, and the statement is to be run again.
    receive: `WITH made AS (
        INSERT INTO ${schema}.sources (key, tenant_id, connection_id, stream, partition)
        SELECT $1::text, $2::text, $3::text, $4::text, $5::text
        WHERE NOT EXISTS (SELECT 1 FROM ${schema}.sources WHERE key = $1::text)
        ON CONFLICT (key) DO NOTHING RETURNING id
      ), source AS (
        SELECT id FROM made UNION ALL SELECT id FROM ${schema}.sources WHERE key = $1::text
      ), kept AS (
        INSERT INTO ${schema}.received (source, id, event)
        SELECT source.id, event.id, event.body::json
        FROM source, unnest($6::text[], $7::text[]) WITH ORDINALITY AS event (id, body, nth)
        WHERE NOT EXISTS (SELECT 1 FROM ${schema}.seen WHERE seen.source = source.id AND seen.key = event.id
          AND seen.until_at > now())
        ORDER BY event.nth
        ON CONFLICT (source, id) DO NOTHING RETURNING position, id
      )
      SELECT source.id::text AS source, kept.id::text AS id FROM source LEFT JOIN kept ON true ORDER BY kept.position`,
    // For what a commit took in while `receive` waited for it.
    dropSeen: `DELETE FROM ${schema}.received USING ${schema}.seen
      WHERE received.source = $1::bigint AND received.id = ANY ($2::text[])
        AND seen.source = received.source AND seen.key = received.id AND seen.until_at > now()
      RETURNING received.id::text AS id`,
    listReceived: `SELECT event::text AS event FROM ${schema}.received
      WHERE source = ${sourceId} ORDER BY position LIMIT $2::bigint`,
    listOutbox: `SELECT id::text AS id, topic::text AS topic, payload::text AS payload FROM ${schema}.outbox
      ORDER BY position LIMIT $1::bigint`,
    removeFromOutbox: `DELETE FROM ${schema}.outbox WHERE id = ANY ($1::text[])`,
    // What somebody writes at this moment is left for the next time: pruning waits for nobody.
    pruneSeen: `DELETE FROM ${schema}.seen WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${schema}.seen WHERE until_at <= now() LIMIT $1::bigint FOR UPDATE SKIP LOCKED))`,
    pruneTombstones: `DELETE FROM ${schema}.records WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${schema}.records
      WHERE deleted_at IS NOT NULL AND observed <= now() - $2::float8 * interval '1 millisecond'
      LIMIT $1::bigint FOR UPDATE SKIP LOCKED))`,
  } as const;
}

/** Sources of one page, with as many conditions as there are values. */
export function listStatement(schema: string, columns: readonly ('tenant_id' | 'connection_id' | 'status')[]): string {
  const conditions = columns.map((column, index) => ` AND ${column} = $${index + 3}::text`).join('');
  return `SELECT ${SOURCE_COLUMNS} FROM ${schema}.sources
    WHERE progress IS NOT NULL AND key > $1::text${conditions} ORDER BY sources.key LIMIT $2::bigint`;
}

import {
  type DeltaProgress,
  type DeltaRecordMark,
  type DeltaSourceState,
  INITIAL_PROGRESS,
} from '@mortise/provider-delta';

/** A row as the server gives it. All columns are cast to text: an application may have set parsers for other types. */
export type Row = Record<string, unknown>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const optionalText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const numberOf = (value: unknown): number => Number(value ?? 0);

/** Milliseconds since 1970 in text, of a column of instants. */
export const msOf = (column: string): string => `round(extract(epoch FROM ${column}) * 1000)::text`;

export const isoOf = (ms: unknown): string => new Date(numberOf(ms)).toISOString();

/** Columns of a source, with whether its lease holds by the server's clock. */
export const SOURCE_COLUMNS = `key::text AS key, tenant_id::text AS tenant_id, connection_id::text AS connection_id,
  stream::text AS stream, partition::text AS partition, revision::text AS revision, token::text AS token,
  progress::text AS progress, ${msOf('lease_expires_at')} AS expires_ms,
  CASE WHEN lease_expires_at > clock_timestamp() THEN holder::text END AS holder`;

export const RECORD_COLUMNS =
  'id::text AS id, generation::text AS generation, revision, deleted_at, observed_at, reason';

/** What a store wrote is what it reads; the tables belong to it alone. */
function progressOf(json: unknown): DeltaProgress {
  if (typeof json !== 'string') return INITIAL_PROGRESS;
  const progress: DeltaProgress = JSON.parse(json);
  return progress;
}

export function stateOf(row: Row): DeltaSourceState {
  const partition = optionalText(row['partition']);
  const holder = optionalText(row['holder']);
  const token = numberOf(row['token']);
  return {
    ref: {
      tenantId: textOf(row['tenant_id']),
      connectionId: textOf(row['connection_id']),
      stream: textOf(row['stream']),
      ...(partition === undefined ? {} : { partition }),
    },
    revision: numberOf(row['revision']),
    fencingToken: token,
    progress: progressOf(row['progress']),
    ...(holder === undefined ? {} : { lease: { holder, token, expiresAt: isoOf(row['expires_ms']) } }),
  };
}

export function markOf(row: Row): DeltaRecordMark {
  const revision = optionalText(row['revision']);
  const deletedAt = optionalText(row['deleted_at']);
  const reason = optionalText(row['reason']);
  return {
    sourceId: textOf(row['id']),
    generation: numberOf(row['generation']),
    ...(revision === undefined ? {} : { revision }),
    ...(deletedAt === undefined
      ? {}
      : {
          tombstone: {
            deletedAt,
            observedAt: textOf(row['observed_at']),
            ...(reason === undefined ? {} : { reason }),
          },
        }),
  };
}

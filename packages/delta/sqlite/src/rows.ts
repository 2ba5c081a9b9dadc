import {
  type DeltaProgress,
  type DeltaRecordMark,
  type DeltaSourceState,
  INITIAL_PROGRESS,
} from '@mortise/provider-delta';

/** A row as `node:sqlite` gives it. */
export type Row = Record<string, unknown>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const optionalText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const numberOf = (value: unknown): number => Number(value ?? 0);

/** What a store wrote is what it reads; the file belongs to it alone. */
function progressOf(json: unknown): DeltaProgress {
  if (typeof json !== 'string') return INITIAL_PROGRESS;
  const progress: DeltaProgress = JSON.parse(json);
  return progress;
}

export function stateOf(row: Row, nowMs: number): DeltaSourceState {
  const partition = optionalText(row['partition']);
  const holder = optionalText(row['holder']);
  const expiresMs = numberOf(row['lease_expires_ms']);
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
    ...(holder === undefined || nowMs >= expiresMs
      ? {}
      : { lease: { holder, token, expiresAt: new Date(expiresMs).toISOString() } }),
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

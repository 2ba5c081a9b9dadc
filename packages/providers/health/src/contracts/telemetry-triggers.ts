import { MortiseError } from '@mortise/core';
import type { HealthTelemetryEvent } from '../telemetry/telemetry-events.ts';

interface SyncData {
  readonly output?: { readonly synced: number; readonly failed: number; readonly hasMore?: boolean };
  readonly error?: unknown;
}

/** Events of a sync. Only counts and codes leave: what is not sent needs no redaction. */
export function syncTelemetry(success: HealthTelemetryEvent, failure: HealthTelemetryEvent) {
  return {
    success: {
      event: { key: success, version: '1.0.0' },
      properties: ({ output }: SyncData): Record<string, unknown> => ({
        syncedCount: output?.synced,
        failedCount: output?.failed,
        hasMore: output?.hasMore,
      }),
    },
    failure: {
      event: { key: failure, version: '1.0.0' },
      properties: ({ error }: SyncData): Record<string, unknown> => ({ errorCode: errorCodeOf(error) }),
    },
  };
}

/** The code of an error, and nothing of its message. */
export function errorCodeOf(error: unknown): string {
  if (!MortiseError.is(error)) return 'unknown';
  const declared: unknown = Reflect.get(error, 'declaredCode');
  return typeof declared === 'string' ? declared : error.code;
}

import type { HealthEntityType } from './entity.ts';
import type { HealthDataSource } from './source.ts';

/** A pull: what is to be read from the vendor and stored. */
export interface HealthSyncRequest {
  tenantId: string;
  connectionId?: string;
  userId?: string;
  /** Instant, inclusive. */
  from?: string;
  /** Instant, exclusive. */
  to?: string;
  /** `nextCursor` of a sync that ended before its end. */
  cursor?: string;
  /** Start over, whatever was read before. */
  forceFullRefresh?: boolean;
  /** Biometrics only. Absent or empty: all. */
  metricTypes?: string[];
}

/** One record, or one page, that could not be stored. */
export interface HealthSyncFailure {
  entityType: HealthEntityType;
  /** Absent: the failure is not that of one record. */
  externalId?: string;
  code: string;
  /** Without any figure of the record. */
  message: string;
}

export interface HealthSyncResult {
  /** Records that were stored, over all pages of this run. */
  synced: number;
  /** Records that were not. */
  failed: number;
  /** Where to go on; present where the run ended before its end. */
  nextCursor?: string;
  /** The messages of `failures`. */
  errors?: string[];
  source?: HealthDataSource;

  failures?: HealthSyncFailure[];
  /** Whether there is more to read from `nextCursor`. */
  hasMore?: boolean;
  /** Time of the oldest record read. */
  oldestAt?: string;
  /** Time of the newest record read. */
  newestAt?: string;
}

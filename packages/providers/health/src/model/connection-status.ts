import type { HealthDataSource } from './source.ts';

export type HealthConnectionStatusState = 'healthy' | 'degraded' | 'error' | 'disconnected';

export interface HealthGetConnectionStatusParams {
  tenantId: string;
  connectionId: string;
}

/** How a person's link to the vendor is. */
export interface HealthConnectionStatus {
  connectionId: string;
  tenantId: string;
  /** `disconnected`: the person withdrew consent, or the grant ended; only they can renew it. */
  status: HealthConnectionStatusState;
  source?: HealthDataSource;
  /** Instant. */
  lastCheckedAt?: string;
  errorCode?: string;
  errorMessage?: string;
  metadata?: Record<string, unknown>;
}

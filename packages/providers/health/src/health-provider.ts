import type { CallOptions, Changes, JsonValue, Page, WebhookRequest } from '@mortise/core';
import type { HealthCapabilities } from './model/capabilities.ts';
import type { HealthConnectionStatus, HealthGetConnectionStatusParams } from './model/connection-status.ts';
import type { HealthEntity } from './model/entity.ts';
import type {
  HealthListActivitiesParams,
  HealthListActivitiesResult,
  HealthListBiometricsParams,
  HealthListBiometricsResult,
  HealthListNutritionParams,
  HealthListNutritionResult,
  HealthListSleepParams,
  HealthListSleepResult,
  HealthListWorkoutsParams,
  HealthListWorkoutsResult,
} from './model/list.ts';
import type {
  HealthBackfill,
  HealthBackfillParams,
  HealthCoverage,
  HealthDailySummary,
  HealthDeletion,
  HealthListChangesParams,
  HealthListDailySummariesParams,
  HealthListTimeSeriesParams,
  HealthScopeParams,
  HealthSeries,
} from './model/series.ts';
import type { HealthSyncRequest, HealthSyncResult } from './model/sync.ts';
import type { HealthWebhookEvent } from './model/webhook.ts';

/**
 * Health data of people behind a connection. Records of another tenant or connection are never given, whatever the
 * filters say. Failures reject with core's `IntegrationError`: `aborted` and `timeout` for the caller's signal and time
 * limit, `unsupported` for what the vendor does not have, `consent_required` where the person withdrew consent,
 * `invalid_request` for a cursor of another list.
 */
export interface HealthProvider {
  /** What works. Absent: unknown, and only trying tells. */
  readonly capabilities?: HealthCapabilities;

  /** Movement, oldest first. */
  listActivities(params: HealthListActivitiesParams, options?: CallOptions): Promise<HealthListActivitiesResult>;
  /** Training sessions, oldest first. */
  listWorkouts(params: HealthListWorkoutsParams, options?: CallOptions): Promise<HealthListWorkoutsResult>;
  /** Nights and naps, oldest first. */
  listSleep(params: HealthListSleepParams, options?: CallOptions): Promise<HealthListSleepResult>;
  /** Measurements, oldest first. */
  listBiometrics(params: HealthListBiometricsParams, options?: CallOptions): Promise<HealthListBiometricsResult>;
  /** Food and drink, oldest first. */
  listNutrition(params: HealthListNutritionParams, options?: CallOptions): Promise<HealthListNutritionResult>;
  /** How the link to the vendor is. A link that is broken is an answer, not an error. */
  getConnectionStatus(params: HealthGetConnectionStatusParams, options?: CallOptions): Promise<HealthConnectionStatus>;

  /** Reads all pages and stores them. Where it ends early, `nextCursor` says where to go on. */
  syncActivities?(params: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult>;
  syncWorkouts?(params: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult>;
  syncSleep?(params: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult>;
  syncBiometrics?(params: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult>;
  syncNutrition?(params: HealthSyncRequest, options?: CallOptions): Promise<HealthSyncResult>;

  /** The first event of a call that was verified, read from the bytes that were signed. */
  parseWebhook?(request: WebhookRequest): Promise<HealthWebhookEvent>;
  /** Every event of a call that was verified; one call may tell of many. */
  parseWebhookAll?(request: WebhookRequest): Promise<HealthWebhookEvent[]>;
  /** False for a call that is not the vendor's, also where no signing secret is configured. */
  verifyWebhook?(request: WebhookRequest): Promise<boolean>;

  /** Figures over time. */
  listTimeSeries?(params: HealthListTimeSeriesParams, options?: CallOptions): Promise<Page<HealthSeries>>;
  /** Days as the vendor sums them up, first day first. */
  listDailySummaries?(params: HealthListDailySummariesParams, options?: CallOptions): Promise<Page<HealthDailySummary>>;
  /** For what time there is data. */
  getCoverage?(params: HealthScopeParams, options?: CallOptions): Promise<HealthCoverage[]>;
  /**
   * What changed since a cursor: records that are new or replaced, and the ids (`id`) of those that are gone.
   *
   * @throws {IntegrationError} `cursor_expired`: read everything anew.
   */
  listChanges?(params: HealthListChangesParams, options?: CallOptions): Promise<Changes<HealthEntity>>;

  /** Asks the vendor to deliver earlier data once more; it comes by webhook. */
  startBackfill?(params: HealthBackfillParams, options?: CallOptions): Promise<HealthBackfill>;
  /** How a backfill is getting on, for any process that has its `resumeToken`. */
  getBackfill?(resumeToken: JsonValue, options?: CallOptions): Promise<HealthBackfill>;
  /** Ends the grant and removes the person's data behind this connection. Cannot be undone. */
  deleteUserData?(params: HealthScopeParams, options?: CallOptions): Promise<HealthDeletion>;
}

export type { HealthProvider } from './health-provider.ts';
export type { HealthCapabilities, HealthMethod } from './model/capabilities.ts';
export type { CompleteHealthOptions, CompleteHealthProvider } from './complete.ts';
export { complete } from './complete.ts';
export type { SeedHealthProvider, SeedHealthWebhookEvent } from './seed-compat.ts';
export { seedCompat } from './seed-compat.ts';
export { iterateHealthRecords, listHealthPage } from './list-page.ts';

export type { HealthActivity } from './model/activity.ts';
export type { HealthAbsentReason, HealthBiometric, HealthBiometricComponent } from './model/biometric.ts';
export type { HealthNutrientAmount, HealthNutrition, HealthNutritionItem } from './model/nutrition.ts';
export type { HealthSleep, HealthSleepStage, HealthSleepStageName } from './model/sleep.ts';
export type { HealthWorkout, HealthWorkoutLap, HealthWorkoutRoute, HealthWorkoutZone } from './model/workout.ts';
export type {
  HealthDevice,
  HealthGrain,
  HealthOrigin,
  HealthRecordBase,
  HealthRecordStatus,
} from './model/record-base.ts';
export type { HealthEntity, HealthEntityType, HealthRecord, HealthRecordByType } from './model/entity.ts';
export { HEALTH_ENTITY_TYPES, toHealthEntity } from './model/entity.ts';
export type { HealthDataSource, HealthDataTransport } from './model/source.ts';
export { HEALTH_DATA_TRANSPORTS } from './model/source.ts';

export type {
  HealthListActivitiesParams,
  HealthListActivitiesResult,
  HealthListBiometricsParams,
  HealthListBiometricsResult,
  HealthListMeta,
  HealthListNutritionParams,
  HealthListNutritionResult,
  HealthListSleepParams,
  HealthListSleepResult,
  HealthListWorkoutsParams,
  HealthListWorkoutsResult,
  HealthPagination,
} from './model/list.ts';
export type { HealthSyncFailure, HealthSyncRequest, HealthSyncResult } from './model/sync.ts';
export type {
  HealthConnectionStatus,
  HealthConnectionStatusState,
  HealthGetConnectionStatusParams,
} from './model/connection-status.ts';
export type { HealthWebhookEntityType, HealthWebhookEvent, HealthWebhookRequest } from './model/webhook.ts';
export type {
  HealthAggregation,
  HealthBackfill,
  HealthBackfillParams,
  HealthBackfillResult,
  HealthCoverage,
  HealthDailySummary,
  HealthDeletion,
  HealthListChangesParams,
  HealthListDailySummariesParams,
  HealthListTimeSeriesParams,
  HealthScopeParams,
  HealthSeries,
  HealthSeriesPoint,
  HealthSeriesResolution,
} from './model/series.ts';

export type { HealthTimeErrorCode } from './time/health-time-error.ts';
export { HealthTimeError } from './time/health-time-error.ts';
export type { ParsedInstant } from './time/instant.ts';
export { compareInstants, parseInstant, secondsBetween } from './time/instant.ts';
export type { LocalDayBounds, LocalPlace } from './time/local-day.ts';
export { localDateOf, localDayBounds } from './time/local-day.ts';
export type { LocalTimeOptions } from './time/local-time.ts';
export { instantOfLocalTime } from './time/local-time.ts';
export { isInWindow, recordDayOf, recordTimeOf, sleepDay } from './time/record-time.ts';
export type { ZoneOrOffset } from './time/zone-offset.ts';
export { zoneOffsetAt } from './time/zone-offset.ts';
export type { SleepStageSeconds } from './sleep/sleep-timeline.ts';
export { SleepStagesError, sleepStageSeconds, sleepTimeline } from './sleep/sleep-timeline.ts';

export type { HealthMetric, HealthMetricId } from './metrics/health-metric.ts';
export { HEALTH_METRICS, healthMetric } from './metrics/health-metric.ts';
export { HealthUnitError, toMetricUnit } from './metrics/convert-unit.ts';
export { doubtBiometric, normalizeBiometric } from './metrics/normalize-biometric.ts';
export type { DailyValue, DailyValuesOptions } from './merge/daily-values.ts';
export { dailyValues } from './merge/daily-values.ts';
export type { MergedRecord, MergedSources, MergeSourcesOptions, TimedRecord } from './merge/merge-sources.ts';
export { mergeSources } from './merge/merge-sources.ts';
export { timeSeriesOf } from './merge/time-series.ts';
export { replaceRecords } from './merge/replace-records.ts';

export type { FindRecordProblemsOptions, HealthRecordProblem } from './records/find-record-problems.ts';
export { findRecordProblems } from './records/find-record-problems.ts';
export type { HealthStrategyConfig } from './records/strategies.ts';
export { listHealthStrategies } from './records/strategies.ts';
export type { StoreHealthRecord, SyncFromPagesOptions } from './records/sync-from-pages.ts';
export { syncFromPages } from './records/sync-from-pages.ts';
export type { StorageTimes } from './records/to-record.ts';
export {
  toHealthActivityRecord,
  toHealthBiometricRecord,
  toHealthNutritionRecord,
  toHealthSleepRecord,
  toHealthWorkoutRecord,
} from './records/to-record.ts';

export {
  HealthActivitySchema,
  HealthBiometricSchema,
  HealthNutritionSchema,
  HealthSleepSchema,
  HealthWorkoutSchema,
} from './schema/entity-schemas.ts';
export {
  HealthActivityRecord,
  HealthBiometricRecord,
  HealthNutritionRecord,
  HealthSleepRecord,
  HealthWebhookEventRecord,
  HealthWorkoutRecord,
} from './schema/record-models.ts';

export type { HealthGuardCode } from './guards/health-guard-error.ts';
export { HealthGuardError } from './guards/health-guard-error.ts';
export type { HealthGuardOptions, HealthGuardResult } from './guards/primary-health.ts';
export {
  assertPrimaryHealthReady,
  ensurePrimaryHealthIntegration,
  PRIMARY_HEALTH_SLOT,
} from './guards/primary-health.ts';
export type { HealthTelemetryEvent } from './telemetry/telemetry-events.ts';
export { HEALTH_TELEMETRY_EVENTS } from './telemetry/telemetry-events.ts';
export { HEALTH_PII_FIELDS, isHealthPiiField } from './telemetry/pii-fields.ts';
export type { RedactedHealthPayload } from './telemetry/redact-payload.ts';
export { redactHealthTelemetryPayload } from './telemetry/redact-payload.ts';
export { HEALTH_CAPABILITY_KEYS, HealthCapability } from './health.capability.ts';
export { HealthFeature } from './health.feature.ts';

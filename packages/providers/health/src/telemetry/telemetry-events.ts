/** Events of this domain's operations. */
export const HEALTH_TELEMETRY_EVENTS = {
  activitiesSynced: 'health.activities.synced',
  activitiesSyncFailed: 'health.activities.sync_failed',
  workoutsSynced: 'health.workouts.synced',
  workoutsSyncFailed: 'health.workouts.sync_failed',
  sleepSynced: 'health.sleep.synced',
  sleepSyncFailed: 'health.sleep.sync_failed',
  biometricsSynced: 'health.biometrics.synced',
  biometricsSyncFailed: 'health.biometrics.sync_failed',
  nutritionSynced: 'health.nutrition.synced',
  nutritionSyncFailed: 'health.nutrition.sync_failed',
  webhookReceived: 'health.webhooks.received',
  webhookRejected: 'health.webhooks.rejected',
} as const;

export type HealthTelemetryEvent = (typeof HEALTH_TELEMETRY_EVENTS)[keyof typeof HEALTH_TELEMETRY_EVENTS];

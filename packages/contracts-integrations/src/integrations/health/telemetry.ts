export type { HealthTelemetryEvent } from '@mortise/provider-health';
export { HEALTH_PII_FIELDS, HEALTH_TELEMETRY_EVENTS, redactHealthTelemetryPayload } from '@mortise/provider-health';

export type { OpenBankingTelemetryEvent } from '@mortise/provider-openbanking';
export {
  OPENBANKING_PII_FIELDS,
  OPENBANKING_TELEMETRY_EVENTS,
  redactOpenBankingTelemetryPayload,
} from '@mortise/provider-openbanking';

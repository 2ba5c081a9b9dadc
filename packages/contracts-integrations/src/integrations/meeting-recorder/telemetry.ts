export type { MeetingRecorderTelemetryEvent } from '@mortise/provider-meeting-recorder';
export {
  MEETING_RECORDER_PII_FIELDS,
  MEETING_RECORDER_TELEMETRY_EVENTS,
  redactMeetingRecorderTelemetryPayload,
} from '@mortise/provider-meeting-recorder';

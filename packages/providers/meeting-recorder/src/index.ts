export { MeetingParticipantRecord, MeetingPresence } from './model/participant.ts';
export type { MeetingParticipant } from './model/participant.ts';
export { MEETING_STATES, MeetingState, MeetingStatus } from './model/meeting-state.ts';
export { MEETING_MEDIA_KINDS, MeetingMedia, MeetingMediaKind, MeetingMediaLink } from './model/media.ts';
export { MeetingActionItem, MeetingChapter, MeetingConsent, MeetingSummary } from './model/outcome.ts';
export { MeetingRecord } from './model/meeting.ts';
export {
  MeetingSpeaker,
  MeetingTimeOrigin,
  MeetingTranscriptRecord,
  MeetingTranscriptSegmentRecord,
  MeetingTranscriptWord,
} from './model/transcript.ts';
export type { MeetingTranscriptSegment } from './model/transcript.ts';
export { MeetingRecorderWebhookEventRecord } from './model/webhook-event.ts';
export type { MeetingRecorderWebhookEvent } from './model/webhook-event.ts';

export type {
  LiveMeetingEvent,
  MeetingRecorderGetMeetingParams,
  MeetingRecorderGetTranscriptParams,
  MeetingRecorderListMeetingsParams,
  MeetingRecorderListMeetingsResult,
  MeetingReference,
  MeetingTranscriptFormat,
} from './meeting-queries.ts';
export type {
  MeetingRecorderListChangesParams,
  MeetingRecorderScheduleRequest,
  MeetingRecorderUploadRequest,
} from './recording-requests.ts';
export type {
  MeetingRecorderWebhookRegistration,
  MeetingRecorderWebhookRequest,
  MeetingRecorderWebhookSubscription,
} from './webhook-requests.ts';
export type { MeetingRecorderCapabilities, MeetingRecorderMethod } from './capabilities.ts';
export type { MeetingRecorderProvider } from './meeting-recorder-provider.ts';
export type { CompleteMeetingRecorderProvider } from './complete.ts';
export { complete } from './complete.ts';

export { toPlainText } from './transcript/plain-text.ts';
export { msFromClock, msFromSeconds, withBothTimes } from './transcript/segment-times.ts';
export { parseSrt, toSrt } from './transcript/srt.ts';
export { parseVtt, toVtt } from './transcript/vtt.ts';

export type { MeetingRecorderGuardErrorCode } from './guard/meeting-recorder-guard-error.ts';
export { MeetingRecorderGuardError } from './guard/meeting-recorder-guard-error.ts';
export type { MeetingRecorderGuardOptions, MeetingRecorderGuardResult } from './guard/ensure-meeting-recorder.ts';
export {
  assertPrimaryMeetingRecorderReady,
  ensurePrimaryMeetingRecorderIntegration,
  PRIMARY_MEETING_RECORDER_SLOT,
} from './guard/ensure-meeting-recorder.ts';

export type { MeetingRecorderTelemetryEvent } from './telemetry/meeting-recorder-telemetry.ts';
export {
  MEETING_RECORDER_PII_FIELDS,
  MEETING_RECORDER_TELEMETRY_EVENTS,
} from './telemetry/meeting-recorder-telemetry.ts';
export { redactMeetingRecorderTelemetryPayload } from './telemetry/redact-payload.ts';

export { MeetingRecorderCapability } from './capability.ts';
export { MeetingRecorderFeature } from './feature.ts';

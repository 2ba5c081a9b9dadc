export type {
  MeetingParticipant,
  MeetingRecord,
  MeetingRecorderGetMeetingParams,
  MeetingRecorderGetTranscriptParams,
  MeetingRecorderListMeetingsParams,
  MeetingRecorderListMeetingsResult,
  MeetingRecorderProvider,
  MeetingRecorderWebhookEvent,
  MeetingRecorderWebhookRegistration,
  MeetingRecorderWebhookRequest,
  MeetingTranscriptRecord,
  MeetingTranscriptSegment,
} from '@mortise/provider-meeting-recorder';

export {
  MeetingParticipantRecord,
  MeetingRecord,
  MeetingRecorderWebhookEventRecord,
  MeetingTranscriptRecord,
  MeetingTranscriptSegmentRecord,
} from '@mortise/provider-meeting-recorder';

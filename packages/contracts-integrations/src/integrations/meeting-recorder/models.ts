export {
  MeetingParticipantRecord,
  MeetingRecordModel as MeetingRecord,
  MeetingRecorderWebhookEventRecord,
  MeetingTranscriptRecordModel as MeetingTranscriptRecord,
  MeetingTranscriptSegmentRecord,
} from '@mortise/provider-meeting-recorder';

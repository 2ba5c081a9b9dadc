export {
  MeetingRecorderGetTranscript,
  MeetingRecorderSyncTranscript,
  meetingRecorderTranscriptContracts,
  registerMeetingRecorderTranscriptContracts,
} from '@mortise/provider-meeting-recorder/contracts';

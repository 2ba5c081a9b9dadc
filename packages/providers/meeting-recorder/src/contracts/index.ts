export {
  MeetingRecorderGetMeeting,
  MeetingRecorderListMeetings,
  meetingRecorderMeetingContracts,
  registerMeetingRecorderMeetingContracts,
} from './meetings.ts';
export {
  MeetingRecorderGetTranscript,
  MeetingRecorderSyncTranscript,
  meetingRecorderTranscriptContracts,
  registerMeetingRecorderTranscriptContracts,
} from './transcripts.ts';
export {
  MeetingRecorderWebhookIngest,
  meetingRecorderWebhookContracts,
  registerMeetingRecorderWebhookContracts,
} from './webhooks.ts';
export { registerMeetingRecorderContracts } from './meeting-recorder-contracts.ts';
export {
  MeetingRecorderGetMeetingInput,
  MeetingRecorderListMeetingsInput,
  MeetingRecorderListMeetingsOutput,
} from './meeting-inputs.ts';
export {
  MeetingRecorderGetTranscriptInput,
  MeetingRecorderSyncTranscriptInput,
  MeetingRecorderSyncTranscriptOutput,
} from './transcript-inputs.ts';
export { MeetingRecorderWebhookIngestInput, MeetingRecorderWebhookIngestOutput } from './webhook-inputs.ts';

export {
  MeetingRecorderGetMeeting,
  MeetingRecorderGetTranscript,
  MeetingRecorderListMeetings,
  MeetingRecorderSyncTranscript,
  MeetingRecorderWebhookIngest,
  registerMeetingRecorderContracts,
} from '@mortise/provider-meeting-recorder/contracts';
export { MeetingRecorderFeature } from '@mortise/provider-meeting-recorder';

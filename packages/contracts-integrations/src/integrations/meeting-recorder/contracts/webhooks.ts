export {
  MeetingRecorderWebhookIngest,
  meetingRecorderWebhookContracts,
  registerMeetingRecorderWebhookContracts,
} from '@mortise/provider-meeting-recorder/contracts';

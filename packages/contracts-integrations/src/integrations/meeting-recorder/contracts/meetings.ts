export {
  MeetingRecorderGetMeeting,
  MeetingRecorderListMeetings,
  meetingRecorderMeetingContracts,
  registerMeetingRecorderMeetingContracts,
} from '@mortise/provider-meeting-recorder/contracts';

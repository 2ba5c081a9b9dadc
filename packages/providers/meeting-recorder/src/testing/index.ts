export type { MeetingRecorderTestRunner } from './check-meeting-recorder-provider.ts';
export { checkMeetingRecorderProvider, describeMeetingRecorderProvider } from './check-meeting-recorder-provider.ts';
export { ConformanceFailure } from './conformance-failure.ts';
export type {
  DeliveryWish,
  MeetingRecorderConformanceTarget,
  MeetingRecorderSubject,
  MeetingRecorderSubjectSetup,
} from './conformance-target.ts';
export type { InMemoryMeetingRecorderOptions } from './in-memory-meeting-recorder.ts';
export { InMemoryMeetingRecorder } from './in-memory-meeting-recorder.ts';
export { inMemoryMeetingRecorderTarget } from './in-memory-target.ts';
export { meetingRecorderConformanceCases } from './meeting-recorder-conformance-cases.ts';
export type { ScriptedMeeting, ScriptedUtterance } from './scripted-meeting.ts';

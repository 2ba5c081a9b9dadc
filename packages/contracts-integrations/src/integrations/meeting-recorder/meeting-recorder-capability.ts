export { MeetingRecorderCapability } from '@mortise/provider-meeting-recorder';

export { MeetingRecorderFeature } from '@mortise/provider-meeting-recorder';

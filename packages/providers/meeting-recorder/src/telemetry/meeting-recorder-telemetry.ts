/** Names of fields that hold personal data. Masking knows more; see `redactMeetingRecorderTelemetryPayload`. */
export const MEETING_RECORDER_PII_FIELDS = [
  'email',
  'organizerEmail',
  'participantEmail',
  'participants',
  'invitees',
  'attendees',
  'speakerName',
  'speakerEmail',
  'name',
  'phone',
  'phoneNumber',
  'displayName',
] as const;

/**
 * Keys of the events of this domain. The operations of `./contracts` send `transcriptsFetched…`, `transcriptsSynced…` and
 * `webhook…`; `meetingsSynced…` is for whoever keeps copies of meetings.
 */
export const MEETING_RECORDER_TELEMETRY_EVENTS = {
  meetingsSynced: 'meeting-recorder.meetings.synced',
  meetingsSyncFailed: 'meeting-recorder.meetings.sync_failed',
  transcriptsFetched: 'meeting-recorder.transcripts.fetched',
  transcriptsFetchFailed: 'meeting-recorder.transcripts.fetch_failed',
  transcriptsSynced: 'meeting-recorder.transcripts.synced',
  transcriptsSyncFailed: 'meeting-recorder.transcripts.sync_failed',
  webhookReceived: 'meeting-recorder.webhooks.received',
  webhookRejected: 'meeting-recorder.webhooks.rejected',
} as const;

export type MeetingRecorderTelemetryEvent =
  (typeof MEETING_RECORDER_TELEMETRY_EVENTS)[keyof typeof MEETING_RECORDER_TELEMETRY_EVENTS];

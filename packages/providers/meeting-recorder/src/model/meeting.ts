import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, link, metadata, text } from './fields.ts';
import { MeetingMedia } from './media.ts';
import { MeetingStatus } from './meeting-state.ts';
import { MeetingActionItem, MeetingChapter, MeetingConsent, MeetingSummary } from './outcome.ts';
import { MeetingParticipantRecord } from './participant.ts';

/**
 * A meeting that was, or will be, recorded. What the provider does not tell is absent: no invented organiser, no
 * scheduled time copied from the recording, no participants copied from the invitation.
 */
export const MeetingRecord = Type.Object(
  {
    id: id('Id in this interface; `getMeeting` accepts it'),
    tenantId: id('Tenant that the connection belongs to'),
    connectionId: id('Connection through which it was read'),
    externalId: id("The provider's id"),
    title: Type.Optional(text('Title')),
    summary: Type.Optional(text('The main summary; `summaries` has all')),
    organizer: Type.Optional(MeetingParticipantRecord),
    invitees: Type.Optional(Type.Array(MeetingParticipantRecord, { description: 'Who was invited' })),
    participants: Type.Optional(Type.Array(MeetingParticipantRecord, { description: 'Who was there' })),
    scheduledStartAt: Type.Optional(instant('Planned start')),
    scheduledEndAt: Type.Optional(instant('Planned end')),
    recordingStartAt: Type.Optional(instant('Start of the recording, the origin of times in milliseconds')),
    recordingEndAt: Type.Optional(instant('End of the recording')),
    durationSeconds: Type.Optional(Type.Number({ minimum: 0, description: 'Length of the recording, in seconds' })),
    meetingUrl: Type.Optional(link('Address of the call')),
    recordingUrl: Type.Optional(link("The provider's page or file of the recording; may expire")),
    shareUrl: Type.Optional(link('Page to show to others')),
    sourcePlatform: Type.Optional(text("Call platform in the provider's words, such as `zoom`")),
    language: Type.Optional(text('Language of the meeting, as the provider writes it')),
    transcriptAvailable: Type.Optional(Type.Boolean({ description: 'Absent: the provider does not tell' })),
    createdAt: Type.Optional(instant('Creation of the record at the provider')),
    updatedAt: Type.Optional(instant('Last change at the provider')),
    status: Type.Optional(MeetingStatus),
    statusHistory: Type.Optional(Type.Array(MeetingStatus, { description: 'In order; the last is `status`' })),
    calendarEventId: Type.Optional(text('Event in the calendar that it was scheduled from')),
    iCalUid: Type.Optional(text('`UID` of the calendar event (RFC 5545)')),
    platformMeetingId: Type.Optional(text('Id of the call on its platform')),
    recordings: Type.Optional(Type.Array(MeetingMedia)),
    mediaExpiresAt: Type.Optional(instant('When the provider deletes the media')),
    consent: Type.Optional(MeetingConsent),
    actionItems: Type.Optional(Type.Array(MeetingActionItem)),
    chapters: Type.Optional(Type.Array(MeetingChapter)),
    summaries: Type.Optional(Type.Array(MeetingSummary)),
    visibility: Type.Optional(text("Who may see it, in the provider's words")),
    revision: Type.Optional(text('Changes whenever the record does; compare for equality only')),
    metadata: Type.Optional(metadata()),
  },
  { ...closed, title: 'MeetingRecord' },
);
export type MeetingRecord = Static<typeof MeetingRecord>;

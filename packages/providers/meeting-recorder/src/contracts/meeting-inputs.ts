import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, text } from '../model/fields.ts';
import { MeetingRecord } from '../model/meeting.ts';

const tenantId = id("Tenant; must be the caller's");
const connectionId = id('Connection to read through. Absent: the one that the slot is bound to');
const includes = {
  includeTranscript: Type.Optional(Type.Boolean()),
  includeSummary: Type.Optional(Type.Boolean()),
};

export const MeetingRecorderListMeetingsInput = Type.Object(
  {
    tenantId,
    connectionId: Type.Optional(connectionId),
    from: Type.Optional(instant('Earliest start, included')),
    to: Type.Optional(instant('Latest start, not included')),
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 4096, description: '`nextCursor` of the page before' }),
    ),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    query: Type.Optional(Type.String({ maxLength: 1000 })),
    organizerEmail: Type.Optional(text('E-mail address of the organiser')),
    participantEmail: Type.Optional(text('E-mail address of a participant')),
    ...includes,
  },
  { ...closed, title: 'MeetingRecorderListMeetingsInput' },
);
export type MeetingRecorderListMeetingsInput = Static<typeof MeetingRecorderListMeetingsInput>;

export const MeetingRecorderListMeetingsOutput = Type.Object(
  {
    meetings: Type.Array(MeetingRecord),
    nextCursor: Type.Optional(Type.String({ minLength: 1, description: 'Absent on the last page' })),
    hasMore: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'MeetingRecorderListMeetingsOutput' },
);
export type MeetingRecorderListMeetingsOutput = Static<typeof MeetingRecorderListMeetingsOutput>;

export const MeetingRecorderGetMeetingInput = Type.Object(
  { tenantId, meetingId: id('Meeting to read'), connectionId: Type.Optional(connectionId), ...includes },
  { ...closed, title: 'MeetingRecorderGetMeetingInput' },
);
export type MeetingRecorderGetMeetingInput = Static<typeof MeetingRecorderGetMeetingInput>;

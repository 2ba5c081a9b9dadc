import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant } from '../model/fields.ts';

const reference = {
  tenantId: id("Tenant; must be the caller's"),
  meetingId: id('Meeting whose transcript it is'),
  connectionId: Type.Optional(id('Connection to read through. Absent: the one that the slot is bound to')),
};

export const MeetingRecorderGetTranscriptInput = Type.Object(
  {
    ...reference,
    includeSegments: Type.Optional(Type.Boolean({ default: true })),
    format: Type.Optional(
      Type.Enum(['json', 'vtt', 'srt', 'txt', 'native', 'segments'], {
        description: 'Form of `text`. `segments` is an older word for `json`',
      }),
    ),
  },
  { ...closed, title: 'MeetingRecorderGetTranscriptInput' },
);
export type MeetingRecorderGetTranscriptInput = Static<typeof MeetingRecorderGetTranscriptInput>;

export const MeetingRecorderSyncTranscriptInput = Type.Object(
  {
    ...reference,
    forceRefresh: Type.Optional(Type.Boolean({ description: 'Reads again what is there already' })),
    triggerWebhooks: Type.Optional(Type.Boolean({ description: "Tells the host's own subscribers" })),
  },
  { ...closed, title: 'MeetingRecorderSyncTranscriptInput' },
);
export type MeetingRecorderSyncTranscriptInput = Static<typeof MeetingRecorderSyncTranscriptInput>;

export const MeetingRecorderSyncTranscriptOutput = Type.Object(
  {
    synced: Type.Integer({ minimum: 0, description: 'Transcripts that were stored' }),
    failed: Type.Integer({ minimum: 0, description: 'Transcripts that could not be read or stored' }),
    errors: Type.Optional(Type.Array(Type.String(), { description: 'For people' })),
    failures: Type.Optional(
      Type.Array(
        Type.Object(
          { meetingId: id('Which meeting'), code: Type.String({ minLength: 1 }), retryable: Type.Boolean() },
          closed,
        ),
        { description: 'What failed and whether trying again can help' },
      ),
    ),
    nextSyncSuggestedAt: Type.Optional(instant('When another try is worth it')),
  },
  { ...closed, title: 'MeetingRecorderSyncTranscriptOutput' },
);
export type MeetingRecorderSyncTranscriptOutput = Static<typeof MeetingRecorderSyncTranscriptOutput>;

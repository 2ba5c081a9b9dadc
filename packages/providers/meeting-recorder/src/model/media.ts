import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, link } from './fields.ts';

/** What was kept of a meeting. `participant_audio` is one track for each person. */
export const MEETING_MEDIA_KINDS = ['video', 'audio', 'screen', 'participant_audio', 'chat', 'transcript'] as const;

export const MeetingMediaKind = Type.Enum(MEETING_MEDIA_KINDS);
export type MeetingMediaKind = Static<typeof MeetingMediaKind>;

/** A file of a meeting, without its address: addresses expire, ask `getMedia` for a fresh one. */
export const MeetingMedia = Type.Object(
  {
    kind: MeetingMediaKind,
    participantId: Type.Optional(id('Whose track it is')),
    mediaType: Type.String({ minLength: 3, description: 'Media type, such as `video/mp4`' }),
    durationMs: Type.Optional(Type.Number({ minimum: 0 })),
    sizeBytes: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export type MeetingMedia = Static<typeof MeetingMedia>;

/** Where a file can be fetched for a while. The address is a credential: keep it out of logs. */
export const MeetingMediaLink = Type.Object(
  {
    url: link('Address; whoever has it can read the file'),
    expiresAt: Type.Optional(instant('When the address stops working; absent: the provider does not say')),
    mediaType: Type.Optional(Type.String()),
  },
  closed,
);
export type MeetingMediaLink = Static<typeof MeetingMediaLink>;

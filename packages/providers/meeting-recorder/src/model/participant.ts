import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, metadata, text } from './fields.ts';

/** A stretch of time that a participant was in the call. */
export const MeetingPresence = Type.Object(
  { joinedAt: instant('When they came'), leftAt: Type.Optional(instant('When they went; absent: to the end')) },
  closed,
);
export type MeetingPresence = Static<typeof MeetingPresence>;

/**
 * A person, or a recording bot, in a meeting. Every field is optional: providers know different things, and none is
 * guessed, least of all an e-mail address.
 */
export const MeetingParticipantRecord = Type.Object(
  {
    id: Type.Optional(id('Id within the meeting; what `speakerId` of a segment refers to')),
    externalId: Type.Optional(text("The provider's id")),
    name: Type.Optional(text('Name as the provider shows it')),
    email: Type.Optional(text('E-mail address, only where the provider states it')),
    role: Type.Optional(text("Role in the provider's words")),
    isExternal: Type.Optional(Type.Boolean({ description: 'From outside the organisation' })),
    isHost: Type.Optional(Type.Boolean()),
    isBot: Type.Optional(Type.Boolean({ description: 'A recorder, not a person' })),
    platformUserId: Type.Optional(text('Id on the call platform, such as Zoom')),
    speakingMs: Type.Optional(Type.Number({ minimum: 0, description: 'Time that they spoke, in milliseconds' })),
    intervals: Type.Optional(Type.Array(MeetingPresence, { description: 'When they were in the call, in order' })),
    metadata: Type.Optional(metadata()),
  },
  { ...closed, title: 'MeetingParticipantRecord' },
);
export type MeetingParticipantRecord = Static<typeof MeetingParticipantRecord>;

/** A person, or a recording bot, in a meeting. */
export type MeetingParticipant = MeetingParticipantRecord;

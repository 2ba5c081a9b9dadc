import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, metadata, text } from './fields.ts';

/** A delivery as an operation reports it. */
export const MeetingRecorderWebhookEventRecord = Type.Object(
  {
    id: Type.Optional(id('Identifies the event over its repetitions')),
    providerKey: Type.Optional(text('Key of the integration')),
    eventType: Type.Optional(text("What happened, in the provider's words")),
    meetingId: Type.Optional(text('Meeting that it is about')),
    transcriptId: Type.Optional(text('Transcript that it is about')),
    recordingId: Type.Optional(text('Recording that it is about')),
    receivedAt: Type.Optional(instant('When it came in')),
    verified: Type.Optional(Type.Boolean({ description: 'Whether it was proven genuine. Absent: nobody checked' })),
    payload: Type.Optional(Type.Unknown({ description: 'Body, parsed from the bytes that were verified' })),
    metadata: Type.Optional(metadata()),
  },
  { ...closed, title: 'MeetingRecorderWebhookEventRecord' },
);
export type MeetingRecorderWebhookEventRecord = Static<typeof MeetingRecorderWebhookEventRecord>;

/** A delivery as a provider understood it. */
export interface MeetingRecorderWebhookEvent extends MeetingRecorderWebhookEventRecord {
  providerKey: string;
}

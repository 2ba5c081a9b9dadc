import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, text } from './fields.ts';

/** Something that somebody is to do. */
export const MeetingActionItem = Type.Object(
  {
    text: text('What is to be done'),
    assignee: Type.Optional(text('Who, as the provider names them')),
    dueOn: Type.Optional(Type.String({ format: 'date', description: 'Calendar day, `YYYY-MM-DD`' })),
    segmentIndex: Type.Optional(Type.Integer({ minimum: 0, description: 'Segment of the transcript it comes from' })),
  },
  closed,
);
export type MeetingActionItem = Static<typeof MeetingActionItem>;

/** A part of a meeting. */
export const MeetingChapter = Type.Object(
  {
    title: text('What it is about'),
    startMs: Type.Number({ description: 'Milliseconds from the start of the recording' }),
    endMs: Type.Optional(Type.Number()),
    summary: Type.Optional(text('What was said')),
  },
  closed,
);
export type MeetingChapter = Static<typeof MeetingChapter>;

/** One of the summaries that a provider wrote. */
export const MeetingSummary = Type.Object(
  {
    kind: text("Which of them, such as `overview` or `keywords`, in the provider's words"),
    text: text('The summary; Markdown where the provider writes it'),
    model: Type.Optional(text('Model that wrote it')),
  },
  closed,
);
export type MeetingSummary = Static<typeof MeetingSummary>;

/** Whether those recorded agreed, as far as the provider knows. */
export const MeetingConsent = Type.Object(
  {
    state: Type.Enum(['given', 'refused', 'withdrawn', 'not_asked', 'unknown']),
    by: Type.Optional(id('Participant who said so')),
    at: Type.Optional(instant('When')),
  },
  closed,
);
export type MeetingConsent = Static<typeof MeetingConsent>;

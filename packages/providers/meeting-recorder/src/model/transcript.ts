import { type Static, Type } from '@mortise/core/schema';
import { closed, id, instant, link, metadata, text } from './fields.ts';

const milliseconds = (description: string) =>
  Type.Number({ description: `${description}, in milliseconds from \`timeOrigin\`; negative before it` });
const confidence = () => Type.Number({ minimum: 0, maximum: 1 });

/** One word of a segment. */
export const MeetingTranscriptWord = Type.Object(
  {
    text: text('The word, with its punctuation'),
    startMs: milliseconds('Start'),
    endMs: milliseconds('End'),
    confidence: Type.Optional(confidence()),
  },
  closed,
);
export type MeetingTranscriptWord = Static<typeof MeetingTranscriptWord>;

/** What one speaker said without a break. Where times are there in both forms, they name the same moment. */
export const MeetingTranscriptSegmentRecord = Type.Object(
  {
    index: Type.Optional(Type.Integer({ minimum: 0, description: 'Position in the transcript' })),
    speakerId: Type.Optional(text('One of `speakers`; absent: not recognised')),
    speakerName: Type.Optional(text('Name, only where the provider states it')),
    speakerEmail: Type.Optional(text('E-mail address, only where the provider states it')),
    text: text('What was said, edited where somebody did'),
    rawText: Type.Optional(text('What the machine heard, where `text` was edited')),
    startTimeMs: Type.Optional(milliseconds('Start')),
    endTimeMs: Type.Optional(milliseconds('End; absent: not known')),
    startTime: Type.Optional(instant('Start by the clock')),
    endTime: Type.Optional(instant('End by the clock')),
    confidence: Type.Optional(confidence()),
    speakerConfidence: Type.Optional(confidence()),
    words: Type.Optional(Type.Array(MeetingTranscriptWord, { description: 'Joined with spaces they give the text' })),
    channel: Type.Optional(text('Audio channel, such as `microphone`')),
    isFinal: Type.Optional(Type.Boolean({ description: 'False: may still change. Default true' })),
    language: Type.Optional(text('Language, where it differs from that of the transcript')),
    metadata: Type.Optional(metadata()),
  },
  { ...closed, title: 'MeetingTranscriptSegmentRecord' },
);
export type MeetingTranscriptSegmentRecord = Static<typeof MeetingTranscriptSegmentRecord>;

/** What one speaker said without a break. */
export type MeetingTranscriptSegment = MeetingTranscriptSegmentRecord;

/** A voice that was told apart from others. */
export const MeetingSpeaker = Type.Object(
  {
    id: id('Stable within the transcript'),
    name: Type.Optional(text('Absent: a voice without a name')),
    participantId: Type.Optional(text('One of the participants of the meeting')),
    confidence: Type.Optional(confidence()),
  },
  closed,
);
export type MeetingSpeaker = Static<typeof MeetingSpeaker>;

/** Where 0 milliseconds is. */
export const MeetingTimeOrigin = Type.Enum(['recording_start', 'meeting_start']);
export type MeetingTimeOrigin = Static<typeof MeetingTimeOrigin>;

export const MeetingTranscriptRecord = Type.Object(
  {
    id: id('Id of the transcript'),
    meetingId: id('Meeting that it belongs to'),
    tenantId: id('Tenant that the connection belongs to'),
    connectionId: id('Connection through which it was read'),
    externalId: Type.Optional(text("The provider's id")),
    format: Type.Optional(text('Form of `text`: `json`, `vtt`, `srt`, `txt` or `native`')),
    text: Type.Optional(text('The whole transcript in that form')),
    segments: Type.Optional(Type.Array(MeetingTranscriptSegmentRecord, { description: 'Ascending by start' })),
    speakers: Type.Optional(Type.Array(MeetingSpeaker)),
    timeOrigin: Type.Optional(MeetingTimeOrigin),
    recordingStartAt: Type.Optional(instant('Start of the recording, to turn milliseconds into instants')),
    language: Type.Optional(text('Language, as the provider writes it')),
    sourceUrl: Type.Optional(link('Page of the transcript')),
    generatedAt: Type.Optional(instant('When it was written')),
    revision: Type.Optional(text('Changes when somebody edits it; compare for equality only')),
    status: Type.Optional(Type.Enum(['partial', 'final'])),
    metadata: Type.Optional(metadata()),
    raw: Type.Optional(Type.Unknown({ description: 'Untouched answer of the provider. Never goes to telemetry' })),
  },
  { ...closed, title: 'MeetingTranscriptRecord' },
);
export type MeetingTranscriptRecord = Static<typeof MeetingTranscriptRecord>;

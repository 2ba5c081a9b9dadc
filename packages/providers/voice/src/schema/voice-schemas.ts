import { type Static, Type } from '@mortise/core/schema';

const Text = Type.String();
const Ms = Type.Number({ minimum: 0 });
const Share = Type.Number({ minimum: 0, maximum: 1 });
const Labels = Type.Record(Type.String(), Type.String());

/** `Voice` as it crosses a process. */
export const VoiceSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  name: Text,
  description: Type.Optional(Text),
  language: Type.Optional(Text),
  gender: Type.Optional(Type.Union([Type.Literal('male'), Type.Literal('female'), Type.Literal('neutral')])),
  previewUrl: Type.Optional(Text),
  capabilities: Type.Optional(Type.Array(Type.Union([Type.Literal('tts'), Type.Literal('conversational')]))),
  metadata: Type.Optional(Labels),
});

/** `WordTiming` as it crosses a process. */
export const WordTimingSchema = Type.Object({
  word: Text,
  startMs: Ms,
  endMs: Ms,
  confidence: Type.Optional(Share),
});

/** `TranscriptionSegment` as it crosses a process. */
export const TranscriptionSegmentSchema = Type.Object({
  text: Text,
  startMs: Ms,
  endMs: Ms,
  speakerId: Type.Optional(Text),
  speakerName: Type.Optional(Text),
  confidence: Type.Optional(Share),
  wordTimings: Type.Optional(Type.Array(WordTimingSchema)),
  channel: Type.Optional(Type.Integer({ minimum: 0 })),
  language: Type.Optional(Text),
  languageConfidence: Type.Optional(Share),
  speakerConfidence: Type.Optional(Share),
});

const Warning = Type.Object({
  type: Type.Union([
    Type.Literal('unsupported'),
    Type.Literal('compatibility'),
    Type.Literal('deprecated'),
    Type.Literal('truncated'),
    Type.Literal('other'),
  ]),
  field: Type.Optional(Text),
  message: Text,
});

/** A transcript as it crosses a process. `raw` stays behind: it may hold anything. */
export const STTTranscriptionResultSchema = Type.Object({
  text: Text,
  segments: Type.Array(TranscriptionSegmentSchema),
  language: Text,
  durationMs: Type.Optional(Ms),
  speakers: Type.Optional(Type.Array(Type.Object({ id: Text, name: Type.Optional(Text) }))),
  wordTimings: Type.Optional(Type.Array(WordTimingSchema)),
  languageConfidence: Type.Optional(Share),
  modelId: Type.Optional(Text),
  usage: Type.Optional(
    Type.Object({
      audioMs: Type.Optional(Ms),
      inputTokens: Type.Optional(Type.Integer({ minimum: 0 })),
      outputTokens: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
  ),
  requestId: Type.Optional(Text),
  providerMetadata: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()))),
  warnings: Type.Optional(Type.Array(Warning)),
});

/** `STTTranscriptionResult` without `raw`. */
export type PortableSTTTranscriptionResult = Static<typeof STTTranscriptionResultSchema>;

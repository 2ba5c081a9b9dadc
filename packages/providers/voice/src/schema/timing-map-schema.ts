import { Type } from '@mortise/core/schema';
import { WordTimingSchema } from './voice-schemas.ts';

const Ms = Type.Number({ minimum: 0 });
const Frames = Type.Integer({ minimum: 0 });

/** `VoiceTimingMap` as it crosses a process. */
export const VoiceTimingMapSchema = Type.Object({
  totalDurationMs: Ms,
  fps: Type.Number({ exclusiveMinimum: 0 }),
  segments: Type.Array(
    Type.Object({
      sceneId: Type.String({ minLength: 1 }),
      durationMs: Ms,
      durationInFrames: Frames,
      recommendedSceneDurationInFrames: Frames,
      wordTimings: Type.Optional(Type.Array(WordTimingSchema)),
      startMs: Type.Optional(Ms),
      startFrame: Type.Optional(Frames),
    }),
  ),
});

/** `VoicePacingDirective` as it crosses a process. */
export const VoicePacingDirectiveSchema = Type.Object({
  sceneId: Type.String({ minLength: 1 }),
  rate: Type.Number({ exclusiveMinimum: 0 }),
  emphasis: Type.Union([Type.Literal('reduced'), Type.Literal('normal'), Type.Literal('strong')]),
  tone: Type.Union([
    Type.Literal('neutral'),
    Type.Literal('urgent'),
    Type.Literal('excited'),
    Type.Literal('calm'),
    Type.Literal('authoritative'),
  ]),
  leadingSilenceMs: Ms,
  trailingSilenceMs: Ms,
});

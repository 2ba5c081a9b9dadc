import { Type } from '@mortise/core/schema';

const Frames = Type.Integer({ minimum: 1 });
const Pixels = Type.Integer({ minimum: 1 });

const Format = Type.Union([
  Type.Object({ type: Type.Literal('landscape'), width: Type.Literal(1920), height: Type.Literal(1080) }),
  Type.Object({ type: Type.Literal('portrait'), width: Type.Literal(1080), height: Type.Literal(1920) }),
  Type.Object({ type: Type.Literal('square'), width: Type.Literal(1080), height: Type.Literal(1080) }),
  Type.Object({ type: Type.Literal('custom'), width: Pixels, height: Pixels }),
]);

const Transition = Type.Object({
  type: Type.Union([
    Type.Literal('fade'),
    Type.Literal('slide-left'),
    Type.Literal('slide-right'),
    Type.Literal('wipe'),
    Type.Literal('none'),
  ]),
  durationInFrames: Type.Integer({ minimum: 0 }),
});

/** `VideoScene` as it crosses a process. */
export const VideoSceneSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  compositionId: Type.String({ minLength: 1 }),
  props: Type.Record(Type.String(), Type.Unknown()),
  durationInFrames: Frames,
  narrationText: Type.Optional(Type.String()),
  transition: Type.Optional(Transition),
});

const LinkedTrack = Type.Object({
  src: Type.String({ minLength: 1 }),
  format: Type.Union([Type.Literal('mp3'), Type.Literal('wav'), Type.Literal('ogg')]),
  durationSeconds: Type.Number({ exclusiveMinimum: 0 }),
  volume: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
});

/** `VideoProject` as it crosses a process: its sound by address, not by bytes. */
export const VideoProjectSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  scenes: Type.Array(VideoSceneSchema),
  totalDurationInFrames: Frames,
  fps: Type.Number({ exclusiveMinimum: 0 }),
  format: Format,
  audio: Type.Optional(
    Type.Object({ narration: Type.Optional(LinkedTrack), backgroundMusic: Type.Optional(LinkedTrack) }),
  ),
  metadata: Type.Optional(
    Type.Object({
      title: Type.Optional(Type.String()),
      description: Type.Optional(Type.String()),
      createdAt: Type.Optional(Type.String({ format: 'date-time' })),
      tags: Type.Optional(Type.Array(Type.String())),
    }),
  ),
  subtitles: Type.Optional(Type.String()),
});

/** `CompositionMeta` as it crosses a process. */
export const CompositionMetaSchema = Type.Object({
  id: Type.String({ minLength: 1 }),
  displayName: Type.String(),
  description: Type.String(),
  defaultDurationInFrames: Frames,
  fps: Type.Number({ exclusiveMinimum: 0 }),
  defaultFormat: Format,
  propsSchema: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  tags: Type.Optional(Type.Array(Type.String())),
});

import type { WordTiming } from '../synthesis/word-timing.ts';

/** How long the voice of one scene is. Frame k covers the time from k/fps up to (k+1)/fps. */
export interface VoiceSegmentTiming {
  /** Scene of the video plan. */
  sceneId: string;
  /** Length of the voice in milliseconds, silences left out. */
  durationMs: number;
  /** Frames that hold the voice; never too few. */
  durationInFrames: number;
  /** The same with breathing room, at least `durationInFrames`. */
  recommendedSceneDurationInFrames: number;
  /** Milliseconds from the start of this segment's voice. */
  wordTimings?: WordTiming[];
  /** When the voice begins, in milliseconds from the start of the whole. */
  startMs?: number;
  /** The frame that holds `startMs`. Lay scenes out by it: sums of rounded lengths drift. */
  startFrame?: number;
}

/** Voice lengths of a video, scene by scene. */
export interface VoiceTimingMap {
  /** The whole with its silences and breathing room, in milliseconds. */
  totalDurationMs: number;
  /** In order. */
  segments: VoiceSegmentTiming[];
  /** Frames per second that the frame counts are for, such as 29.97. */
  fps: number;
}

/** How one scene is to be spoken. */
export interface VoicePacingDirective {
  sceneId: string;
  /** Speed factor; 1 is normal. */
  rate: number;
  emphasis: 'reduced' | 'normal' | 'strong';
  tone: 'neutral' | 'urgent' | 'excited' | 'calm' | 'authoritative';
  /** Pause before the voice, in milliseconds. */
  leadingSilenceMs: number;
  /** Pause after it. */
  trailingSilenceMs: number;
}

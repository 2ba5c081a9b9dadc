/** Voice length of one scene. The same as the segment of a timing map in `@mortise/provider-voice`. */
export interface SceneVoiceTiming {
  sceneId: string;
  durationMs: number;
  durationInFrames: number;
  recommendedSceneDurationInFrames: number;
  /** Milliseconds from the start of the segment's voice. */
  wordTimings?: { word: string; startMs: number; endMs: number; confidence?: number }[];
  startMs?: number;
  startFrame?: number;
}

/** Voice lengths of all scenes; a `VoiceTimingMap` of `@mortise/provider-voice` fits. */
export interface ProjectVoiceTiming {
  totalDurationMs: number;
  segments: SceneVoiceTiming[];
  /** Frames per second that the frame counts are for. */
  fps: number;
}

/** How one scene passes into the next. */
export type SceneTransitionType = 'fade' | 'slide-left' | 'slide-right' | 'wipe' | 'none';

/** A passage after a scene. Its frames come between the two scenes and count on top of theirs; `none` has none. */
export interface SceneTransition {
  type: SceneTransitionType;
  durationInFrames: number;
}

/** One scene. */
export interface VideoScene {
  id: string;
  /** A composition that the renderer knows. */
  compositionId: string;
  /** What the composition is given. */
  props: Record<string, unknown>;
  /** Whole frames, above 0. */
  durationInFrames: number;
  /** Text that is spoken. */
  narrationText?: string;
  /** Absent: a cut. The last scene has none. */
  transition?: SceneTransition;
}

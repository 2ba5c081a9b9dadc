import type { FileInput, ResultMeta } from '@mortise/core';

/** `w:h` in whole numbers, or `adaptive`: as the picture that goes in. */
export type VideoAspectRatio = `${number}:${number}` | 'adaptive';

/** A film that a model is to make. A wish that cannot be fulfilled is refused or named in `warnings`. */
export interface VideoGenerationInput {
  prompt?: string;
  /** What is not to be seen. */
  negativePrompt?: string;
  /** Picture that is brought to life. */
  image?: FileInput;
  firstFrame?: FileInput;
  lastFrame?: FileInput;
  /** What is to be shown, or how. */
  references?: FileInput[];
  aspectRatio?: VideoAspectRatio;
  /** Lines or pixels in the vendor's words, such as `720p` or `1280x720`. */
  resolution?: string;
  durationSeconds?: number;
  fps?: number;
  seed?: number;
  /** Whether the film has sound; a file is sound that it is to have. */
  audio?: boolean | FileInput;
  /** Number of films. Default 1. */
  n?: number;
  /** Overrides the provider's default model. */
  model?: string;
}

/** One film: its bytes, or where they are. */
export interface GeneratedVideo {
  file: { readonly url: string } | { readonly bytes: Uint8Array };
  /** Such as `video/mp4`. */
  mediaType: string;
  durationMs?: number;
  width?: number;
  height?: number;
  /** Instant (ISO 8601) after which the address no longer works. */
  expiresAt?: string;
}

export interface VideoGenerationUsage {
  videos?: number;
  seconds?: number;
  outputTokens?: number;
}

/** Films. There may be fewer than were asked for; a warning then says so. */
export interface VideoGenerationResult extends ResultMeta {
  videos: GeneratedVideo[];
  usage?: VideoGenerationUsage;
  /** Model that answered. */
  modelId?: string;
}

/** A model that makes films. What is not known is absent. */
export interface VideoModelInfo {
  id: string;
  name?: string;
  aspectRatios?: VideoAspectRatio[];
  /** Lengths that it makes, in seconds. */
  durationsSeconds?: number[];
  resolutions?: string[];
  hasAudio?: boolean;
}

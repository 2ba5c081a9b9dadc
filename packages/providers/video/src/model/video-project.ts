import type { AudioTrack } from './audio-track.ts';
import type { VideoScene } from './scene.ts';
import type { VideoFormat } from './video-format.ts';
import type { ProjectVoiceTiming } from './voice-timing.ts';

/** What is written into the file about it. */
export interface VideoProjectMetadata {
  title?: string;
  description?: string;
  /** ISO 8601 instant. */
  createdAt?: string;
  tags?: string[];
}

/** Everything that is needed to render a video. */
export interface VideoProject {
  id: string;
  /** In order. */
  scenes: VideoScene[];
  /** Frames of all scenes and of the passages between them. */
  totalDurationInFrames: number;
  /** Frames per second. */
  fps: number;
  format: VideoFormat;
  audio?: { narration?: AudioTrack; backgroundMusic?: AudioTrack };
  metadata?: VideoProjectMetadata;
  /** WebVTT text. */
  subtitles?: string;
  voiceTimingMap?: ProjectVoiceTiming;
  thumbnail?: { prompt: string; imageUrl?: string };
}

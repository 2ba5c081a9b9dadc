import type { IntegrationWarning } from '@mortise/core';
import type { VideoCodec, VideoOutputFormat } from './render-config.ts';

/** A rendered video. */
export interface RenderResult {
  outputPath: string;
  format: VideoOutputFormat;
  codec: VideoCodec;
  durationSeconds: number;
  fileSizeBytes: number;
  dimensions: { width: number; height: number };
  /** Further shapes. */
  variants?: RenderResult[];
  /** The file, where `output` asked for bytes. */
  data?: Uint8Array;
  url?: string;
  /** Instant (ISO 8601) after which `url` no longer works. */
  urlExpiresAt?: string;
  frameCount?: number;
  fps?: number;
  /** Such as `sha256:` and hexadecimal digits. */
  checksum?: string;
  warnings?: readonly IntegrationWarning[];
}

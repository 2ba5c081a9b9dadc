/** How pictures are stored. Gains members over time: keep a default branch. */
export type VideoCodec = 'h264' | 'h265' | 'vp8' | 'vp9' | 'av1' | 'prores';

/** The container. */
export type VideoOutputFormat = 'mp4' | 'webm' | 'gif';

/** How far a rendering is. `stage` is the renderer's own word, such as `bundling`, `rendering`, `encoding`. */
export interface RenderProgress {
  readonly renderedFrames: number;
  readonly totalFrames: number;
  readonly stage: string;
}

/** Where the video goes besides `outputPath`. */
export type RenderOutput =
  | { readonly kind: 'file' }
  /** Into `RenderResult.data`; nothing is written to `outputPath`. */
  | { readonly kind: 'bytes' }
  /** To an object store of the renderer; `RenderResult.url` tells where. */
  | { readonly kind: 'object'; readonly key: string };

export interface RenderConfig {
  /** Default `h264`. */
  codec?: VideoCodec;
  /** Default `mp4`. */
  outputFormat?: VideoOutputFormat;
  /** Quality: lower is better and larger. Default 18. */
  crf?: number;
  /** Where the file is written. */
  outputPath: string;
  /** Also render square and portrait versions. */
  autoVariants?: boolean;
  /** Default `yuv420p`. */
  pixelFormat?: string;
  /** Frames at once. Default the number of processors. */
  concurrency?: number;
  /** Default `file`. */
  output?: RenderOutput;
  /** Told after each step; never goes back. */
  onProgress?: (progress: RenderProgress) => void;
  /** Only these frames, the last one included. */
  frameRange?: { readonly first: number; readonly last: number };
  /** Factor of the frame size. Default 1. */
  scale?: number;
  audioCodec?: 'aac' | 'opus' | 'mp3' | 'pcm';
  /** Bits per second, as are those of the next. */
  audioBitrate?: number;
  bitrate?: number;
}

/** Sound of a video: its bytes, or where they are. One of `data` and `src` is there. */
export interface AudioTrack {
  data?: Uint8Array;
  /** Address or path. */
  src?: string;
  format: 'mp3' | 'wav' | 'ogg';
  durationSeconds: number;
  /** From 0 to 1. Default 1. */
  volume?: number;
}

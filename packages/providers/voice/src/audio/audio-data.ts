import type { AudioEncoding, AudioFormat } from './audio-format.ts';

/** Audio bytes and what is needed to play them. */
export interface AudioData {
  data: Uint8Array;
  /** How `data` is stored; it agrees with the bytes. */
  format: AudioFormat;
  /** Samples per second and channel, as stored. */
  sampleRateHz: number;
  /** Length in milliseconds. Absent: not known. */
  durationMs?: number;
  /** 1 mono, 2 stereo. Absent: not known; raw audio then counts as mono. */
  channels?: 1 | 2;
  /** Such as `audio/mpeg`. Absent: follows from `format`. */
  mediaType?: string;
  /** How one sample is stored. Absent: for `pcm` signed 16 bit, little-endian; otherwise as the format says. */
  encoding?: AudioEncoding;
  /** Bits of one sample. Absent: follows from `encoding`. */
  bitDepth?: number;
}

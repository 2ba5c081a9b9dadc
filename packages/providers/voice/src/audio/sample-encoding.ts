import type { AudioData } from './audio-data.ts';
import { type AudioEncoding, isRawAudio } from './audio-format.ts';

const BYTES: Readonly<Record<AudioEncoding, number>> = {
  pcm_s16le: 2,
  pcm_s24le: 3,
  pcm_s32le: 4,
  pcm_f32le: 4,
  mulaw: 1,
  alaw: 1,
};

/** Bytes of one sample of one channel. */
export function bytesPerSample(encoding: AudioEncoding): number {
  return BYTES[encoding];
}

/** Encoding of raw audio: what is stated, else what the format implies. Undefined for audio in a container. */
export function rawEncodingOf({ format, encoding }: Pick<AudioData, 'format' | 'encoding'>): AudioEncoding | undefined {
  if (!isRawAudio(format)) return undefined;
  return format === 'pcm' ? (encoding ?? 'pcm_s16le') : format;
}

/** Length of a number of bytes of raw audio, in milliseconds. */
export function rawDurationMs(
  sizeBytes: number,
  { encoding, sampleRateHz, channels = 1 }: { encoding: AudioEncoding; sampleRateHz: number; channels?: number },
): number {
  return (sizeBytes / (bytesPerSample(encoding) * channels) / sampleRateHz) * 1000;
}

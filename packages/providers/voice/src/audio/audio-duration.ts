import type { AudioData } from './audio-data.ts';
import { inspectAudio } from './inspect-audio.ts';
import { rawDurationMs, rawEncodingOf } from './sample-encoding.ts';

/**
 * Length in milliseconds as the bytes tell it, whatever `durationMs` says.
 *
 * @returns Undefined for compressed audio, whose length only a decoder knows.
 */
export function measureAudioMs(audio: AudioData): number | undefined {
  const encoding = rawEncodingOf(audio);
  if (encoding === undefined) return inspectAudio(audio.data)?.durationMs;
  const { sampleRateHz, channels } = audio;
  return rawDurationMs(audio.data.byteLength, {
    encoding,
    sampleRateHz,
    ...(channels === undefined ? {} : { channels }),
  });
}

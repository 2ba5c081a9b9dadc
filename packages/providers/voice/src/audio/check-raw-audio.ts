import { IntegrationError } from '@mortise/core';
import { type AudioFormat, isRawAudio } from './audio-format.ts';

/**
 * Refuses bare samples without a usable rate: played at a guessed one they are noise.
 *
 * @throws {IntegrationError} `invalid_request`, field `sampleRateHz`.
 */
export function requireSampleRate(format: AudioFormat | undefined, sampleRateHz: number | undefined): void {
  if (format === undefined || !isRawAudio(format)) return;
  if (sampleRateHz !== undefined && Number.isInteger(sampleRateHz) && sampleRateHz > 0) return;
  throw new IntegrationError({
    code: 'invalid_request',
    field: 'sampleRateHz',
    message: `sampleRateHz: ${format} audio needs a whole number of samples per second, got ${String(sampleRateHz)}`,
  });
}

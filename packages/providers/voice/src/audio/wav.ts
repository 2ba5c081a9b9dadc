import { IntegrationError } from '@mortise/core';
import type { AudioData } from './audio-data.ts';
import type { AudioEncoding } from './audio-format.ts';
import { bytesPerSample, rawEncodingOf } from './sample-encoding.ts';

/** What the header of a WAV file says, and where its samples are. */
export interface WavLayout {
  readonly encoding: AudioEncoding;
  readonly sampleRateHz: number;
  readonly channels: number;
  /** Where the samples begin, in bytes from the start. */
  readonly dataOffset: number;
  /** Bytes of samples that are really there. */
  readonly dataLength: number;
}

const HEADER_BYTES = 44;
const FORMAT_TAGS: Readonly<Record<AudioEncoding, number>> = {
  pcm_s16le: 1,
  pcm_s24le: 1,
  pcm_s32le: 1,
  pcm_f32le: 3,
  alaw: 6,
  mulaw: 7,
};
const EXTENSIBLE = 0xfffe;

/**
 * Reads the header of a WAV file. A stated size that is longer than the file, as streaming writers leave behind, counts
 * as "to the end".
 *
 * @returns Undefined for bytes that are no WAV file, or one whose samples are stored in a way that is not known here.
 */
export function readWav(bytes: Uint8Array): WavLayout | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 12 || text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 12) !== 'WAVE') return undefined;
  let format: Pick<WavLayout, 'encoding' | 'sampleRateHz' | 'channels'> | undefined;
  for (let offset = 12; offset + 8 <= bytes.byteLength;) {
    const name = text(bytes, offset, offset + 4);
    const size = view.getUint32(offset + 4, true);
    const start = offset + 8;
    if (name === 'fmt ' && start + 16 <= bytes.byteLength) format = readFormat(view, start, size);
    if (name === 'data') {
      return format && { ...format, dataOffset: start, dataLength: Math.min(size, bytes.byteLength - start) };
    }
    offset = start + size + (size % 2);
  }
  return undefined;
}

/**
 * Puts a WAV header before raw audio. Audio that is a WAV file already is returned as it is.
 *
 * @throws {IntegrationError} `unsupported` for audio in another container, which would have to be decoded.
 */
export function toWav(audio: AudioData): AudioData {
  if (audio.format === 'wav') return audio;
  const encoding = rawEncodingOf(audio);
  if (encoding === undefined) {
    throw new IntegrationError({
      code: 'unsupported',
      field: 'format',
      message: `format: expected raw audio (pcm, mulaw, alaw) to put a WAV header before, got ${audio.format}`,
    });
  }
  const { encoding: _, mediaType: __, ...rest } = audio;
  return { ...rest, format: 'wav', data: wavFile(audio.data, encoding, audio.sampleRateHz, audio.channels ?? 1) };
}

function wavFile(samples: Uint8Array, encoding: AudioEncoding, sampleRateHz: number, channels: number): Uint8Array {
  const width = bytesPerSample(encoding) * channels;
  const padding = samples.byteLength % 2;
  const file = new Uint8Array(HEADER_BYTES + samples.byteLength + padding);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('RIFF'), 0);
  view.setUint32(4, file.byteLength - 8, true);
  file.set(new TextEncoder().encode('WAVEfmt '), 8);
  view.setUint32(16, 16, true);
  view.setUint16(20, FORMAT_TAGS[encoding], true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * width, true);
  view.setUint16(32, width, true);
  view.setUint16(34, bytesPerSample(encoding) * 8, true);
  file.set(new TextEncoder().encode('data'), 36);
  view.setUint32(40, samples.byteLength, true);
  file.set(samples, HEADER_BYTES);
  return file;
}

function readFormat(
  view: DataView,
  start: number,
  size: number,
): Pick<WavLayout, 'encoding' | 'sampleRateHz' | 'channels'> | undefined {
  const declared = view.getUint16(start, true);
  // The real tag of the extensible form stands at the front of its sub-format.
  const isExtensible = declared === EXTENSIBLE && size >= 26 && start + 26 <= view.byteLength;
  const tag = isExtensible ? view.getUint16(start + 24, true) : declared;
  const encoding = encodingOf(tag, view.getUint16(start + 14, true));
  const channels = view.getUint16(start + 2, true);
  const sampleRateHz = view.getUint32(start + 4, true);
  if (encoding === undefined || channels === 0 || sampleRateHz === 0) return undefined;
  return { encoding, channels, sampleRateHz };
}

function encodingOf(tag: number, bits: number): AudioEncoding | undefined {
  const encodings = Object.keys(FORMAT_TAGS).filter(isEncoding);
  return encodings.find((encoding) => FORMAT_TAGS[encoding] === tag && bytesPerSample(encoding) * 8 === bits);
}

function isEncoding(name: string): name is AudioEncoding {
  return name in FORMAT_TAGS;
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

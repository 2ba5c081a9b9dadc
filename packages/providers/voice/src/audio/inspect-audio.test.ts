import { describe, expect, it } from 'vitest';
import { audioFormatOfMediaType, type AudioFormat, isRawAudio, mediaTypeOfAudio } from './audio-format.ts';
import { requireSampleRate } from './check-raw-audio.ts';
import { inspectAudio, isAudioOfFormat } from './inspect-audio.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));

/** An Ogg page whose first packet begins with the text. */
const ogg = (packet: (string | number[])[]): Uint8Array =>
  bytes(
    'OggS',
    Array.from({ length: 22 }, () => 0),
    [1, 30],
    ...packet,
  );

const SAMPLES: readonly (readonly [string, Uint8Array, object])[] = [
  ['MP3 of 44.1 kHz, stereo', bytes([0xff, 0xfb, 0x90, 0x44]), { format: 'mp3', sampleRateHz: 44_100, channels: 2 }],
  [
    'MP3 of 24 kHz, mono (MPEG 2)',
    bytes([0xff, 0xf3, 0x84, 0xc4]),
    { format: 'mp3', sampleRateHz: 24_000, channels: 1 },
  ],
  [
    'MP3 behind an ID3 tag',
    bytes('ID3', [4, 0, 0, 0, 0, 0, 2], [9, 9], [0xff, 0xfb, 0x94, 0xc4]),
    { format: 'mp3', sampleRateHz: 48_000, channels: 1 },
  ],
  ['AAC of 44.1 kHz', bytes([0xff, 0xf1, 0x50, 0x80]), { format: 'aac', sampleRateHz: 44_100, channels: 2 }],
  [
    'FLAC of 48 kHz',
    bytes(
      'fLaC',
      Array.from({ length: 14 }, () => 0),
      [0x0b, 0xb8, 0x02],
    ),
    { format: 'flac', sampleRateHz: 48_000, channels: 2 },
  ],
  [
    'Opus, which always plays at 48 kHz',
    ogg(['OpusHead', [1, 1, 0, 0]]),
    { format: 'opus', sampleRateHz: 48_000, channels: 1 },
  ],
  [
    'Vorbis of 44.1 kHz',
    ogg([[1], 'vorbis', [0, 0, 0, 0, 2, 0x44, 0xac, 0, 0]]),
    { format: 'ogg', channels: 2, sampleRateHz: 44_100 },
  ],
  ['WebM', bytes([0x1a, 0x45, 0xdf, 0xa3]), { format: 'webm' }],
  ['MP4', bytes([0, 0, 0, 24], 'ftypM4A '), { format: 'm4a' }],
];

describe('the first bytes of audio', () => {
  it.each(SAMPLES)('tell %s', (_what, data, facts) => expect(inspectAudio(data)).toEqual(facts));

  it.each([
    ['nothing', bytes()],
    ['zeros', new Uint8Array(64)],
    ['text', bytes('Not found')],
  ])('tell nothing of %s', (_what, data) => expect(inspectAudio(data)).toBeUndefined());

  it('agree with their own format and no other that has a mark', () => {
    const formats: AudioFormat[] = ['mp3', 'wav', 'aac', 'flac', 'webm', 'm4a', 'opus'];
    for (const [, data, facts] of SAMPLES) {
      for (const format of formats) {
        expect(isAudioOfFormat(data, format)).toBe(Reflect.get(facts, 'format') === format);
      }
    }
  });

  it('of Opus are an Ogg stream too; raw audio is whatever has no mark', () => {
    expect(isAudioOfFormat(ogg(['OpusHead', [1, 1]]), 'ogg')).toBe(true);
    expect(isAudioOfFormat(new Uint8Array(8), 'pcm')).toBe(true);
    expect(isAudioOfFormat(bytes('RIFF....WAVE'), 'pcm')).toBe(false);
    expect(isAudioOfFormat(ogg(['OpusHead', [1, 1]]), 'mulaw')).toBe(false);
  });
});

describe('media types', () => {
  it('are found for each format, and lead back to it', () => {
    const formats: AudioFormat[] = ['mp3', 'wav', 'pcm', 'aac', 'flac', 'mulaw', 'alaw', 'webm', 'm4a', 'ogg'];
    for (const format of formats) expect(audioFormatOfMediaType(mediaTypeOfAudio(format))).toBe(format);
  });

  it('are read without regard to case and parameters', () => {
    expect(audioFormatOfMediaType('Audio/WebM; codecs=opus')).toBe('webm');
    expect(audioFormatOfMediaType('audio/x-unheard-of')).toBeUndefined();
    expect(audioFormatOfMediaType('')).toBeUndefined();
  });
});

describe('raw audio', () => {
  it('needs a rate, others do not', () => {
    for (const format of ['pcm', 'mulaw', 'alaw'] as const) {
      expect(isRawAudio(format)).toBe(true);
      for (const rate of [undefined, 0, -1, Number.NaN, 1.5]) {
        expect(() => requireSampleRate(format, rate)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
      }
      expect(() => requireSampleRate(format, 8000)).not.toThrow();
    }
    expect(() => requireSampleRate('mp3', undefined)).not.toThrow();
    expect(() => requireSampleRate(undefined, undefined)).not.toThrow();
  });
});

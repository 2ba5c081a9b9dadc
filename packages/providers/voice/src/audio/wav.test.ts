import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureAudioMs } from './audio-duration.ts';
import type { AudioData } from './audio-data.ts';
import type { AudioEncoding } from './audio-format.ts';
import { decodeSamples, encodeSamples } from './samples.ts';
import { readWav, toWav } from './wav.ts';

const ENCODINGS = ['pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'mulaw', 'alaw'] as const;

function rawOf(encoding: AudioEncoding, data: Uint8Array): AudioData {
  const format = encoding === 'mulaw' || encoding === 'alaw' ? encoding : 'pcm';
  return { data, format, sampleRateHz: 8000, channels: 1, encoding };
}

describe('a WAV file', () => {
  it('gives back what was put into it, whatever the samples are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENCODINGS),
        fc.array(fc.float({ min: -1, max: 1, noNaN: true })),
        fc.constantFrom(8000, 44_100, 48_000),
        (encoding, samples, sampleRateHz) => {
          const data = encodeSamples(samples, encoding);
          const wav = toWav({ ...rawOf(encoding, data), sampleRateHz });
          const layout = readWav(wav.data);
          expect(layout).toMatchObject({ encoding, sampleRateHz, channels: 1, dataLength: data.byteLength });
          const { dataOffset = 0, dataLength = 0 } = layout ?? {};
          expect(wav.data.subarray(dataOffset, dataOffset + dataLength)).toEqual(data);
        },
      ),
    );
  });

  it('lasts as long as the samples in it', () => {
    const raw: AudioData = { data: new Uint8Array(32_000), format: 'pcm', sampleRateHz: 16_000, channels: 2 };
    expect(measureAudioMs(raw)).toBe(500);
    expect(measureAudioMs(toWav(raw))).toBe(500);
    expect(toWav(raw)).not.toHaveProperty('encoding');
  });

  it('whose writer did not know its length is read to its end', () => {
    const { data } = toWav(rawOf('pcm_s16le', new Uint8Array(100)));
    for (const stated of [0xff_ff_ff_ff, 0x7f_ff_ff_ff]) {
      const streamed = data.slice();
      new DataView(streamed.buffer).setUint32(40, stated, true);
      expect(readWav(streamed)).toMatchObject({ dataLength: 100 });
    }
  });

  it('may have other chunks before its samples, of odd length too', () => {
    const { data } = toWav(rawOf('pcm_s16le', Uint8Array.of(1, 2, 3, 4)));
    const list = Uint8Array.of(0x4c, 0x49, 0x53, 0x54, 3, 0, 0, 0, 1, 2, 3, 0);
    const file = Uint8Array.from([...data.subarray(0, 36), ...list, ...data.subarray(36)]);
    expect(readWav(file)).toMatchObject({ dataOffset: 56, dataLength: 4 });
  });

  it.each([
    ['nothing', Uint8Array.of()],
    ['another RIFF file', new TextEncoder().encode('RIFF\0\0\0\0AVI fmt ')],
    ['a header that breaks off', toWav(rawOf('pcm_s16le', new Uint8Array(4))).data.subarray(0, 30)],
  ])('is not found in %s', (_what, bytes) => expect(readWav(bytes)).toBeUndefined());

  it('is read without reading beyond its bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const file = Uint8Array.from([...new TextEncoder().encode('RIFF....WAVE'), ...bytes]);
        const { dataOffset = 0, dataLength = 0 } = readWav(file) ?? {};
        expect(dataOffset + dataLength).toBeLessThanOrEqual(file.byteLength);
      }),
    );
  });

  it('cannot be made of compressed audio', () => {
    expect(() => toWav({ data: Uint8Array.of(1), format: 'mp3', sampleRateHz: 44_100 })).toThrow(/format/);
  });
});

describe('samples', () => {
  it.each([
    ['pcm_s16le', 2 ** -15],
    ['pcm_s24le', 2 ** -22],
    ['pcm_s32le', 2 ** -22],
    ['pcm_f32le', 2 ** -22],
    ['mulaw', 0.03],
    ['alaw', 0.03],
  ] as const)('in %s come back within %d', (encoding, tolerance) => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -1, max: Math.fround(0.99), noNaN: true })), (samples) => {
        const back = decodeSamples(encodeSamples(samples, encoding), encoding);
        expect(back).toHaveLength(samples.length);
        for (const [index, sample] of samples.entries()) {
          expect(Math.abs((back[index] ?? 9) - sample)).toBeLessThanOrEqual(tolerance);
        }
      }),
    );
  });

  it('beyond full scale are clipped, not wrapped', () => {
    const [low = 0, high = 0] = decodeSamples(encodeSamples([-3, 3], 'pcm_s16le'), 'pcm_s16le');
    expect(low).toBe(-1);
    expect(high).toBeGreaterThan(0.999);
  });

  it('that are cut off are left out', () => {
    expect(decodeSamples(Uint8Array.of(0, 64, 1), 'pcm_s16le')).toEqual(Float32Array.of(0.5));
  });

  it('of silence are the bytes that telephones send', () => {
    expect([...encodeSamples([0], 'mulaw')]).toEqual([0xff]);
    expect([...encodeSamples([0], 'alaw')]).toEqual([0xd5]);
  });
});

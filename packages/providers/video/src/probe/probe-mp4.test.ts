import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeMp4 } from '../testing/memory/mp4.ts';
import { probeMp4 } from './probe-mp4.ts';

const FACTS = { width: 1280, height: 720, fps: 25, frameCount: 50, codec: 'h264' } as const;

describe('the index of an MP4 file', () => {
  it('tells size, length, rate and codec', () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 1, max: 65_535 }),
          height: fc.integer({ min: 1, max: 65_535 }),
          fps: fc.constantFrom(23.976, 24, 25, 29.97, 30, 60),
          frameCount: fc.integer({ min: 1, max: 5000 }),
          codec: fc.constantFrom('h264', 'h265', 'vp8', 'vp9', 'av1', 'prores'),
        }),
        ({ width, height, fps, frameCount, codec }) => {
          const facts = probeMp4(writeMp4({ width, height, fps, frameCount, codec }));
          expect(facts).toMatchObject({ width, height, frameCount, codec });
          expect(facts?.durationSeconds).toBeCloseTo(frameCount / fps, 3);
          expect(facts?.fps).toBeCloseTo(fps, 1);
        },
      ),
    );
  });

  it('is found behind other boxes, also one whose size has 64 bits', () => {
    const free = [0, 0, 0, 1, ...new TextEncoder().encode('free'), 0, 0, 0, 0, 0, 0, 0, 18, 9, 9];
    expect(probeMp4(Uint8Array.from([...free, ...writeMp4(FACTS)]))).toMatchObject({ width: 1280, frameCount: 50 });
  });

  it('of a codec that is not known says so by saying nothing', () => {
    const file = writeMp4(FACTS);
    const at = new TextDecoder('latin1').decode(file).indexOf('avc1');
    file.set(new TextEncoder().encode('zzzz'), at);
    const facts = probeMp4(file);
    expect(facts).toMatchObject({ width: 1280 });
    expect(facts).not.toHaveProperty('codec');
  });

  it('of sound alone is no video', () => {
    const file = writeMp4(FACTS);
    file.set(new TextEncoder().encode('soun'), new TextDecoder('latin1').decode(file).indexOf('vide'));
    expect(probeMp4(file)).toBeUndefined();
  });

  it('that breaks off anywhere, or is anything else, is read without an error', () => {
    const file = writeMp4(FACTS);
    for (let length = 0; length < file.byteLength; length += 1) {
      expect(() => probeMp4(file.subarray(0, length))).not.toThrow();
    }
    fc.assert(
      fc.property(fc.nat({ max: file.byteLength - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const spoiled = file.slice();
        spoiled[at] = byte;
        expect(() => probeMp4(spoiled)).not.toThrow();
      }),
    );
    expect(probeMp4(new Uint8Array(0))).toBeUndefined();
    expect(probeMp4(new TextEncoder().encode('Not found, sorry'))).toBeUndefined();
  });
});

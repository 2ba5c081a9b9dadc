import { describe, expect, it } from 'vitest';
import { fromAlaw, fromMulaw, toAlaw, toMulaw } from './companding.ts';

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

describe('G.711', () => {
  it('µ-law gives each byte back, but for the second zero', () => {
    for (const byte of BYTES) if (byte !== 0x7f) expect(toMulaw(fromMulaw(byte))).toBe(byte);
    expect(fromMulaw(0x7f)).toBe(-0);
  });

  it('A-law gives each byte back', () => {
    for (const byte of BYTES) expect(toAlaw(fromAlaw(byte))).toBe(byte);
  });

  it('has the values of the standard at its ends', () => {
    expect([fromMulaw(0x80), fromMulaw(0x00), fromMulaw(0xff)]).toEqual([32_124, -32_124, 0]);
    expect([fromAlaw(0xaa), fromAlaw(0x2a), fromAlaw(0xd5)]).toEqual([32_256, -32_256, 8]);
  });

  it('keeps the order of samples', () => {
    let lastMulaw = Number.NEGATIVE_INFINITY;
    let lastAlaw = Number.NEGATIVE_INFINITY;
    for (let sample = -32_768; sample <= 32_767; sample += 37) {
      const mulaw = fromMulaw(toMulaw(sample));
      const alaw = fromAlaw(toAlaw(sample));
      expect(mulaw).toBeGreaterThanOrEqual(lastMulaw);
      expect(alaw).toBeGreaterThanOrEqual(lastAlaw);
      lastMulaw = mulaw;
      lastAlaw = alaw;
    }
  });
});

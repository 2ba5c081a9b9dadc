import reference from 'crc-32/crc32c.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

const bytes = (length: number, at: (index: number) => number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => at(i));

describe('crc32c', () => {
  // RFC 3720, appendix B.4, whose bytes are in network order; and the check value of the algorithm's catalogue.
  it.each([
    ['nothing', bytes(0, () => 0), 0],
    ['the digits 1 to 9', new TextEncoder().encode('123456789'), 0xe3069283],
    ['32 zeros', bytes(32, () => 0), 0x8a9136aa],
    ['32 times 255', bytes(32, () => 255), 0x62a8ab43],
    ['0 to 31', bytes(32, (index) => index), 0x46dd794e],
    ['31 to 0', bytes(32, (index) => 31 - index), 0x113fdb5c],
  ])('of %s is as published', (_, data, expected) => {
    expect(crc32c(data)).toBe(expected);
  });

  it('agrees with another implementation', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        expect(crc32c(data)).toBe(reference.buf(data) >>> 0);
      }),
    );
  });
});

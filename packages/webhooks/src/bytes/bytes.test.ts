import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { equalBytes } from './compare-bytes.ts';
import { decodeHex, encodeHex } from './hex.ts';
import { joinBytes, utf8 } from './text-bytes.ts';

describe('hex', () => {
  it('gives back the bytes that were written, in either case', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encodeHex(bytes);
        expect(text).toMatch(/^[0-9a-f]*$/);
        expect(decodeHex(text)).toEqual(new Uint8Array(bytes));
        expect(decodeHex(text.toUpperCase())).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it.each(['0', 'abc', 'zz', 'a\u0161', '0x', ' 0', '0 ', '\uff10\uff10', 'a\u0000'])('is not %j', (text) => {
    expect(decodeHex(text)).toBeUndefined();
  });
});

describe('base64', () => {
  it('gives back the bytes that were written, in both alphabets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('base64', 'base64url'), (bytes, alphabet) => {
        expect(decodeBase64(encodeBase64(bytes, alphabet), alphabet)).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('writes what the platform writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(encodeBase64(bytes, 'base64')).toBe(btoa(String.fromCharCode(...bytes)));
      }),
    );
  });

  it('has one spelling for each sequence of bytes', () => {
    const letters = fc.string({
      unit: fc.constantFrom('A', 'B', '/', '+', 'Q', 'w', '=', ' ', '\n', '-', '_'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(letters, (text) => {
        const bytes = decodeBase64(text, 'base64');
        expect(bytes === undefined ? text : encodeBase64(bytes, 'base64')).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['A', 'AAAAA', 'AA', 'AAA', 'AB==', 'AAB=', '====', 'A===', 'AA=A', 'AA =', 'AA-_', 'AAAA=', 'é'])(
    'is not %j',
    (text) => {
      expect(decodeBase64(text, 'base64')).toBeUndefined();
    },
  );

  it('does without padding where that is allowed, and never with half of it', () => {
    expect(decodeBase64('AA', 'base64', 'optional')).toEqual(new Uint8Array(1));
    expect(decodeBase64('AA', 'base64url')).toEqual(new Uint8Array(1));
    expect(decodeBase64('AA==', 'base64url')).toEqual(new Uint8Array(1));
    expect(decodeBase64('AA=', 'base64url')).toBeUndefined();
    expect(decodeBase64('AA=', 'base64', 'optional')).toBeUndefined();
  });
});

describe('equalBytes', () => {
  it('holds for the same bytes only', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (bytes, at) => {
        expect(equalBytes(bytes, Uint8Array.from(bytes))).toBe(true);
        expect(equalBytes(bytes, Uint8Array.from([...bytes, 0]))).toBe(false);
        const other = Uint8Array.from(bytes, (byte, index) => (index === at % bytes.length ? byte ^ 4 : byte));
        if (bytes.length > 0) expect(equalBytes(bytes, other)).toBe(false);
      }),
    );
  });
});

it('joins text and bytes in a row, and always into an array of its own', () => {
  const bytes = utf8('\u00fc');
  expect(joinBytes(['a', bytes, ''])).toEqual(utf8('a\u00fc'));
  expect(joinBytes([])).toEqual(new Uint8Array());
  const copy = joinBytes([bytes]);
  bytes[0] = 0;
  expect(copy).toEqual(utf8('\u00fc'));
});

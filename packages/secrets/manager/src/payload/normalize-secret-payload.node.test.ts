import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SecretPayloadEncoding } from '../secret-provider.ts';
import { SecretProviderError } from '../secret-provider-error.ts';
import { normalizeSecretPayload } from './normalize-secret-payload.ts';

/** The bytes, or the code of the refusal. */
function outcomeOf(data: string, encoding: SecretPayloadEncoding): number[] | string {
  try {
    return [...normalizeSecretPayload({ data, encoding })];
  } catch (error) {
    return SecretProviderError.is(error) ? error.code : 'not a SecretProviderError';
  }
}

describe('normalizeSecretPayload beside Node’s own codecs', () => {
  it('gives back any bytes that were encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const buffer = Buffer.from(bytes);
        const expected = [...bytes];
        expect(outcomeOf(buffer.toString('base64'), 'base64')).toEqual(expected);
        expect(outcomeOf(buffer.toString('base64url'), 'base64url')).toEqual(expected);
        expect(outcomeOf(buffer.toString('latin1'), 'binary')).toEqual(expected);
      }),
    );
  });

  it('accepts as base64 exactly what encoding can produce', () => {
    const unit = fc.constantFrom('A', 'B', 'g', 'w', '+', '/', '=', '-', ' ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
        const expected = Buffer.from(text, 'base64');
        const isCanonical = expected.toString('base64') === text;
        expect(outcomeOf(text, 'base64')).toEqual(isCanonical ? [...expected] : 'INVALID');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a plain Uint8Array for a Buffer, whose slices would share memory', () => {
    const copy = normalizeSecretPayload({ data: Buffer.from('abc') });
    expect(Object.getPrototypeOf(copy)).toBe(Uint8Array.prototype);
  });
});

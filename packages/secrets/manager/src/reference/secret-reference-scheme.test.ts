import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSecretUri } from './parse-secret-uri.ts';
import { secretReferenceScheme } from './secret-reference-scheme.ts';

describe('secretReferenceScheme', () => {
  it('gives the scheme in lower case without looking at the rest', () => {
    expect(secretReferenceScheme('ENV://%%%')).toBe('env');
    expect(secretReferenceScheme('a+b.c-1://x')).toBe('a+b.c-1');
  });

  it.each(['', 'NAME', '://x', ' env://x', '1a://x', 'a_b://x'])('finds none in %j', (reference) => {
    expect(secretReferenceScheme(reference)).toBeUndefined();
  });

  it('does not throw on what is not a string', () => {
    // @ts-expect-error A caller without types can pass anything.
    expect(secretReferenceScheme(null)).toBeUndefined();
  });

  it('agrees with parseSecretUri wherever that succeeds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+.-]{0,4}:\/\/[a-z]{1,4}(\?x=:\/\/)?$/), (reference) => {
        let provider: string | undefined;
        try {
          provider = parseSecretUri(reference).provider;
        } catch {
          provider = undefined;
        }
        expect(secretReferenceScheme(reference)).toBe(provider);
      }),
    );
  });
});

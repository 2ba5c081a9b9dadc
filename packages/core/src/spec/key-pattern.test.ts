import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesKeyPattern } from './key-pattern.ts';

describe('matchesKeyPattern', () => {
  it('takes * for any run, ? for one character, and everything else for itself', () => {
    expect(matchesKeyPattern('payments.*', 'payments.stripe')).toBe(true);
    expect(matchesKeyPattern('payments.*', 'paymentsXstripe')).toBe(false);
    expect(matchesKeyPattern('*.stripe', 'PAYMENTS.Stripe')).toBe(true);
    expect(matchesKeyPattern('a?c', 'abc')).toBe(true);
    expect(matchesKeyPattern('a?c', 'ac')).toBe(false);
    expect(matchesKeyPattern('(', '(')).toBe(true);
    expect(matchesKeyPattern('pay', 'payments')).toBe(false);
    expect(matchesKeyPattern('', '')).toBe(true);
    expect(matchesKeyPattern('**', '')).toBe(true);
  });

  it('agrees with the same pattern as a regular expression', () => {
    const characters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    const keys = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'A'), maxLength: 8 });
    fc.assert(
      fc.property(characters, keys, (pattern, key) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesKeyPattern(pattern, key)).toBe(new RegExp(`^${source}$`, 'i').test(key));
      }),
    );
  });

  it('ends soon on a pattern made to take forever', () => {
    expect(matchesKeyPattern(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
  });
});

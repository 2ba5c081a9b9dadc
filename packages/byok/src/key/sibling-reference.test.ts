import { describe, expect, it } from 'vitest';
import { defaultSiblingReference, isPinnedReference, isSameReference } from './sibling-reference.ts';

describe('the secret beside another', () => {
  it.each([
    ['file://tenants/acme/llm', 'file://tenants/acme/llm-byok-r1'],
    ['aws://llm?region=eu-west-1', 'aws://llm-byok-r1?region=eu-west-1'],
    ['gcp://projects/p/secrets/s', 'gcp://projects/p/secrets/s-byok-r1'],
  ])('of %s is %s', (reference, sibling) => {
    expect(defaultSiblingReference(reference, 'r1')).toBe(sibling);
  });
});

describe('a reference', () => {
  it.each([
    ['file://a?version=3', true],
    ['aws://a?stage=AWSPREVIOUS', true],
    ['gcp://a?alias=stable', true],
    ['aws://a?region=eu', false],
    ['file://a', false],
  ])('%s is pinned: %s', (reference, isPinned) => {
    expect(isPinnedReference(reference)).toBe(isPinned);
  });

  it('is the same however it is written', () => {
    expect(isSameReference('file://a%62c', 'file://abc')).toBe(true);
    expect(isSameReference('FILE://abc?', 'file://abc')).toBe(true);
    expect(isSameReference('aws://a?x=1&y=2', 'aws://a?y=2&x=1')).toBe(true);
    expect(isSameReference('file://abc', 'file://ABC')).toBe(false);
    expect(isSameReference('file://abc', 'memory://abc')).toBe(false);
  });
});

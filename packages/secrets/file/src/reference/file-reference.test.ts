import { SecretProviderError } from '@mortise/secrets';
import { describe, expect, it } from 'vitest';
import { type FileReference, parseFileReference } from './file-reference.ts';

const parse = (reference: string, version?: string): FileReference =>
  parseFileReference({ provider: 'file', operation: 'read', reference }, version);

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (SecretProviderError.is(error)) return error.code;
    throw error;
  }
  return 'no error';
}

describe('parseFileReference', () => {
  it.each([
    ['file://mistral', { path: 'mistral', unpinned: 'file://mistral' }],
    ['FILE://mistral', { path: 'mistral', unpinned: 'file://mistral' }],
    ['file://tenants/acme/mistral', { path: 'tenants/acme/mistral', unpinned: 'file://tenants/acme/mistral' }],
    [
      'file://tenants/acme/mistral?version=3',
      { path: 'tenants/acme/mistral', unpinned: 'file://tenants/acme/mistral', version: 3 },
    ],
    ['file://a%20key', { path: 'a key', unpinned: 'file://a%20key' }],
    ['file://a%3Fb', { path: 'a?b', unpinned: 'file://a%3Fb' }],
    ['file://%C3%A9', { path: 'é', unpinned: 'file://%C3%A9' }],
    ['file://a?', { path: 'a', unpinned: 'file://a' }],
  ])('reads %s', (reference, expected) => {
    expect(parse(reference)).toEqual(expected);
  });

  it("lets the caller's version win over the reference's", () => {
    expect(parse('file://a?version=3', '7').version).toBe(7);
  });

  it.each([
    'mistral',
    '',
    'file://',
    'env://A',
    'file:///etc/passwd',
    'file://a/',
    'file://a//b',
    'file://../a',
    'file://a/../b',
    'file://%2e%2e/a',
    'file://a%2Fb',
    'file://a%00b',
    'file://a\nb',
    'file://%zz',
    'file://a#b',
    'file://a?stage=x',
    'file://a?version=1&version=2',
    'file://a?Version=1',
    `file://${'a'.repeat(1025)}`,
  ])('refuses %j as INVALID', (reference) => {
    expect(codeOf(() => parse(reference))).toBe('INVALID');
  });

  it.each(['0', '01', '-1', '1.0', '1e3', 'latest', '', '99999999999', ' 1', '1 '])(
    'knows that there can be no version %j',
    (version) => {
      expect(codeOf(() => parse('file://a', version))).toBe('NOT_FOUND');
    },
  );

  it('says what is wrong and where', () => {
    expect(() => parse('file://a?stage=x')).toThrow(
      'Secret backend "file" could not read "file://a?stage=x": it may have "version" after "?", and has stage',
    );
  });
});

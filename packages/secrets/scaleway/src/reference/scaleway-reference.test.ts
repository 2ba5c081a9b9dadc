import { SecretProviderError } from '@mortise/secrets';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScalewayReference, parseScalewayReference } from './parse-scaleway-reference.ts';
import { isScalewayReference, type ScalewayReference } from './scaleway-reference.ts';

const ID = '624d7f85-d701-41e3-8c42-be04a5b42fc8';
const PROJECT = '105bdce1-64c0-48ab-899d-868455867ecf';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (SecretProviderError.is(error)) return error.code;
    throw error;
  }
  return 'no error';
}

describe('parseScalewayReference', () => {
  it.each<[string, ScalewayReference]>([
    [`scw://secret-manager/fr-par/${ID}`, { region: 'fr-par', secret: { id: ID } }],
    [`scw://secret-manager/fr-par/${ID.toUpperCase()}`, { region: 'fr-par', secret: { id: ID } }],
    [`scw://secret-manager/${ID}`, { secret: { id: ID } }],
    [`SCW://secret-manager/${ID}`, { secret: { id: ID } }],
    [`scw://secret-manager/fr-par/${ID}?version=3`, { region: 'fr-par', secret: { id: ID }, version: '3' }],
    ['scw://secret-manager/fr-par/mistral', { region: 'fr-par', secret: { name: 'mistral', folder: '/' } }],
    ['scw://secret-manager/mistral', { secret: { name: 'mistral', folder: '/' } }],
    ['scw://secret-manager/fr-par', { secret: { name: 'fr-par', folder: '/' } }],
    ['scw://secret-manager/fr-par/fr-par', { region: 'fr-par', secret: { name: 'fr-par', folder: '/' } }],
    ['scw://secret-manager/tenants/acme/key', { secret: { name: 'key', folder: '/tenants/acme' } }],
    [
      'scw://secret-manager/pl-waw/tenants/acme/key?version=latest',
      { region: 'pl-waw', secret: { name: 'key', folder: '/tenants/acme' }, version: 'latest' },
    ],
    ['scw://secret-manager/it-mil/key', { region: 'it-mil', secret: { name: 'key', folder: '/' } }],
    ['scw://secret-manager/fr-par-1/key', { secret: { name: 'key', folder: '/fr-par-1' } }],
    [`scw://secret-manager/folder/${ID}`, { secret: { name: ID, folder: '/folder' } }],
    [`scw://secret-manager/${ID}?path=/`, { secret: { name: ID, folder: '/' } }],
    ['scw://secret-manager/key?path=/ab-cde', { secret: { name: 'key', folder: '/ab-cde' } }],
    [
      `scw://secret-manager/fr-par/key?path=/a/b&project=${PROJECT}`,
      { region: 'fr-par', secret: { name: 'key', folder: '/a/b', projectId: PROJECT } },
    ],
    ['scw://secret-manager/key?env=MISTRAL_API_KEY', { secret: { name: 'key', folder: '/' } }],
    ['scw://secret-manager/a%20key', { secret: { name: 'a key', folder: '/' } }],
    ['scw://secret-manager/constructor', { secret: { name: 'constructor', folder: '/' } }],
    [
      'scw://secret-manager/key?version=latest_enabled',
      { secret: { name: 'key', folder: '/' }, version: 'latest_enabled' },
    ],
  ])('reads %s', (reference, expected) => {
    expect(parseScalewayReference(reference)).toEqual(expected);
  });

  it.each([
    ['another scheme', 'aws://secret-manager/key'],
    ['another service', 'scw://key-manager/key'],
    ['no name', 'scw://secret-manager'],
    ['an empty name', 'scw://secret-manager/'],
    ['an empty folder', 'scw://secret-manager/a//key'],
    ['a key that nobody knows', 'scw://secret-manager/key?region=fr-par'],
    ['a key that every object inherits', 'scw://secret-manager/key?constructor=1'],
    ['version 0', 'scw://secret-manager/key?version=0'],
    ['a padded version', 'scw://secret-manager/key?version=01'],
    ['a version with a path in it', 'scw://secret-manager/key?version=1/../../2'],
    ['an empty version', 'scw://secret-manager/key?version='],
    ['an empty project', 'scw://secret-manager/key?project='],
    ['a project beside an id', `scw://secret-manager/${ID}?project=${PROJECT}`],
    ['folders written twice', 'scw://secret-manager/a/key?path=/a'],
    ['a path without its first slash', 'scw://secret-manager/key?path=a'],
    ['a path that ends with a slash', 'scw://secret-manager/key?path=/a/'],
    ['a path with a dot segment', 'scw://secret-manager/key?path=/a/../b'],
    ['what is not a reference', 'mistral'],
  ])('refuses %s', (_, reference) => {
    expect(codeOf(() => parseScalewayReference(reference))).toBe('INVALID');
  });
});

describe('formatScalewayReference', () => {
  it.each<[ScalewayReference, string]>([
    [{ secret: { name: ID, folder: '/' } }, `scw://secret-manager/${ID}?path=%2F`],
    [{ secret: { name: 'key', folder: '/fr-par' } }, 'scw://secret-manager/key?path=%2Ffr-par'],
    [{ region: 'nl-ams', secret: { name: 'key', folder: '/fr-par' } }, 'scw://secret-manager/nl-ams/fr-par/key'],
    [{ secret: { name: 'a?b#c', folder: '/é' } }, 'scw://secret-manager/%C3%A9/a%3Fb%23c'],
  ])('writes %j so that it cannot be read as something else', (parts, expected) => {
    expect(formatScalewayReference(parts)).toBe(expected);
    expect(parseScalewayReference(expected)).toEqual(parts);
  });

  it.each<[string, ScalewayReference]>([
    ['a name with a slash', { secret: { name: 'a/b', folder: '/' } }],
    ['an empty name', { secret: { name: '', folder: '/' } }],
    ['a folder without a slash', { secret: { name: 'a', folder: 'b' } }],
    ['a dot segment', { secret: { name: 'a', folder: '/b/..' } }],
    ['a name of dots', { secret: { name: '..', folder: '/' } }],
    ['an id that is none', { secret: { id: 'mistral' } }],
    ['a region that is none', { region: 'Paris', secret: { id: ID } }],
    ['a version that is none', { secret: { id: ID }, version: '1.5' }],
    ['an empty project', { secret: { name: 'a', folder: '/', projectId: '' } }],
    ['a control character', { secret: { name: 'a\n', folder: '/' } }],
  ])('refuses %s', (_, parts) => {
    expect(codeOf(() => formatScalewayReference(parts))).toBe('INVALID');
  });

  const segment = fc
    .oneof(
      fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
      fc.constantFrom('fr-par', 'ab-cde', ID, 'secret-manager', '__proto__', '%2F', 'a=b&c', '?', '#'),
    )
    .filter((text) => !/[/\\\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) && text !== '.' && text !== '..');
  const optionally = <Part extends object>(part: fc.Arbitrary<Part>) =>
    fc.option(part).map((chosen): Partial<Part> => chosen ?? {});
  const named = fc
    .tuple(segment, fc.array(segment, { maxLength: 3 }), optionally(fc.record({ projectId: segment })))
    .map(([name, folders, project]) => ({ name, folder: `/${folders.join('/')}`, ...project }));
  const reference = fc
    .tuple(
      fc.oneof(named, fc.record({ id: fc.uuid() })),
      optionally(fc.record({ region: fc.constantFrom('fr-par', 'nl-ams', 'it-mil') })),
      optionally(fc.record({ version: fc.constantFrom('1', '4294967295', 'latest', 'latest_enabled') })),
    )
    .map(([secret, region, version]) => ({ secret, ...region, ...version }));

  it('gives back what it was given, in one form only', () => {
    fc.assert(
      fc.property(reference, (parts) => {
        const written = formatScalewayReference(parts);
        expect(parseScalewayReference(written)).toEqual(parts);
        expect(formatScalewayReference(parseScalewayReference(written))).toBe(written);
        expect(isScalewayReference(written)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('isScalewayReference', () => {
  it.each(['scw://secret-manager/x', 'SCW://secret-manager', 'scw://secret-manager?x', 'scw://secret-manager//'])(
    'takes %s, whether or not it is well formed',
    (reference) => expect(isScalewayReference(reference)).toBe(true),
  );

  it.each(['scw://secret-managers/x', 'scw://key-manager/x', 'aws://secret-manager/x', 'secret-manager/x', ''])(
    'leaves %j to others',
    (reference) => expect(isScalewayReference(reference)).toBe(false),
  );
});

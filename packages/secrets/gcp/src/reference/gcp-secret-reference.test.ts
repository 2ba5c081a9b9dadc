import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretProviderError } from '@mortise/secrets';
import { formatGcpSecretReference, type GcpSecretReference, parseGcpSecretReference } from './gcp-secret-reference.ts';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (SecretProviderError.is(error)) return error.code;
    throw error;
  }
  return 'no error';
}

const idText = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
const references: fc.Arbitrary<GcpSecretReference> = fc.record(
  {
    project: fc.oneof(
      fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/),
      fc.constantFrom('secrets', 'locations', 'projects', '123456789012', 'example.com:project'),
    ),
    location: fc.constantFrom('europe-west3', 'us-central1', 'secrets'),
    secret: fc.oneof(idText, fc.constantFrom('versions', 'secrets', '__proto__', 'latest')),
    version: fc.oneof(
      fc.bigInt({ min: 1n, max: 999_999_999n }).map(String),
      fc.constantFrom('latest', 'current', 'Blue-2'),
    ),
  },
  { requiredKeys: ['secret'] },
);

describe('parseGcpSecretReference', () => {
  it.each([
    ['gcp://projects/demo/secrets/stripe', { project: 'demo', secret: 'stripe' }],
    ['GCP://projects/demo/secrets/stripe', { project: 'demo', secret: 'stripe' }],
    ['gcp://projects/123456789012/secrets/stripe', { project: '123456789012', secret: 'stripe' }],
    ['gcp://projects/demo/secrets/stripe/versions/7', { project: 'demo', secret: 'stripe', version: '7' }],
    ['gcp://projects/demo/secrets/stripe/versions/latest', { project: 'demo', secret: 'stripe', version: 'latest' }],
    ['gcp://projects/demo/secrets/stripe/versions/blue', { project: 'demo', secret: 'stripe', version: 'blue' }],
    ['gcp://projects/demo/secrets/stripe?version=7', { project: 'demo', secret: 'stripe', version: '7' }],
    [
      'gcp://projects/demo/secrets/stripe/versions/latest?version=7',
      { project: 'demo', secret: 'stripe', version: '7' },
    ],
    ['gcp://projects/demo/secrets/stripe?alias=blue', { project: 'demo', secret: 'stripe', version: 'blue' }],
    ['gcp://projects/demo/secrets/stripe?env=STRIPE_KEY', { project: 'demo', secret: 'stripe' }],
    [
      'gcp://projects/demo/locations/europe-west3/secrets/s',
      { project: 'demo', location: 'europe-west3', secret: 's' },
    ],
    [
      'gcp://projects/demo/locations/europe-west3/secrets/s/versions/2',
      { project: 'demo', location: 'europe-west3', secret: 's', version: '2' },
    ],
    ['gcp://secrets/stripe', { secret: 'stripe' }],
    ['gcp://secrets/stripe/versions/3', { secret: 'stripe', version: '3' }],
    ['gcp://locations/europe-west3/secrets/s', { location: 'europe-west3', secret: 's' }],
    ['gcp://projects/secrets/secrets/secrets', { project: 'secrets', secret: 'secrets' }],
    ['gcp://projects/locations/secrets/versions', { project: 'locations', secret: 'versions' }],
    ['gcp://projects/example.com:project/secrets/s', { project: 'example.com:project', secret: 's' }],
  ])('reads %s', (reference, expected) => {
    expect(parseGcpSecretReference(reference)).toEqual(expected);
  });

  it.each([
    ['another scheme', 'aws://secrets/stripe'],
    ['no secret', 'gcp://projects/demo'],
    ['an empty secret', 'gcp://projects/demo/secrets/'],
    ['a bare name', 'gcp://stripe'],
    ['an empty segment', 'gcp://projects//secrets/stripe'],
    ['more behind the version', 'gcp://projects/demo/secrets/s/versions/1/x'],
    ['an empty version', 'gcp://projects/demo/secrets/s/versions'],
    ['a trailing slash', 'gcp://projects/demo/secrets/s/'],
    ['a dot in the secret', 'gcp://secrets/stripe.secret'],
    ['a secret of more than 255 characters', `gcp://secrets/${'a'.repeat(256)}`],
    ['version 0', 'gcp://secrets/s?version=0'],
    ['a version with a leading zero', 'gcp://secrets/s?version=01'],
    ['an empty version key', 'gcp://secrets/s?version='],
    ['the alias "latest"', 'gcp://secrets/s?alias=latest'],
    ['a number as an alias', 'gcp://secrets/s?alias=3'],
    ['an alias of more than 63 characters', `gcp://secrets/s?alias=${'a'.repeat(64)}`],
    ['both selectors', 'gcp://secrets/s?alias=a&version=1'],
    ['a malformed version in the path that the query would override', 'gcp://secrets/s/versions/0?version=1'],
    ['an unknown key', 'gcp://secrets/s?region=eu'],
    ['a location that leads to another host', 'gcp://projects/demo/locations/evil.example/secrets/s'],
    ['a location with an escaped slash', 'gcp://projects/demo/locations/a%2Fb/secrets/s'],
    ['the order of the segments changed', 'gcp://locations/europe-west3/projects/demo/secrets/s'],
    ['no reference at all', 'stripe'],
  ])('refuses %s', (_, reference) => {
    expect(codeOf(() => parseGcpSecretReference(reference))).toBe('INVALID');
  });

  it('does not repeat a key pasted where its reference belongs', () => {
    expect(() => parseGcpSecretReference('sk-live-0123456789')).toThrow(/\[not a reference\]/);
  });
});

describe('formatGcpSecretReference', () => {
  it('is undone by parsing', () => {
    fc.assert(
      fc.property(references, (parts) => {
        expect(parseGcpSecretReference(formatGcpSecretReference(parts))).toEqual(parts);
      }),
    );
  });

  it('gives one form to all references of one secret', () => {
    const forms = ['gcp://secrets/s/versions/3', 'gcp://secrets/s?version=3', 'GCP://secrets/s?version=3&env=S'];
    expect(new Set(forms.map((form) => formatGcpSecretReference(parseGcpSecretReference(form))))).toEqual(
      new Set(['gcp://secrets/s?version=3']),
    );
  });

  it('refuses parts that no reference can have', () => {
    expect(codeOf(() => formatGcpSecretReference({ secret: 'a/b' }))).toBe('INVALID');
    expect(codeOf(() => formatGcpSecretReference({ project: '', secret: 'a' }))).toBe('INVALID');
    expect(codeOf(() => formatGcpSecretReference({ secret: 'a', location: 'x.y' }))).toBe('INVALID');
    expect(codeOf(() => formatGcpSecretReference({ secret: 'a', version: 'NEW' }))).toBe('INVALID');
  });
});

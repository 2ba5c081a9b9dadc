import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretProviderError } from '../secret-provider-error.ts';
import { formatSecretUri } from './format-secret-uri.ts';
import { findPairFault, findPathFault, type ParsedSecretUri } from './parsed-secret-uri.ts';
import { parseSecretUri } from './parse-secret-uri.ts';

/** Text that is likely to hurt: separators, escapes, dots, Unicode in and out of the basic plane, inherited names. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('/', '?', '=', '&', '#', '%', '+', ':', '.', '2', 'F', ' ', 'é', '🔑'),
    maxLength: 20,
  }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '..', '%2F', '1', '10', '://'),
);
const scheme = fc.stringMatching(/^[a-z][a-z0-9+.-]{0,8}$/);
const parts: fc.Arbitrary<ParsedSecretUri> = fc
  .record({
    provider: scheme,
    path: hostileText.filter((text) => findPathFault(text) === undefined),
    pairs: fc.option(
      fc.array(
        fc.tuple(hostileText, hostileText).filter(([key, value]) => findPairFault(key, value) === undefined),
        {
          maxLength: 6,
        },
      ),
    ),
  })
  .map(({ provider, path, pairs }) =>
    pairs === null ? { provider, path } : { provider, path, extras: Object.fromEntries(pairs) },
  );

const hostileReference = fc
  .tuple(
    fc.constantFrom('env', 'GCP', 'a.b+c-1', ''),
    hostileText,
    fc.option(fc.array(fc.tuple(hostileText, hostileText))),
  )
  .map(([provider, path, pairs]) => {
    const query = pairs === null ? '' : `?${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`;
    return `${provider}://${path}${query}`;
  });

describe('formatSecretUri and parseSecretUri', () => {
  it('give back equal parts for every valid parts', () => {
    fc.assert(
      fc.property(parts, (parsed) => {
        const again = parseSecretUri(formatSecretUri(parsed));
        expect(again).toEqual(parsed);
        expect('extras' in again).toBe('extras' in parsed);
      }),
      { numRuns: 2000 },
    );
  });

  it('either refuse a text with INVALID or settle on one canonical form', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(hostileReference, fc.string({ unit: 'binary' })), (reference) => {
        const parsed = parseOrFault(reference);
        if (typeof parsed === 'string') return parsed === 'INVALID';
        accepted += 1;
        const canonical = formatSecretUri(parsed);
        expect(parseSecretUri(canonical)).toEqual(parsed);
        expect(formatSecretUri(parseSecretUri(canonical))).toBe(canonical);
        return true;
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('give different parts different texts', () => {
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        const areEqual = formatSecretUri(left) === formatSecretUri(right);
        expect(areEqual).toBe(JSON.stringify(sorted(left)) === JSON.stringify(sorted(right)));
      }),
    );
  });
});

describe('formatSecretUri', () => {
  it('writes readable text where nothing can be misread', () => {
    expect(formatSecretUri({ provider: 'aws', path: 'secretsmanager/eu-west-1/prod/db+x=1@y' })).toBe(
      'aws://secretsmanager/eu-west-1/prod/db+x=1@y',
    );
  });

  it('escapes what could be read as something else', () => {
    expect(formatSecretUri({ provider: 'vault', path: 'a?b#c%2F d\\e', extras: { 'k=&': 'v=&#?+/é' } })).toBe(
      'vault://a%3Fb%23c%252F%20d%5Ce?k%3D%26=v%3D%26%23%3F%2B%2F%C3%A9',
    );
  });

  it('sorts the keys, so that equal parts have equal texts', () => {
    const left = formatSecretUri({ provider: 'aws', path: 'x', extras: { version: '1', stage: 'A' } });
    const right = formatSecretUri({ provider: 'aws', path: 'x', extras: { stage: 'A', version: '1' } });
    expect(left).toBe('aws://x?stage=A&version=1');
    expect(right).toBe(left);
  });

  it('ignores what extras inherit', () => {
    const extras: Record<string, string> = Object.create({ inherited: 'x' });
    extras['own'] = 'y';
    expect(formatSecretUri({ provider: 'vault', path: 'a', extras })).toBe('vault://a?own=y');
  });

  it.each<[string, ParsedSecretUri]>([
    ['an upper-case scheme', { provider: 'GCP', path: 'a' }],
    ['an empty scheme', { provider: '', path: 'a' }],
    ['a scheme with a separator', { provider: 'a://b', path: 'a' }],
    ['an empty path', { provider: 'env', path: '' }],
    ['a climbing path', { provider: 'env', path: 'a/../b' }],
    ['a control character', { provider: 'env', path: 'a\u0000' }],
    ['a lone surrogate', { provider: 'env', path: 'a\uD800' }],
    ['an empty key', { provider: 'env', path: 'a', extras: { '': '1' } }],
    ['a control character in a value', { provider: 'env', path: 'a', extras: { x: '\n' } }],
    ['a value that is no string', { provider: 'env', path: 'a', extras: { x: JSON.parse('1') } }],
    ['a path that is no string', { provider: 'env', path: JSON.parse('1') }],
    ['a text beyond the cap', { provider: 'env', path: '€'.repeat(1000) }],
  ])('refuses %s', (_, parsed) => {
    expect(() => formatSecretUri(parsed)).toThrow(expect.objectContaining({ code: 'INVALID' }));
  });
});

function sorted({ provider, path, extras }: ParsedSecretUri): unknown[] {
  return [provider, path, extras === undefined ? null : Object.entries(extras).sort(([a], [b]) => (a < b ? -1 : 1))];
}

function parseOrFault(reference: string): ParsedSecretUri | string {
  try {
    return parseSecretUri(reference);
  } catch (error) {
    return SecretProviderError.is(error) ? error.code : 'not a SecretProviderError';
  }
}

import { describe, expect, it } from 'vitest';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import { MAX_SECRET_REFERENCE_LENGTH } from './parsed-secret-uri.ts';
import { parseSecretUri } from './parse-secret-uri.ts';

const refusal = (reference: string) => refusalOf(() => parseSecretUri(reference));

describe('parseSecretUri', () => {
  it('gives provider, path and extras', () => {
    expect(parseSecretUri('gcp://projects/demo/secrets/key/versions/latest?version=5&alias=prod')).toEqual({
      provider: 'gcp',
      path: 'projects/demo/secrets/key/versions/latest',
      extras: { version: '5', alias: 'prod' },
    });
  });

  it('has no extras without a question mark and empty extras after a bare one', () => {
    expect(parseSecretUri('env://MISTRAL_API_KEY')).toStrictEqual({ provider: 'env', path: 'MISTRAL_API_KEY' });
    expect(parseSecretUri('env://MISTRAL_API_KEY?')).toEqual({ provider: 'env', path: 'MISTRAL_API_KEY', extras: {} });
  });

  it.each([
    ['gcp://a://b', { provider: 'gcp', path: 'a://b' }],
    ['vault://a?u=https://x.test/?y=1', { provider: 'vault', path: 'a', extras: { u: 'https://x.test/?y=1' } }],
    ['vault://a?x=1=2', { provider: 'vault', path: 'a', extras: { x: '1=2' } }],
    ['vault://a?key=YQ==', { provider: 'vault', path: 'a', extras: { key: 'YQ==' } }],
    ['vault://a?x=%26%3D%23%3F%25', { provider: 'vault', path: 'a', extras: { x: '&=#?%' } }],
    ['vault://a?flag', { provider: 'vault', path: 'a', extras: { flag: '' } }],
    ['vault://a?x=1+2', { provider: 'vault', path: 'a', extras: { x: '1+2' } }],
    ['vault://caf%C3%A9/n%C3%B8gle?n=%F0%9F%94%91', { provider: 'vault', path: 'café/nøgle', extras: { n: '🔑' } }],
    ['vault://café?n=🔑', { provider: 'vault', path: 'café', extras: { n: '🔑' } }],
    ['file:///absolute', { provider: 'file', path: '/absolute' }],
    [
      'aws://secretsmanager/eu-west-1/arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf',
      {
        provider: 'aws',
        path: 'secretsmanager/eu-west-1/arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf',
      },
    ],
    ['vault://a/..b/c..', { provider: 'vault', path: 'a/..b/c..' }],
  ])('takes %s apart', (reference, parsed) => {
    expect(parseSecretUri(reference)).toEqual(parsed);
  });

  it('folds the scheme to lower case, so that a backend is found however it is written', () => {
    expect(parseSecretUri('GCP://projects/P').provider).toBe('gcp');
    expect(parseSecretUri('GCP://projects/P').path).toBe('projects/P');
  });

  it('keeps hostile keys as plain entries', () => {
    const { extras } = parseSecretUri('vault://a?__proto__=x&constructor=y');
    expect(Object.entries(extras ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(extras)).toBeNull();
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it('finds nothing under names that every object inherits', () => {
    expect(parseSecretUri('vault://a?x=1').extras?.['constructor']).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    ['MISTRAL_API_KEY', 'no valid scheme'],
    ['://a', 'no valid scheme'],
    ['1env://a', 'no valid scheme'],
    ['en v://a', 'no valid scheme'],
    ['e_nv://a', 'no valid scheme'],
    ['env:/a', 'no valid scheme'],
    ['env://', 'path is empty'],
    ['env://?a=b', 'path is empty'],
    ['env://a#b', '%23'],
    ['env://a?x=b#c', '%23'],
    ['env://a%2Fb', 'escaped "/"'],
    ['env://a%2fb', 'escaped "/"'],
    ['env://../a', 'segment'],
    ['env://a/..', 'segment'],
    ['env://a/./b', 'segment'],
    ['env://a/%2e%2E/b', 'segment'],
    ['env://a\\..\\b', 'segment'],
    ['env://a%', 'percent escape'],
    ['env://a%zz', 'percent escape'],
    ['env://a%FF', 'percent escape'],
    ['env://a?x=%', 'percent escape'],
    ['env://a?%E0%A4=1', 'percent escape'],
    ['env://a\nb', 'control character'],
    ['env://a%00b', 'control character'],
    ['env://a?x=%0D%0A', 'control character'],
    ['env://a?%7F=1', 'control character'],
    ['env://a\u2028b', 'control character'],
    ['env://a\uD800', 'well-formed Unicode'],
    ['env://a?x=\uDC00', 'well-formed Unicode'],
    ['env://a?=1', 'key after "?" is empty'],
    ['env://a?x=1&', 'key after "?" is empty'],
    ['env://a?x=1&&y=2', 'key after "?" is empty'],
    ['env://a?version=1&version=2', 'repeated'],
    ['env://a?version=1&%76ersion=1', 'repeated'],
    ['env://a?__proto__=1&__proto__=2', 'repeated'],
  ])('refuses %j', async (reference, fault) => {
    const error = await refusal(reference);
    expect(error.code).toBe('INVALID');
    expect(error.provider).toBe('unknown');
    expect(error.retryable).toBe(false);
    expect(error.message).toContain(fault);
  });

  it('refuses what is not a string', async () => {
    // @ts-expect-error A caller without types can pass anything.
    expect((await refusal(undefined)).message).toContain('not a string');
  });

  it('caps the length as written and in canonical form', async () => {
    const head = 'env://';
    const longest = head + 'A'.repeat(MAX_SECRET_REFERENCE_LENGTH - head.length);
    expect(parseSecretUri(longest).path).toHaveLength(MAX_SECRET_REFERENCE_LENGTH - head.length);
    expect((await refusal(`${longest}A`)).message).toContain(`${MAX_SECRET_REFERENCE_LENGTH} characters`);
    expect((await refusal(head + '€'.repeat(1000))).message).toContain('canonical form');
  });

  it('never shows a key that was pasted where its reference belongs', async () => {
    for (const pasted of ['canary-8f1d2b', 'sk-canary-8f1d2b%', 'postgres://app:canary-8f1d2b@db.test/../x']) {
      const error = await refusal(pasted);
      expect(`${error.message} ${error.reference} ${JSON.stringify(error)}`).not.toContain('canary-8f1d2b');
    }
  });
});

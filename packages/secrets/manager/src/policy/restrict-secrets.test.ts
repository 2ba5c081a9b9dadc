import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import { SecretProviderManager } from '../manager/secret-provider-manager.ts';
import { MemorySecretProvider } from '../testing/memory-secret-provider.ts';
import { compileReferencePatterns } from './reference-pattern.ts';
import { restrictSecrets, type SecretAccessRule } from './restrict-secrets.ts';

const store = () =>
  new MemorySecretProvider({ secrets: { 'memory://acme/llm': 'of acme', 'memory://globex/llm': 'of globex' } });
const acme = () => restrictSecrets(store(), { allow: ['memory://acme/**'] });

describe('restrictSecrets', () => {
  it('lets through what a pattern matches', async () => {
    const provider = acme();
    expect(new TextDecoder().decode((await provider.getSecret('memory://acme/llm')).data)).toBe('of acme');
    await provider.setSecret('memory://acme/new', { data: 'x' });
    await provider.rotateSecret('memory://acme/new', { data: 'y' });
    await provider.deleteSecret('memory://acme/new');
  });

  it('refuses all else with FORBIDDEN, in every operation, before the backend hears of it', async () => {
    const provider = acme();
    const reference = 'memory://globex/llm';
    const refusals = await Promise.all([
      refusalOf(() => provider.getSecret(reference)),
      refusalOf(() => provider.setSecret(reference, { data: 'x' })),
      refusalOf(() => provider.rotateSecret(reference, { data: 'x' })),
      refusalOf(() => provider.deleteSecret(reference)),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(refusals[0]?.message).toBe('The host\'s policy does not let anyone read "memory://globex/llm" here');
  });

  it('is not got round by another spelling of the same reference', () => {
    const rule = compileReferencePatterns(['memory://acme/*']);
    expect(rule('MEMORY://acme/%6Clm')).toBe(true);
    const others = [
      'memory://acme/../globex/llm',
      'memory://acme/%2e%2e/globex/llm',
      'memory://acme/x%2F..%2Fglobex',
      'memory://acme/a/b',
      'memory://acmeXllm',
      'xmemory://acme/llm',
      'memory://acme/llm?env=STRIPE_SECRET_KEY',
      'memory://acme/llm?version=1&env=STRIPE_SECRET_KEY',
      'acme/llm',
      '',
    ];
    expect(others.filter((reference) => rule(reference))).toEqual([]);
  });

  it('lets a reference choose among versions of what it may read', () => {
    const rule = compileReferencePatterns(['vault://a/*']);
    expect(rule('vault://a/b?version=3&stage=x&alias=y')).toBe(true);
  });

  it('matches other keys only where the pattern has them', () => {
    const rule = compileReferencePatterns(['vault://a?region=eu-*']);
    expect(rule('vault://a?region=eu-west-1&version=2')).toBe(true);
    expect(rule('vault://a?region=us-east-1')).toBe(false);
    expect(rule('vault://a%3Fregion=eu-west-1')).toBe(false);
  });

  it('takes every character but * for itself', () => {
    const text = fc.string({ unit: fc.constantFrom('.', '+', '(', '[', '$', '^', '|', 'a', 'é', '{'), minLength: 1 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const matches = compileReferencePatterns([`vault://x${left}y`]);
        expect(matches(`vault://x${right}y`)).toBe(left === right);
      }),
    );
  });

  it('allows nothing without a pattern, and refuses a pattern that is no reference', async () => {
    const provider = restrictSecrets(store(), { allow: [] });
    expect((await refusalOf(() => provider.getSecret('memory://acme/llm'))).code).toBe('FORBIDDEN');
    expect((await refusalOf(() => restrictSecrets(store(), { allow: ['*'] }))).code).toBe('INVALID');
  });

  it('decides alike however many references it has seen', () => {
    const rule = compileReferencePatterns(['vault://a/*']);
    const references = Array.from({ length: 2500 }, (_, index) => `vault://${index % 2 === 0 ? 'a' : 'b'}/${index}`);
    const decide = () => references.filter((reference) => rule(reference)).length;
    expect([decide(), decide()]).toEqual([1250, 1250]);
  });

  it('asks a rule with the operation', async () => {
    const provider = restrictSecrets(store(), { allow: (_, { operation }) => operation === 'get' });
    await provider.getSecret('memory://acme/llm');
    expect((await refusalOf(() => provider.deleteSecret('memory://acme/llm'))).code).toBe('FORBIDDEN');
  });

  it.each<[string, SecretAccessRule]>([
    [
      'throws',
      () => {
        throw new TypeError('policy store is down');
      },
    ],
    ['answers with something truthy', () => JSON.parse('{}')],
  ])('fails closed when a rule %s', async (_, allow) => {
    const provider = restrictSecrets(store(), { allow });
    expect((await refusalOf(() => provider.getSecret('memory://acme/llm'))).code).toBe('FORBIDDEN');
    expect(provider.resolveProvider?.('memory://acme/llm')).toBeUndefined();
  });

  it('ends a manager’s search instead of sending it on', async () => {
    const other = new MemorySecretProvider({ id: 'other', secrets: { 'memory://globex/llm': 'x' } });
    const manager = new SecretProviderManager({ providers: [{ provider: acme() }, { provider: other }] });
    expect((await refusalOf(() => manager.getSecret('memory://globex/llm'))).code).toBe('FORBIDDEN');
  });

  it('is in all else the provider behind it', async () => {
    const inner = Object.assign(store(), { hostOwned: true, writable: false });
    const provider = restrictSecrets(inner, { allow: ['memory://acme/**'] });
    expect(provider).toMatchObject({ id: 'memory', hostOwned: true, writable: false });
    expect(provider.canHandle('memory://globex/llm')).toBe(true);
    expect(provider.canHandle('vault://x')).toBe(false);
    expect(provider.resolveProvider?.('memory://acme/llm')).toBe(inner);
    const nested = restrictSecrets(new SecretProviderManager({ providers: [{ provider: inner }] }), {
      allow: ['memory://acme/**'],
    });
    expect(nested.resolveProvider?.('memory://acme/llm')).toBe(inner);
    await provider.close?.();
  });
});

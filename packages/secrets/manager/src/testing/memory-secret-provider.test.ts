import { runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { inspect } from '../__fixtures__/inspect.ts';
import { formatSecretUri } from '../reference/format-secret-uri.ts';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import { MemorySecretProvider } from './memory-secret-provider.ts';
import { secretProviderCases } from './secret-provider-cases.ts';

const CAPABILITIES = [
  'seed',
  'write',
  'versions',
  'binary',
  'size-limit',
  'idempotent',
  'idempotency-keys',
  'overlap',
  'staging',
  'retire',
  'restore',
  'force-delete',
];

describe('MemorySecretProvider', () => {
  it('keeps to the contract in every respect but being read-only', async () => {
    const outcomes = await runConformance({
      cases: secretProviderCases,
      createContext: async () => ({
        provider: new MemorySecretProvider({ recoveryWindowDays: 30 }),
        reference: (name: string) => formatSecretUri({ provider: 'memory', path: `kit/${name}` }),
        inspect: inspect,
      }),
      capabilities: CAPABILITIES,
    });
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(['secrets.10']);
    expect(outcomes.length).toBeGreaterThan(25);
  });

  it('starts with the secrets it is given', async () => {
    const provider = new MemorySecretProvider({
      id: 'fixtures',
      scheme: 'fixture',
      secrets: { 'fixture://a': 'text', 'fixture://b': new Uint8Array([0, 255]) },
      now: () => 5,
    });
    expect(provider.id).toBe('fixtures');
    expect(new TextDecoder().decode((await provider.getSecret('fixture://a')).data)).toBe('text');
    const value = await provider.getSecret('FIXTURE://b');
    expect([...value.data]).toEqual([0, 255]);
    expect(value.retrievedAt.getTime()).toBe(5);
  });

  it('gives content type and labels back as metadata', async () => {
    const provider = new MemorySecretProvider();
    await provider.setSecret('memory://a', {
      data: '{}',
      contentType: 'application/json',
      labels: { team: 'payments' },
    });
    expect((await provider.getSecret('memory://a')).metadata).toEqual({
      team: 'payments',
      contentType: 'application/json',
    });
  });

  it('never gives a version number out twice, so that a cached version stays true after a deletion', async () => {
    const provider = new MemorySecretProvider({ secrets: { 'memory://a': 'first' } });
    await provider.deleteSecret('memory://a');
    expect((await provider.setSecret('memory://a', { data: 'second' })).version).toBe('2');
    expect((await refusalOf(() => provider.getSecret('memory://a?version=1'))).code).toBe('NOT_FOUND');
  });

  it.each([
    ['a key it does not know', 'memory://a?stage=x', 'INVALID'],
    ['another scheme', 'vault://a', 'UNSUPPORTED'],
  ])('refuses %s', async (_, reference, code) => {
    expect((await refusalOf(() => new MemorySecretProvider().getSecret(reference))).code).toBe(code);
  });

  it('refuses to write into a version', async () => {
    const provider = new MemorySecretProvider();
    expect((await refusalOf(() => provider.setSecret('memory://a?version=1', { data: 'x' }))).code).toBe('INVALID');
  });
});

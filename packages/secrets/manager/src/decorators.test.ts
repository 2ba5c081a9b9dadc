import { runConformance } from '@mortise/testing';
import { describe, expect, it, vi } from 'vitest';
import { inspect } from './__fixtures__/inspect.ts';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { cacheSecrets } from './cache/caching-secret-provider.ts';
import { SecretProviderManager } from './manager/secret-provider-manager.ts';
import { restrictSecrets } from './policy/restrict-secrets.ts';
import type { SecretProvider } from './secret-provider.ts';
import { MemorySecretProvider } from './testing/memory-secret-provider.ts';
import { secretProviderCases } from './testing/secret-provider-cases.ts';

const REF = 'memory://acme/key';
const backend = () => new MemorySecretProvider({ secrets: { [REF]: 'old' }, recoveryWindowDays: 7 });

/** A backend with the required methods alone. */
function plain(memory = backend()): SecretProvider {
  return {
    id: 'plain',
    canHandle: (reference) => memory.canHandle(reference),
    getSecret: (...read) => memory.getSecret(...read),
    setSecret: (...write) => memory.setSecret(...write),
    rotateSecret: (...write) => memory.rotateSecret(...write),
    deleteSecret: (...write) => memory.deleteSecret(...write),
  };
}

const DECORATORS: readonly [name: string, wrap: (provider: SecretProvider) => SecretProvider][] = [
  ['a manager', (provider) => new SecretProviderManager().register(provider)],
  ['a cache', (provider) => cacheSecrets(provider)],
  ['a wall', (provider) => restrictSecrets(provider, { allow: ['memory://acme/**'] })],
];

const textOf = async (provider: SecretProvider, version?: string) =>
  new TextDecoder().decode((await provider.getSecret(REF, version === undefined ? {} : { version })).data);

describe.each(DECORATORS)('%s in front of a backend', (_, wrap) => {
  it('passes staging, promotion and retirement on, with their options', async () => {
    const memory = backend();
    const provider = wrap(memory);
    const stage = vi.spyOn(memory, 'stageSecret');
    const options = { idempotencyKey: 'rotation-1', timeoutMs: 500 };
    const staged = await provider.stageSecret?.(REF, { data: 'new' }, options);
    expect(stage).toHaveBeenCalledWith(REF, { data: 'new' }, options);
    expect(await textOf(provider)).toBe('old');
    const promoted = await provider.promoteSecret?.(REF, staged?.version ?? '');
    expect(promoted?.previousVersion).toBe('1');
    expect(await textOf(provider)).toBe('new');
    await provider.retireVersion?.(REF, '1');
    expect((await refusalOf(() => provider.getSecret(REF, { version: '1' }))).code).toBe('VERSION_DISABLED');
  });

  it('passes deletion options and restoring on', async () => {
    const provider = wrap(backend());
    await provider.deleteSecret(REF, { recoveryWindowDays: 1 });
    expect((await refusalOf(() => provider.getSecret(REF))).code).toBe('PENDING_DELETION');
    await provider.restoreSecret?.(REF);
    expect(await textOf(provider)).toBe('old');
  });

  it('answers UNSUPPORTED for what the backend does not have, and nothing is written', async () => {
    const provider = wrap(plain());
    const refusals = await Promise.all([
      refusalOf(() => provider.restoreSecret?.(REF)),
      refusalOf(() => provider.stageSecret?.(REF, { data: 'new' })),
      refusalOf(() => provider.promoteSecret?.(REF, '1')),
      refusalOf(() => provider.retireVersion?.(REF, '1')),
    ]);
    expect(refusals.map(({ code, retryable }) => `${code} ${retryable}`)).toEqual(
      Array.from({ length: 4 }, () => 'UNSUPPORTED false'),
    );
    expect(await textOf(provider)).toBe('old');
  });

  it('refreshes past a cache behind it, and reads from a backend that has none', async () => {
    const memory = backend();
    const cached = cacheSecrets(memory);
    const provider = wrap(cached);
    await provider.getSecret(REF);
    await memory.rotateSecret(REF, { data: 'new' });
    expect(new TextDecoder().decode((await provider.refresh?.(REF))?.data)).toBe('new');
    expect(new TextDecoder().decode((await wrap(plain()).refresh?.(REF))?.data)).toBe('old');
  });
});

// A wall answers a malformed reference like any other that it does not allow, so it is no backend to the letter.
it.each(DECORATORS.slice(0, 2))(
  '%s keeps the contract of the backend behind it, optional parts included',
  async (_, wrap) => {
    const outcomes = await runConformance({
      cases: secretProviderCases,
      createContext: async () => ({
        provider: wrap(new MemorySecretProvider({ recoveryWindowDays: 30 })),
        reference: (name: string) => `memory://kit/${encodeURIComponent(name)}`,
        inspect,
      }),
      capabilities: [
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
      ],
    });
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual(['secrets.10']);
  },
);

describe('SecretProviderManager', () => {
  it('goes on to the next backend for an operation that the first does not have', async () => {
    const memory = backend();
    const manager = new SecretProviderManager().register(plain()).register(memory);
    const staged = await manager.stageSecret(REF, { data: 'new' });
    expect(await textOf(memory, staged.version)).toBe('new');
  });

  it('does not repeat a promotion with unknown outcome on another backend', async () => {
    const first = Object.assign(backend(), { id: 'first', promoteSecret: () => Promise.reject(new Error('reset')) });
    const second = backend();
    const promote = vi.spyOn(second, 'promoteSecret');
    const manager = new SecretProviderManager().register(first).register(second);
    expect((await refusalOf(() => manager.promoteSecret(REF, '1'))).code).toBe('UNKNOWN');
    expect(promote).not.toHaveBeenCalled();
  });
});

describe('restrictSecrets', () => {
  it('refuses every optional operation outside its patterns', async () => {
    const provider = restrictSecrets(backend(), { allow: ['memory://acme/**'] });
    const other = 'memory://globex/key';
    const refusals = await Promise.all([
      refusalOf(() => provider.refresh?.(other)),
      refusalOf(() => provider.restoreSecret?.(other)),
      refusalOf(() => provider.stageSecret?.(other, { data: 'x' })),
      refusalOf(() => provider.promoteSecret?.(other, '1')),
      refusalOf(() => provider.retireVersion?.(other, '1')),
    ]);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['FORBIDDEN']));
  });
});

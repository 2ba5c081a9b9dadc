import { MemorySecretProvider } from '@mortise/secrets/testing';
import { describe, expect, it } from 'vitest';
import { KeyProvider } from '../__fixtures__/key-provider.ts';
import { MemoryByokKeyStore } from '../testing/memory-byok-key-store.ts';
import { ByokKeyRunner } from './byok-key-runner.ts';
import { type ByokKeyRunnerOptions, resolveRunnerOptions } from './runner-options.ts';

const optionsWith = (more: Partial<ByokKeyRunnerOptions> = {}): ByokKeyRunnerOptions => ({
  secrets: new MemorySecretProvider(),
  store: new MemoryByokKeyStore(),
  lifecycle: new KeyProvider(),
  ...more,
});

describe('the options of a runner', () => {
  it('have defaults', () => {
    const env = resolveRunnerOptions(optionsWith());
    expect(env).toMatchObject({
      lifecycleTimeoutMs: 30_000,
      secretTimeoutMs: 15_000,
      storeTimeoutMs: 15_000,
      leaseMs: 120_000,
      retryBaseMs: 1_000,
      retryCapMs: 60_000,
      pollMs: 1_000,
      placement: 'auto',
      allowHostSecrets: false,
    });
    expect(env.newId()).toMatch(/^[a-z0-9]{20}$/);
    expect(new Set([env.holder, env.newId(), env.newId(), resolveRunnerOptions(optionsWith()).holder]).size).toBe(4);
    expect(Math.abs(env.clock.now() - Date.now())).toBeLessThan(1000);
  });

  it.each([
    [{ leaseMs: 39_999 }, '"leaseMs" must be at least 40000'],
    [{ lifecycleTimeoutMs: 200_000 }, '"leaseMs" must be at least 210000'],
    [{ retryBaseMs: 0 }, '"retryBaseMs"'],
    [{ pollMs: Infinity }, '"pollMs"'],
    [{ storeTimeoutMs: Number.NaN }, '"storeTimeoutMs"'],
    [{ newId: () => 'Not An Id' }, '"newId" must give'],
    [{ newId: () => 'short' }, '"newId" must give'],
    [{ policy: { jitter: 2 } }, '"jitter"'],
  ])('are refused: %j', (more, message) => {
    expect(() => new ByokKeyRunner(optionsWith(more))).toThrow(message);
    expect(() => new ByokKeyRunner(optionsWith(more))).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }));
  });
});

describe('the clock of the machine', () => {
  it('calls back, and not after it was cancelled', async () => {
    const { clock } = resolveRunnerOptions(optionsWith());
    const fired: string[] = [];
    const cancel = clock.setTimer(() => void fired.push('cancelled'), 1);
    cancel();
    await new Promise<void>((resolve) => {
      clock.setTimer(() => {
        fired.push('called');
        resolve();
      }, 2);
    });
    await expect(clock.sleep(10_000, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    expect(fired).toEqual(['called']);
  });
});

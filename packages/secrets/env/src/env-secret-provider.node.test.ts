import { inspect } from 'node:util';
import { createCanary, findCanary } from '@mortise/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { EnvSecretProvider } from './env-secret-provider.ts';

const textOf = async (provider: EnvSecretProvider, reference: string) =>
  new TextDecoder().decode((await provider.getSecret(reference)).data);

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe('EnvSecretProvider in a process', () => {
  it('reads process.env by default, as it is at the time of reading', async () => {
    const provider = new EnvSecretProvider();
    vi.stubEnv('MORTISE_TEST_KEY', 'one');
    expect(await textOf(provider, 'env://MORTISE_TEST_KEY')).toBe('one');
    vi.stubEnv('MORTISE_TEST_KEY', 'two');
    expect(await textOf(provider, 'env://MORTISE_TEST_KEY')).toBe('two');
    vi.stubEnv('MORTISE_TEST_KEY', undefined);
    expect((await refusalOf(() => provider.getSecret('env://MORTISE_TEST_KEY'))).code).toBe('NOT_FOUND');
  });

  it.each([undefined, {}, { env: null }, 7])('finds nothing in a runtime whose process is %j', async (host) => {
    vi.stubGlobal('process', host);
    const error = await refusalOf(() => new EnvSecretProvider().getSecret('env://PATH'));
    vi.unstubAllGlobals();
    expect(error.code).toBe('NOT_FOUND');
  });

  it('shows no value in any output', async () => {
    const canary = createCanary(1);
    const provider = new EnvSecretProvider({ env: { KEY: canary }, allow: ['KEY'] });
    const value = await provider.getSecret('env://KEY');
    const errors = [
      await refusalOf(() => provider.getSecret('env://OTHER')),
      await refusalOf(() => provider.getSecret(canary)),
      await refusalOf(() => provider.setSecret(`env://${canary}`)),
    ];
    const printed = [inspect({ value, provider }, { depth: 9, showHidden: true }), JSON.stringify({ value, provider })];
    expect(findCanary(printed, canary)).toEqual([]);
    expect(findCanary(errors.slice(0, 2), canary)).toEqual([]);
  });
});

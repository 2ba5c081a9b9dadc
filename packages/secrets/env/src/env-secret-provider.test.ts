import { runConformance } from '@mortise/testing';
import { type SecretProvider, SecretProviderManager } from '@mortise/secrets';
import { MemorySecretProvider, secretProviderCases } from '@mortise/secrets/testing';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './__fixtures__/refusal-of.ts';
import { EnvSecretProvider } from './env-secret-provider.ts';

const GCP = 'gcp://projects/demo/secrets/stripe-secret-key/versions/latest';
const GCP_DERIVED = 'PROJECTS_DEMO_SECRETS_STRIPE_SECRET_KEY_VERSIONS_LATEST';

const textOf = async (provider: SecretProvider, reference: string, version?: string) => {
  const value = await provider.getSecret(reference, version === undefined ? {} : { version });
  return new TextDecoder().decode(value.data);
};

describe('EnvSecretProvider', () => {
  it('reads the variable that an env reference names', async () => {
    const provider = new EnvSecretProvider({ env: { MISTRAL_API_KEY: 'sk-é' }, now: () => 5 });
    const value = await provider.getSecret('env://MISTRAL_API_KEY');
    expect(new TextDecoder().decode(value.data)).toBe('sk-é');
    expect(value).toMatchObject({ version: 'current', metadata: { source: 'env', envKey: 'MISTRAL_API_KEY' } });
    expect(value.retrievedAt.getTime()).toBe(5);
  });

  it('says who it is: read-only, and the host’s own', () => {
    expect(new EnvSecretProvider()).toMatchObject({ id: 'env', writable: false, hostOwned: true });
  });

  it('takes a function as environment and calls it for each read', async () => {
    let value = 'one';
    const provider = new EnvSecretProvider({ env: () => ({ KEY: value }) });
    expect(await textOf(provider, 'env://KEY')).toBe('one');
    value = 'two';
    expect(await textOf(provider, 'env://KEY')).toBe('two');
  });

  it('handles its scheme and its aliases, whether or not the variable is set', () => {
    const provider = new EnvSecretProvider({ env: { SET: 'x' }, aliases: { 'vault://llm': 'SET' } });
    expect(provider.canHandle('env://SET')).toBe(true);
    expect(provider.canHandle('ENV://UNSET')).toBe(true);
    expect(provider.canHandle('vault://llm')).toBe(true);
    for (const other of ['SET', 'vault://SET', 'vault://x?env=SET', 'toString', '', 'constructor']) {
      expect(provider.canHandle(other)).toBe(false);
    }
  });

  it('tells a variable that is not set from one that is empty', async () => {
    const provider = new EnvSecretProvider({ env: { EMPTY: '' } });
    const unset = await refusalOf(() => provider.getSecret('env://UNSET'));
    const empty = await refusalOf(() => provider.getSecret('env://EMPTY'));
    expect([unset.code, empty.code]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(unset.message).toBe('Environment secret "env://UNSET" is not available: the variable UNSET is not set');
    expect(empty.message).toContain('the variable EMPTY is set, but empty');
  });

  it('gives an empty value where that is allowed', async () => {
    const provider = new EnvSecretProvider({ env: { EMPTY: '' }, emptyIsMissing: false });
    expect(await textOf(provider, 'env://EMPTY')).toBe('');
    expect(await textOf(provider, 'env://EMPTY')).toBe('');
  });

  it.each(['env://A/B', 'env://1A', 'env://A-B', 'env://A.B', 'env://A%20B', 'env://é', 'env://A=B', 'env://'])(
    'refuses %s, which names no variable',
    async (reference) => {
      const provider = new EnvSecretProvider({ env: { 'A/B': 'x', '1A': 'x', 'A-B': 'x', 'A.B': 'x', é: 'x' } });
      expect((await refusalOf(() => provider.getSecret(reference))).code).toBe('INVALID');
    },
  );

  it.each(['SET', 'vault://SET', 'vault://x?env=SET', 'env://OTHER?env=SET', 'env://SET?stage=x', GCP, 'env://%zz'])(
    'does not take %s for a reference',
    async (reference) => {
      const provider = new EnvSecretProvider({ env: { SET: 'x', OTHER: 'x', [GCP_DERIVED]: 'x' } });
      expect((await refusalOf(() => provider.getSecret(reference))).code).toBe('INVALID');
    },
  );

  it('has no version but "current"', async () => {
    const provider = new EnvSecretProvider({ env: { KEY: 'x' } });
    expect(await textOf(provider, 'env://KEY', 'current')).toBe('x');
    expect(await textOf(provider, 'env://KEY?version=current')).toBe('x');
    expect((await refusalOf(() => provider.getSecret('env://KEY', { version: '3' }))).code).toBe('INVALID');
    expect((await refusalOf(() => provider.getSecret('env://KEY?version=3'))).code).toBe('INVALID');
  });

  it('finds nothing that the environment object inherits', async () => {
    const env: Record<string, string> = Object.create({ INHERITED: 'x' });
    const provider = new EnvSecretProvider({ env });
    for (const name of ['INHERITED', 'constructor', '__proto__', 'toString']) {
      expect((await refusalOf(() => provider.getSecret(`env://${name}`))).code).toBe('NOT_FOUND');
    }
  });

  it('refuses every write as READ_ONLY', async () => {
    const provider: SecretProvider = new EnvSecretProvider({ env: { KEY: 'x' } });
    const refusals = await Promise.all([
      refusalOf(() => provider.setSecret('env://KEY', { data: 'y' })),
      refusalOf(() => provider.rotateSecret('env://KEY', { data: 'y' })),
      refusalOf(() => provider.deleteSecret('env://KEY')),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual(['READ_ONLY', 'READ_ONLY', 'READ_ONLY']);
  });

  it('rejects with the signal’s reason', async () => {
    const reason = new Error('gone');
    const provider = new EnvSecretProvider({ env: { KEY: 'x' } });
    await expect(provider.getSecret('env://KEY', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('does not serve a connection for which the host’s own secrets are excluded', async () => {
    const provider = new EnvSecretProvider({ env: { KEY: 'x' } });
    const error = await refusalOf(() => provider.getSecret('env://KEY', { excludeHostOwned: true }));
    expect(error.code).toBe('FORBIDDEN');
  });

  it('keeps working when more references are used than it remembers', async () => {
    const env = Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`KEY_${index}`, String(index)]));
    const provider = new EnvSecretProvider({ env });
    for (const index of [...Array(2500).keys(), 0, 2499]) {
      expect(await textOf(provider, `env://KEY_${index}`)).toBe(String(index));
    }
  });

  it('keeps to the contract of every backend', async () => {
    const outcomes = await runConformance({
      cases: secretProviderCases,
      createContext: async () => {
        const env: Record<string, string> = {};
        return {
          provider: new EnvSecretProvider({ env }),
          reference: (name: string) => `env://${name.replaceAll('-', '_')}`,
          seed: async (name: string, data: Uint8Array) => {
            env[name.replaceAll('-', '_')] = new TextDecoder().decode(data);
          },
        };
      },
      capabilities: ['seed', 'read-only'],
    });
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 'passed').map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, index) => `secrets.${index + 1}`),
    );
  });
});

describe('the allow-list of an EnvSecretProvider', () => {
  const env = { MISTRAL_API_KEY: 'a', TENANT_ACME: 'b', TENANT_: 'c', HOME: 'd', AWS_SECRET_1: 'e' };
  const provider = new EnvSecretProvider({ env, allow: ['MISTRAL_API_KEY', 'TENANT_*', /AWS_SECRET_\d/g] });

  it.each(['MISTRAL_API_KEY', 'TENANT_ACME', 'TENANT_', 'AWS_SECRET_1'])('lets %s be read', async (name) => {
    expect(await textOf(provider, `env://${name}`)).toBeDefined();
    expect(await textOf(provider, `env://${name}`)).toBeDefined();
  });

  it.each(['HOME', 'MISTRAL_API_KEY_2', 'mistral_api_key', 'XTENANT_ACME', 'AWS_SECRET_12', 'X_AWS_SECRET_1'])(
    'refuses %s with FORBIDDEN, set or not',
    async (name) => {
      const error = await refusalOf(() => provider.getSecret(`env://${name}`));
      expect(error.code).toBe('FORBIDDEN');
      expect(error.message).toContain(`the variable ${name} is not on the allow-list`);
    },
  );

  it('allows nothing when it is empty', async () => {
    const closed = new EnvSecretProvider({ env, allow: [] });
    expect((await refusalOf(() => closed.getSecret('env://HOME'))).code).toBe('FORBIDDEN');
  });

  it.each(['*', 'A*B', '1A', 'A-*', ''])('refuses the entry %j at once', (entry) => {
    expect(() => new EnvSecretProvider({ allow: [entry] })).toThrow(/allow: .* neither a variable name nor a prefix/);
  });

  it('holds for aliases too, and says so at once', () => {
    const options = { allow: ['A'], aliases: { 'vault://x': 'HOME' } };
    expect(() => new EnvSecretProvider(options)).toThrow(
      /"vault:\/\/x" stands for HOME, which is not on the allow-list/,
    );
  });
});

describe('the aliases of an EnvSecretProvider', () => {
  it('serve exactly the references given, in any spelling, and bare ones', async () => {
    const provider = new EnvSecretProvider({
      env: { KEY: 'x' },
      aliases: { 'vault://llm/café?version=3': 'KEY', llm: 'KEY' },
    });
    expect(await textOf(provider, 'vault://llm/café?version=3')).toBe('x');
    expect(await textOf(provider, 'VAULT://llm/caf%C3%A9?version=3')).toBe('x');
    expect(await textOf(provider, 'llm')).toBe('x');
    expect((await refusalOf(() => provider.getSecret('vault://llm/café'))).code).toBe('INVALID');
  });

  it('come before the name in an env reference', async () => {
    const provider = new EnvSecretProvider({ env: { A: 'a', B: 'b' }, aliases: { 'env://A': 'B' } });
    expect(await textOf(provider, 'env://A')).toBe('b');
  });

  it('are never found under names that every object inherits', async () => {
    const provider = new EnvSecretProvider({ env: { KEY: 'x' }, aliases: { 'vault://x': 'KEY' } });
    for (const name of ['toString', 'constructor', '__proto__']) {
      expect(provider.canHandle(name)).toBe(false);
      expect((await refusalOf(() => provider.getSecret(name))).code).toBe('INVALID');
    }
  });

  it('must stand for a variable name', () => {
    expect(() => new EnvSecretProvider({ aliases: { 'vault://x': 'A-B' } })).toThrow(/is no variable name/);
  });
});

describe('the seed’s names in an EnvSecretProvider', () => {
  const provider = new EnvSecretProvider({
    env: { BARE: 'bare', OTHER: 'other', [GCP_DERIVED]: 'derived', EMPTY: '' },
    aliases: { 'vault://aliased?env=OTHER': 'BARE' },
    derivedNames: 'seed',
  });

  it.each([
    ['a bare name', 'BARE', 'bare'],
    ['an env reference', 'env://BARE', 'bare'],
    ['?env= on any reference', 'vault://x/y?env=OTHER', 'other'],
    ['an alias before all else', 'vault://aliased?env=OTHER', 'bare'],
    ['the path of an env reference before ?env=', 'env://BARE?env=OTHER', 'bare'],
    ['a name derived from the path', GCP, 'derived'],
    ['a derived name whatever version is asked for', `${GCP}?version=5`, 'derived'],
  ])('are understood: %s', async (_, reference, expected) => {
    expect(provider.canHandle(reference)).toBe(true);
    expect(await textOf(provider, reference)).toBe(expected);
    expect(await textOf(provider, reference, '7')).toBe(expected);
  });

  it('make it handle a reference only while the variable is set', () => {
    expect(provider.canHandle('UNSET')).toBe(false);
    expect(provider.canHandle('gcp://projects/other')).toBe(false);
    expect(provider.canHandle('env://EMPTY')).toBe(false);
  });

  it('derive one name from different paths, which is why they are off by default', async () => {
    const env = { STRIPE_SECRET: 'x' };
    const derived = new EnvSecretProvider({ env, derivedNames: 'seed' });
    for (const path of ['stripe-secret', 'stripe_secret', 'stripe.secret', 'Stripe/Secret', '-stripe//secret']) {
      expect(await textOf(derived, `vault://${path}`)).toBe('x');
    }
  });

  it('never take a malformed reference or an impossible name for a variable', async () => {
    for (const reference of ['vault://%zz', 'vault://', 'A B', '', 'vault://1abc', 'vault://x?env=A-B', 'vault://é']) {
      expect(provider.canHandle(reference)).toBe(false);
    }
    expect((await refusalOf(() => provider.getSecret('vault://%zz'))).code).toBe('INVALID');
    expect((await refusalOf(() => provider.getSecret('vault://1abc'))).code).toBe('INVALID');
  });

  it('stay inside the allow-list', async () => {
    const narrow = new EnvSecretProvider({ env: { A: 'a', B: 'b' }, allow: ['A'], derivedNames: 'seed' });
    expect(narrow.canHandle('B')).toBe(false);
    expect((await refusalOf(() => narrow.getSecret('vault://x?env=B'))).code).toBe('FORBIDDEN');
    expect(await textOf(narrow, 'vault://x?env=A')).toBe('a');
  });

  it('let a manager go on to the next backend while a variable is not set', async () => {
    const store = new MemorySecretProvider({ scheme: 'vault', secrets: { 'vault://llm/key': 'of the store' } });
    const env: Record<string, string> = {};
    const manager = new SecretProviderManager({
      providers: [
        { provider: new EnvSecretProvider({ env, derivedNames: 'seed' }), priority: 100 },
        { provider: store },
      ],
    });
    expect(await textOf(manager, 'vault://llm/key')).toBe('of the store');
    env['LLM_KEY'] = 'of the environment';
    expect(await textOf(manager, 'vault://llm/key')).toBe('of the environment');
    await manager.setSecret('vault://llm/key', { data: 'new' });
    expect(await textOf(store, 'vault://llm/key')).toBe('new');
  });
});

import {
  EnvSecretProvider,
  normalizeSecretPayload,
  parseSecretUri,
  SecretProviderError,
  SecretProviderManager,
} from '@mortise/contracts-integrations/integrations/secrets';
import type { SecretProvider, SecretWritePayload } from '@mortise/contracts-integrations/integrations/secrets/provider';
import { describe, expect, it, vi } from 'vitest';

const DERIVED = 'gcp://projects/demo/secrets/stripe-secret-key/versions/latest';
const DERIVED_NAME = 'PROJECTS_DEMO_SECRETS_STRIPE_SECRET_KEY_VERSIONS_LATEST';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** A backend as callers wrote it before: it answers with a value, or fails with a code in capitals. */
function backend(id: string, answer: string) {
  const writes: unknown[][] = [];
  const reads: string[] = [];
  const run = async <Result>(result: Result, reference: string): Promise<Result> => {
    if (!/^[A-Z_]+$/.test(answer)) return result;
    throw new SecretProviderError({
      message: `${id} failed`,
      provider: id,
      reference,
      code: answer === 'FORBIDDEN' || answer === 'NOT_FOUND' || answer === 'INVALID' ? answer : 'UNKNOWN',
    });
  };
  const write = async (...call: unknown[]) => {
    writes.push(call);
    return run({ reference: String(call[0]), version: '1' }, String(call[0]));
  };
  const provider: SecretProvider = {
    id,
    canHandle: () => true,
    getSecret: async (reference) => {
      reads.push(reference);
      return run({ data: new TextEncoder().encode(answer), retrievedAt: new Date() }, reference);
    },
    setSecret: write,
    rotateSecret: write,
    deleteSecret: async (...call) => void (await write(...call)),
  };
  return { provider, writes, reads };
}

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('references and payloads', () => {
  it('take a reference apart', () => {
    expect(parseSecretUri('gcp://projects/demo/secrets/key?version=5&alias=prod')).toEqual({
      provider: 'gcp',
      path: 'projects/demo/secrets/key',
      extras: { version: '5', alias: 'prod' },
    });
    expect(() => parseSecretUri('no-scheme')).toThrow(SecretProviderError);
    expect(() => parseSecretUri('')).toThrow(SecretProviderError);
  });

  it('read text and base64', () => {
    expect(text(normalizeSecretPayload({ data: 'plain' }))).toBe('plain');
    expect(text(normalizeSecretPayload({ data: 'cGxhaW4=', encoding: 'base64' }))).toBe('plain');
  });

  it('fail with an error that says where', () => {
    const error = new SecretProviderError({ message: 'no', provider: 'env', reference: 'env://KEY', cause: 'x' });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'SecretProviderError',
      provider: 'env',
      reference: 'env://KEY',
      code: 'UNKNOWN',
    });
  });
});

describe('secrets of the environment', () => {
  const provider = new EnvSecretProvider({
    env: { KEY: 'value', EMPTY: '', [DERIVED_NAME]: 'derived', OTHER: 'other' },
    aliases: { 'vault://llm': 'KEY' },
  });

  it.each([
    ['a scheme of its own', 'env://KEY', 'value'],
    ['a name derived from the path', DERIVED, 'derived'],
    ['a name in the reference', `${DERIVED}?env=OTHER`, 'other'],
    ['an alias', 'vault://llm', 'value'],
    ['a bare name', 'KEY', 'value'],
    ['an empty variable', 'env://EMPTY', ''],
  ])('are found by %s', async (_name, reference, value) => {
    expect(provider.canHandle(reference)).toBe(true);
    const secret = await provider.getSecret(reference);
    expect([text(secret.data), secret.version]).toEqual([value, 'current']);
    expect(secret.metadata).toMatchObject({ source: 'env' });
    expect(secret.retrievedAt).toBeInstanceOf(Date);
  });

  it('say that a variable is not set', async () => {
    expect(provider.canHandle('env://MISSING')).toBe(false);
    expect(await rejection(provider.getSecret('env://MISSING'))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuse every write', async () => {
    const payload: SecretWritePayload = { data: 'x' };
    for (const write of [
      provider.setSecret('env://KEY'),
      provider.rotateSecret('env://KEY'),
      provider.deleteSecret('env://KEY'),
    ]) {
      expect(await rejection(write)).toMatchObject({ name: 'SecretProviderError', code: 'FORBIDDEN', provider: 'env' });
    }
    expect(payload).toEqual({ data: 'x' });
  });

  it('are read from process.env by default', async () => {
    vi.stubEnv('MORTISE_TEST_KEY', 'from-the-process');
    expect(text((await new EnvSecretProvider().getSecret('env://MORTISE_TEST_KEY')).data)).toBe('from-the-process');
  });

  it('can be kept to explicit names', () => {
    const strict = new EnvSecretProvider({ env: { [DERIVED_NAME]: 'derived' }, derivedNames: 'none' });
    expect(strict.canHandle(DERIVED)).toBe(false);
  });
});

describe('a manager of secret backends', () => {
  it('asks the highest priority first and nobody else when it answers', async () => {
    const high = backend('high', 'from-high');
    const low = backend('low', 'from-low');
    const manager = new SecretProviderManager({ providers: [{ provider: low.provider }] });
    manager.register(high.provider, { priority: 10 });
    expect(text((await manager.getSecret('x://1')).data)).toBe('from-high');
    expect([high.reads, low.reads]).toEqual([['x://1'], []]);
  });

  it('goes on where the variable of the environment is not set', async () => {
    const manager = new SecretProviderManager()
      .register(new EnvSecretProvider({ env: {} }), { priority: 10 })
      .register(backend('store', 'from-store').provider);
    expect(text((await manager.getSecret(DERIVED)).data)).toBe('from-store');
  });

  it('goes on after NOT_FOUND alone, and throws the only failure as it is', async () => {
    const after = (first: string, second: string) =>
      new SecretProviderManager({
        providers: [{ provider: backend('a', first).provider }, { provider: backend('b', second).provider }],
      }).getSecret('x://1');
    expect(text((await after('NOT_FOUND', 'found')).data)).toBe('found');
    expect(await rejection(after('FORBIDDEN', 'unreached'))).toMatchObject({ code: 'FORBIDDEN', provider: 'a' });
    expect(await rejection(after('NOT_FOUND', 'NOT_FOUND'))).toMatchObject({
      code: 'NOT_FOUND',
      provider: 'secret-provider-manager',
    });
  });

  it('writes where writes are taken, with the same arguments', async () => {
    const store = backend('store', 'ok');
    const manager = new SecretProviderManager()
      .register(new EnvSecretProvider({ env: { KEY: 'x' } }), { priority: 10 })
      .register(store.provider);
    const payload: SecretWritePayload = { data: 'new' };
    expect(await manager.setSecret('env://KEY', payload)).toEqual({ reference: 'env://KEY', version: '1' });
    await manager.rotateSecret('env://KEY', payload);
    await manager.deleteSecret('env://KEY');
    expect(store.writes).toEqual([['env://KEY', payload], ['env://KEY', payload], ['env://KEY']]);
  });

  it('throws the only refusal of a write as it is, and names several', async () => {
    const payload = { data: 'new' };
    const alone = new SecretProviderManager().register(new EnvSecretProvider({ env: { KEY: 'x' } }));
    expect(await rejection(alone.setSecret('env://KEY', payload))).toMatchObject({
      code: 'FORBIDDEN',
      provider: 'env',
    });
    const two = new SecretProviderManager()
      .register(backend('a', 'FORBIDDEN').provider)
      .register(backend('b', 'INVALID').provider);
    const error = await rejection(two.setSecret('x://1', payload));
    expect(error).toMatchObject({ code: 'INVALID', provider: 'secret-provider-manager' });
    expect(String(error)).toMatch(/set.*a:FORBIDDEN, b:INVALID/);
    expect(await rejection(new SecretProviderManager().setSecret('x://1', payload))).toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it('does not write elsewhere when it is not known whether the first write happened', async () => {
    const second = backend('b', 'ok');
    const manager = new SecretProviderManager().register(backend('a', 'UNKNOWN').provider).register(second.provider);
    expect(await rejection(manager.setSecret('x://1', { data: 'new' }))).toMatchObject({
      code: 'UNKNOWN',
      provider: 'a',
    });
    expect(second.writes).toEqual([]);
  });

  it('writes only where its policy allows it', async () => {
    const first = backend('a', 'ok');
    const second = backend('b', 'ok');
    const manager = new SecretProviderManager({
      providers: [{ provider: first.provider }, { provider: second.provider }],
      allow: (_reference, { provider }) => provider.id === 'b',
    });
    await manager.setSecret('x://1', { data: 'new' });
    expect([first.writes.length, second.writes.length]).toEqual([0, 1]);
  });

  it('takes two backends of one id, both asked in order', async () => {
    const manager = new SecretProviderManager()
      .register(new EnvSecretProvider({ env: { A: 'from-first' } }))
      .register(new EnvSecretProvider({ env: { B: 'from-second' } }))
      .register(new EnvSecretProvider({ env: { C: 'from-third' } }));
    expect(text((await manager.getSecret('env://B')).data)).toBe('from-second');
    expect(text((await manager.getSecret('env://C')).data)).toBe('from-third');
    expect(manager.listProviders().map(({ id }) => id)).toEqual(['env', 'env#2', 'env#3']);
  });

  it('can nothing that none of its backends can, one that throws included', () => {
    const throwing = backend('a', 'x').provider;
    throwing.canHandle = () => {
      throw new Error('broken');
    };
    expect(new SecretProviderManager().register(throwing).canHandle('x://1')).toBe(false);
    expect(new SecretProviderManager().register(backend('b', 'x').provider).canHandle('x://1')).toBe(true);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { inspect } from '../__fixtures__/inspect.ts';
import { raise } from '../__fixtures__/raise.ts';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import type { SecretProvider, SecretReference } from '../secret-provider.ts';
import { SecretProviderError, type SecretProviderErrorCode } from '../secret-provider-error.ts';
import { MemorySecretProvider } from '../testing/memory-secret-provider.ts';
import { SecretProviderManager } from './secret-provider-manager.ts';
import { SecretProviderManagerError } from './secret-provider-manager-error.ts';

const REF = 'vault://llm/key';

/** A backend whose every operation fails alike; it counts what it is asked. */
function failing(id: string, fault: SecretProviderErrorCode | Error, overrides: Partial<SecretProvider> = {}) {
  const fail = async (reference: SecretReference): Promise<never> => {
    if (fault instanceof Error) throw fault;
    return raise(new SecretProviderError({ code: fault, message: `${id} says ${fault}`, provider: id, reference }));
  };
  return {
    id,
    canHandle: () => true,
    getSecret: vi.fn<SecretProvider['getSecret']>(fail),
    setSecret: vi.fn<SecretProvider['setSecret']>(fail),
    rotateSecret: vi.fn<SecretProvider['rotateSecret']>(fail),
    deleteSecret: vi.fn<SecretProvider['deleteSecret']>(fail),
    ...overrides,
  };
}

function holding(id: string, value: string) {
  const provider = new MemorySecretProvider({ id, scheme: 'vault', secrets: { [REF]: value } });
  return Object.assign(provider, { getSecret: vi.fn<SecretProvider['getSecret']>(provider.getSecret.bind(provider)) });
}

const textOf = async (provider: SecretProvider, reference = REF) =>
  new TextDecoder().decode((await provider.getSecret(reference)).data);

async function managerFailure(action: () => unknown): Promise<SecretProviderManagerError> {
  const error = await refusalOf(action);
  return error instanceof SecretProviderManagerError ? error : raise(error);
}

function managerOf(...providers: readonly SecretProvider[]) {
  return new SecretProviderManager({ providers: providers.map((provider) => ({ provider })) });
}

describe('SecretProviderManager', () => {
  it('asks by descending priority, and the others not at all', async () => {
    const low = holding('low', 'low');
    const high = holding('high', 'high');
    const manager = new SecretProviderManager({
      providers: [
        { provider: low, priority: 1 },
        { provider: high, priority: 10 },
      ],
    });
    expect(await textOf(manager)).toBe('high');
    expect(low.getSecret).not.toHaveBeenCalled();
  });

  it('keeps the order of registration at equal priority, 0 by default', async () => {
    const manager = new SecretProviderManager()
      .register(holding('a', 'a'))
      .register(holding('b', 'b'))
      .register(holding('c', 'c'), { priority: 1 })
      .register(holding('d', 'd'), { priority: -1 });
    expect(manager.listProviders().map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
    expect(await textOf(manager)).toBe('c');
  });

  it('has an id of its own unless it is given one', () => {
    expect(new SecretProviderManager().id).toBe('secret-provider-manager');
    expect(new SecretProviderManager({ id: 'tenant-secrets' }).id).toBe('tenant-secrets');
  });

  it('forgets a backend that is unregistered', async () => {
    const manager = managerOf(holding('a', 'a'), holding('b', 'b'));
    expect(manager.unregister('a')).toBe(true);
    expect(manager.unregister('a')).toBe(false);
    expect(await textOf(manager)).toBe('b');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses the priority %s, which cannot be sorted',
    (priority) => {
      expect(() => new SecretProviderManager().register(holding('a', 'a'), { priority })).toThrow(
        /priority of "a" must be a finite number/,
      );
    },
  );

  it('refuses an id that is taken or empty, and itself', async () => {
    const manager = managerOf(holding('a', 'a'));
    const error = await refusalOf(() => manager.register(holding('a', 'again')));
    expect(error.code).toBe('INVALID');
    expect(error.message).toContain('"a" is registered already');
    expect((await refusalOf(() => manager.register(failing('', 'NOT_FOUND')))).message).toContain('not empty');
    expect((await refusalOf(() => manager.register(manager))).message).toContain('backend of itself');
    expect(manager.listProviders()).toHaveLength(1);
  });

  it('can handle what any backend can; one that throws when asked cannot', async () => {
    const throwing = failing('throwing', 'NOT_FOUND', {
      canHandle: () => {
        throw new TypeError('no');
      },
    });
    const manager = managerOf(throwing);
    expect(manager.canHandle(REF)).toBe(false);
    manager.register(holding('a', 'a'));
    expect(manager.canHandle(REF)).toBe(true);
    expect(await textOf(manager)).toBe('a');
    expect(throwing.getSecret).not.toHaveBeenCalled();
  });

  it('takes writes when some backend does', () => {
    const readOnly = failing('a', 'READ_ONLY', { writable: false });
    expect(managerOf(readOnly).writable).toBe(false);
    expect(managerOf(readOnly, holding('b', 'b')).writable).toBe(true);
  });
});

describe('reading through a manager', () => {
  it('passes the caller’s options on', async () => {
    const backend = holding('a', 'a');
    const options = { version: '1', signal: new AbortController().signal };
    await managerOf(backend).getSecret(REF, options);
    expect(backend.getSecret).toHaveBeenCalledExactlyOnceWith(REF, options);
  });

  it('goes on to the next backend after NOT_FOUND', async () => {
    expect(await textOf(managerOf(failing('empty', 'NOT_FOUND'), holding('b', 'b')))).toBe('b');
  });

  it.each<SecretProviderErrorCode>([
    'FORBIDDEN',
    'INVALID',
    'UNKNOWN',
    'UNAUTHENTICATED',
    'THROTTLED',
    'UNAVAILABLE',
    'CONFLICT',
    'VERSION_DISABLED',
    'PENDING_DELETION',
    'TOO_LARGE',
    'INTEGRITY',
    'TIMEOUT',
    'READ_ONLY',
    'UNSUPPORTED',
  ])('stops after %s, for the secret may be there', async (code) => {
    const next = holding('next', 'another secret of the same name');
    const manager = managerOf(failing('empty', 'NOT_FOUND'), failing('first', code), next);
    const error = await managerFailure(() => manager.getSecret(REF));
    expect(error.code).toBe(code);
    expect(error.attempts).toEqual([
      { provider: 'empty', code: 'NOT_FOUND' },
      { provider: 'first', code },
    ]);
    expect(next.getSecret).not.toHaveBeenCalled();
  });

  it('says NOT_FOUND only when every backend said so', async () => {
    const error = await managerFailure(() =>
      managerOf(failing('a', 'NOT_FOUND'), failing('b', 'NOT_FOUND')).getSecret(REF),
    );
    expect(error.code).toBe('NOT_FOUND');
    expect(error.retryable).toBe(false);
    expect(error.message).toBe('"secret-provider-manager" could not read "vault://llm/key": a NOT_FOUND, b NOT_FOUND');
  });

  it('does not let a missing secret hide a throttled backend: the wait it asks for comes through', async () => {
    const throttled = failing(
      'b',
      Object.assign(
        new SecretProviderError({
          code: 'THROTTLED',
          message: 'b is busy',
          provider: 'b',
          reference: REF,
          retryAfterMs: 1500,
        }),
      ),
    );
    const error = await managerFailure(() => managerOf(failing('a', 'NOT_FOUND'), throttled).getSecret(REF));
    expect(error).toMatchObject({ code: 'THROTTLED', retry: 'throttled', retryAfterMs: 1500 });
  });

  it('names itself, the reference, the version and each answer, whether one backend was asked or more', async () => {
    const error = await managerFailure(() => managerOf(failing('a', 'FORBIDDEN')).getSecret(REF, { version: '7' }));
    expect(error.provider).toBe('secret-provider-manager');
    expect(error.reference).toBe(REF);
    expect(error.name).toBe('SecretProviderManagerError');
    expect(error.message).toContain('in version "7": a FORBIDDEN (a says FORBIDDEN)');
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ attempts: [{ provider: 'a', code: 'FORBIDDEN' }] });
    expect(SecretProviderError.is(error.cause) && error.cause.message).toBe('a says FORBIDDEN');
  });

  it('says UNSUPPORTED and names the registered backends when none handles the reference', async () => {
    const error = await managerFailure(() => managerOf(holding('a', 'a'), holding('b', 'b')).getSecret('gcp://x'));
    expect(error.code).toBe('UNSUPPORTED');
    expect(error.attempts).toEqual([]);
    expect(error.message).toContain('none of its backends handles it (a, b)');
    const lonely = await managerFailure(() => new SecretProviderManager().getSecret(REF));
    expect(lonely.code).toBe('UNSUPPORTED');
    expect(lonely.message).toContain('no backend is registered');
  });

  it('takes an error of foreign code for UNKNOWN, names the backend, keeps it as cause and stops', async () => {
    const foreign = Object.assign(new TypeError('response: canary-3c9d'), { body: 'canary-3c9d' });
    const next = holding('next', 'x');
    const error = await managerFailure(() => managerOf(failing('sdk', foreign), next).getSecret(REF));
    expect(error.code).toBe('UNKNOWN');
    expect(error.attempts).toEqual([{ provider: 'sdk', code: 'UNKNOWN' }]);
    expect(error.message).toContain('an error of its own (TypeError)');
    expect(SecretProviderError.is(error.cause) && error.cause.cause).toBe(foreign);
    expect(`${inspect(error)}${JSON.stringify(error)}${error.stack}`).not.toContain('canary-3c9d');
    expect(next.getSecret).not.toHaveBeenCalled();
  });

  it('wraps what is thrown at once, and what is no error at all', async () => {
    const rude = failing('rude', 'NOT_FOUND', {
      getSecret: () => {
        // oxlint-disable-next-line typescript/only-throw-error -- foreign code may throw anything
        throw 'canary-3c9d';
      },
    });
    const error = await managerFailure(() => managerOf(rude).getSecret(REF));
    expect(error.code).toBe('UNKNOWN');
    expect(error.message).toContain('(string)');
    expect(error.message).not.toContain('canary');
  });

  it('understands an error of the same name and codes from another package', async () => {
    const foreign = Object.assign(new Error('gone'), { name: 'SecretProviderError', code: 'NOT_FOUND' });
    expect(await textOf(managerOf(failing('old', foreign), holding('b', 'b')))).toBe('b');
    const made = Object.assign(new Error('x'), { name: 'SecretProviderError', code: 'toString' });
    expect((await managerFailure(() => managerOf(failing('old', made)).getSecret(REF))).code).toBe('UNKNOWN');
  });

  it('rejects with the signal’s reason and asks nobody once it is aborted', async () => {
    const backend = holding('a', 'a');
    const reason = new Error('gone');
    const read = managerOf(backend).getSecret(REF, { signal: AbortSignal.abort(reason) });
    await expect(read).rejects.toBe(reason);
    expect(backend.getSecret).not.toHaveBeenCalled();
  });

  it('asks nobody else when the signal is aborted while a backend is at work', async () => {
    const controller = new AbortController();
    const reason = new Error('gone');
    const slow = failing('slow', 'NOT_FOUND', {
      getSecret: async (reference) => {
        controller.abort(reason);
        return raise(new SecretProviderError({ code: 'NOT_FOUND', message: 'x', provider: 'slow', reference }));
      },
    });
    const next = holding('next', 'x');
    await expect(managerOf(slow, next).getSecret(REF, { signal: controller.signal })).rejects.toBe(reason);
    expect(next.getSecret).not.toHaveBeenCalled();
  });
});

describe('writing through a manager', () => {
  const operations = [
    ['setSecret', (manager: SecretProvider) => manager.setSecret(REF, { data: 'x' })],
    ['rotateSecret', (manager: SecretProvider) => manager.rotateSecret(REF, { data: 'x' })],
    ['deleteSecret', (manager: SecretProvider) => manager.deleteSecret(REF)],
  ] as const;

  it.each(operations)('%s goes to the first backend that takes writes, with the same arguments', async (name, run) => {
    const readOnly = failing('env', 'READ_ONLY', { writable: false });
    const store = holding('store', 'old');
    const spy = vi.spyOn(store, name);
    await run(managerOf(readOnly, store, failing('never', 'UNKNOWN')));
    expect(readOnly[name]).not.toHaveBeenCalled();
    expect(spy).toHaveBeenCalledExactlyOnceWith(...(name === 'deleteSecret' ? [REF] : [REF, { data: 'x' }]));
  });

  it.each(operations)('%s passes the caller’s options on', async (name) => {
    const store = failing('store', 'CONFLICT');
    const options = { signal: new AbortController().signal };
    const manager = managerOf(store);
    const run = () =>
      name === 'deleteSecret' ? manager.deleteSecret(REF, options) : manager[name](REF, { data: 'x' }, options);
    expect((await refusalOf(run)).code).toBe('CONFLICT');
    expect(store[name]).toHaveBeenCalledExactlyOnceWith(
      ...(name === 'deleteSecret' ? [REF] : [REF, { data: 'x' }]),
      options,
    );
  });

  it.each(['READ_ONLY', 'UNSUPPORTED'] as const)('goes on after %s, when surely nothing was written', async (code) => {
    const store = holding('store', 'old');
    await managerOf(failing('first', code), store).setSecret(REF, { data: 'new' });
    expect(await textOf(store)).toBe('new');
  });

  it.each<SecretProviderErrorCode | Error>([
    'TIMEOUT',
    'UNKNOWN',
    'UNAVAILABLE',
    'THROTTLED',
    'NOT_FOUND',
    'FORBIDDEN',
    'CONFLICT',
    new TypeError('socket hang up'),
  ])('never goes on after %s: the write may have happened', async (fault) => {
    const next = failing('next', 'UNKNOWN');
    for (const [name, run] of operations) {
      const error = await managerFailure(() => run(managerOf(failing('first', fault), next)));
      expect(error.attempts.map(({ provider }) => provider)).toEqual(['first']);
      expect(next[name]).not.toHaveBeenCalled();
    }
  });

  it('says READ_ONLY when the backends that handle it take no writes', async () => {
    const manager = managerOf(failing('env', 'READ_ONLY', { writable: false }), failing('sealed', 'READ_ONLY'));
    const error = await managerFailure(() => manager.setSecret(REF, { data: 'x' }));
    expect(error.code).toBe('READ_ONLY');
    expect(error.attempts).toEqual([
      { provider: 'env', code: 'READ_ONLY' },
      { provider: 'sealed', code: 'READ_ONLY' },
    ]);
    expect(error.message).toContain('could not write "vault://llm/key": env READ_ONLY, sealed READ_ONLY');
  });

  it('says UNSUPPORTED when no backend knows the operation or the reference', async () => {
    const error = await managerFailure(() => managerOf(failing('a', 'UNSUPPORTED')).rotateSecret(REF, { data: 'x' }));
    expect(error.code).toBe('UNSUPPORTED');
    const nobody = await managerFailure(() => managerOf(holding('a', 'a')).deleteSecret('gcp://x'));
    expect(nobody.message).toContain('could not delete "gcp://x": none of its backends handles it (a)');
  });
});

describe('walls in a manager', () => {
  const owned = () => Object.assign(holding('env', 'of the host'), { hostOwned: true });

  it('does not ask a backend of the host when that is excluded, not even after NOT_FOUND', async () => {
    const env = owned();
    const manager = managerOf(failing('vault', 'NOT_FOUND'), env);
    expect(await textOf(manager)).toBe('of the host');
    env.getSecret.mockClear();
    const error = await managerFailure(() => manager.getSecret(REF, { excludeHostOwned: true }));
    expect(error.code).toBe('NOT_FOUND');
    expect(error.attempts).toEqual([
      { provider: 'vault', code: 'NOT_FOUND' },
      { provider: 'env', code: 'FORBIDDEN' },
    ]);
    expect(env.getSecret).not.toHaveBeenCalled();
    const alone = await managerFailure(() => managerOf(env).getSecret(REF, { excludeHostOwned: true }));
    expect(alone.code).toBe('FORBIDDEN');
  });

  it('asks only the backends that the read names, not even after NOT_FOUND', async () => {
    const other = holding('other', 'of another');
    const manager = managerOf(failing('vault', 'NOT_FOUND'), other);
    const error = await managerFailure(() => manager.getSecret(REF, { providers: ['vault'] }));
    expect(error.code).toBe('NOT_FOUND');
    expect(other.getSecret).not.toHaveBeenCalled();
    expect(manager.resolveProvider(REF, { providers: ['other'] })).toBe(other);
    expect(manager.resolveProvider(REF, { providers: [] })).toBeUndefined();
  });

  it('passes over the backends that allow does not name, and says FORBIDDEN when none is left', async () => {
    const manager = new SecretProviderManager({
      providers: [{ provider: holding('a', 'a') }, { provider: holding('b', 'b') }],
      allow: (reference, { operation, provider }) =>
        operation === 'get' && provider.id === 'b' && reference.startsWith('vault://llm/'),
    });
    expect(await textOf(manager)).toBe('b');
    const error = await managerFailure(() => manager.getSecret('vault://other'));
    expect(error.code).toBe('FORBIDDEN');
    expect(error.attempts).toEqual([
      { provider: 'a', code: 'FORBIDDEN' },
      { provider: 'b', code: 'FORBIDDEN' },
    ]);
    expect((await managerFailure(() => manager.setSecret(REF, { data: 'x' }))).code).toBe('FORBIDDEN');
  });

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('policy store is down');
      },
    ],
    ['answers with a promise', () => JSON.parse('{"then":null}')],
    ['answers with something truthy', () => JSON.parse('1')],
  ])('fails closed when allow %s', async (_, allow) => {
    const manager = new SecretProviderManager({ providers: [{ provider: holding('a', 'a') }], allow });
    expect((await managerFailure(() => manager.getSecret(REF))).code).toBe('FORBIDDEN');
  });

  it('tells which backend a read would ask first, through managers inside it', () => {
    const env = owned();
    const vault = holding('vault', 'x');
    const inner = new SecretProviderManager({ id: 'inner', providers: [{ provider: env }] });
    const manager = managerOf(inner, vault);
    expect(manager.resolveProvider(REF)).toBe(env);
    expect(manager.resolveProvider(REF, { excludeHostOwned: true })).toBe(vault);
    expect(manager.resolveProvider('gcp://x')).toBeUndefined();
    expect(manager.resolveProvider(REF, { signal: AbortSignal.abort() })).toBe(env);
  });
});

describe('closing a manager', () => {
  it('closes every backend, also after one that fails to, and says which did', async () => {
    const close = vi.fn<() => Promise<void>>(async () => {});
    const stuck = failing('stuck', 'NOT_FOUND', {
      close: async () => {
        throw new TypeError('busy');
      },
    });
    const manager = managerOf(stuck, failing('b', 'NOT_FOUND', { close }), holding('c', 'c'));
    const error = await refusalOf(() => manager.close());
    expect(error.message).toBe('"secret-provider-manager" could not close: stuck');
    expect(close).toHaveBeenCalledOnce();
    manager.unregister('stuck');
    await expect(manager.close()).resolves.toBeUndefined();
  });
});

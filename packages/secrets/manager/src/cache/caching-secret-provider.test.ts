import { createCanary, FakeClock, findCanary } from '@mortise/testing';
import { describe, expect, it, vi } from 'vitest';
import { inspect } from '../__fixtures__/inspect.ts';
import { raise } from '../__fixtures__/raise.ts';
import { refusalOf } from '../__fixtures__/refusal-of.ts';
import { SecretProviderManager } from '../manager/secret-provider-manager.ts';
import type { SecretFetchOptions, SecretReference, SecretValue } from '../secret-provider.ts';
import { SecretProviderError, type SecretProviderErrorCode } from '../secret-provider-error.ts';
import { MemorySecretProvider } from '../testing/memory-secret-provider.ts';
import type { CacheSecretsOptions } from './cache-secrets-options.ts';
import { cacheSecrets } from './caching-secret-provider.ts';

const REF = 'memory://llm/key';

/** The reference backend, which counts reads, fails when told to, and can be held back. */
class Backend extends MemorySecretProvider {
  reads = 0;
  fault: Error | undefined;
  /** Options of the last read. */
  options: SecretFetchOptions | undefined;
  #gate: Promise<void> | undefined;

  /** Holds back every read that starts from now on; what they read is decided when they start. */
  hold(): () => void {
    let open = (): void => {};
    this.#gate = new Promise((resolve) => {
      open = () => {
        this.#gate = undefined;
        resolve();
      };
    });
    return () => {
      open();
    };
  }

  override async getSecret(reference: SecretReference, options?: SecretFetchOptions): Promise<SecretValue> {
    this.reads += 1;
    this.options = options;
    const gate = this.#gate;
    if (this.fault !== undefined) {
      await gate;
      throw this.fault;
    }
    const value = await super.getSecret(reference, options);
    await gate;
    return value;
  }
}

function setUp(options: CacheSecretsOptions = {}) {
  const clock = new FakeClock();
  const backend = new Backend({ secrets: { [REF]: 'first' }, now: clock.now });
  const cache = cacheSecrets(backend, { now: clock.now, setTimer: clock.setTimer, random: () => 0.5, ...options });
  const read = async (reference = REF, fetch?: SecretFetchOptions) =>
    new TextDecoder().decode((await cache.getSecret(reference, fetch)).data);
  return { clock, backend, cache, read };
}

const fault = (code: SecretProviderErrorCode, message = 'planned') =>
  new SecretProviderError({ code, message, provider: 'memory', reference: REF });

describe('cacheSecrets', () => {
  it('asks the backend once and answers from memory for 300 s', async () => {
    const { clock, backend, read } = setUp();
    expect(await read()).toBe('first');
    await backend.setSecret(REF, { data: 'second' });
    await clock.advance(299_999);
    expect(await read()).toBe('first');
    expect(backend.reads).toBe(1);
    await clock.advance(1);
    expect(await read()).toBe('second');
    expect(backend.reads).toBe(2);
  });

  it.each([
    [0, 270_000],
    [0.5, 300_000],
    [0.999999, 330_000],
  ])('varies that time by a tenth either way: random %d gives %d ms', async (random, ttlMs) => {
    const { clock, backend, read } = setUp({ random: () => random });
    await read();
    await clock.advance(ttlMs - 1);
    await read();
    expect(backend.reads).toBe(1);
    await clock.advance(1);
    await read();
    expect(backend.reads).toBe(2);
  });

  it('asks anew when the clock was set back behind the time of storing', async () => {
    const { clock, backend, read } = setUp();
    await read();
    clock.setNow(clock.now() - 3_600_000);
    await read();
    expect(backend.reads).toBe(2);
  });

  it('knows a reference in every spelling, and tells versions apart', async () => {
    const { backend, read } = setUp();
    await read('memory://llm/key');
    await read('MEMORY://llm/%6Bey');
    expect(backend.reads).toBe(1);
    await read(REF, { version: '1' });
    await read('memory://llm/key?version=1');
    expect(backend.reads).toBe(3);
  });

  it('caches also what is a reference only to the backend', async () => {
    const { backend, cache } = setUp();
    backend.fault = fault('NOT_FOUND');
    await refusalOf(() => cache.getSecret('BARE_NAME'));
    await refusalOf(() => cache.getSecret('BARE_NAME'));
    expect(backend.reads).toBe(1);
    await refusalOf(() => cache.getSecret('BARE_NAME', { version: '1' }));
    expect(backend.reads).toBe(2);
  });

  it('forgets the least recently used beyond maxEntries', async () => {
    const { backend, read } = setUp({ maxEntries: 2 });
    for (const name of ['a', 'b', 'c']) await backend.setSecret(`memory://${name}`, { data: name });
    await read('memory://a');
    await read('memory://b');
    await read('memory://a');
    await read('memory://c');
    expect(backend.reads).toBe(3);
    await read('memory://a');
    expect(backend.reads).toBe(3);
    await read('memory://b');
    expect(backend.reads).toBe(4);
  });

  it('keeps a pinned version for ever, up to maxPinnedEntries', async () => {
    const { clock, backend, read } = setUp({ maxPinnedEntries: 1 });
    await backend.rotateSecret(REF, { data: 'second' });
    expect(await read(REF, { version: '1' })).toBe('first');
    await clock.advance(10 * 365 * 86_400_000);
    expect(await read(REF, { version: '1' })).toBe('first');
    expect(backend.reads).toBe(1);
    expect(await read('memory://llm/key?version=2')).toBe('second');
    await read(REF, { version: '1' });
    expect(backend.reads).toBe(3);
  });

  it.each(['latest', 'current', 'AWSCURRENT', 'prod'])('does not take the alias %s for a pin', async (alias) => {
    const { clock, backend, read } = setUp();
    let reads = 0;
    backend.getSecret = async () => {
      reads += 1;
      // Some backends answer with the alias, against the contract; a word of their own they resolve.
      const version = alias === 'prod' ? String(reads) : alias;
      return { data: new Uint8Array(), version, retrievedAt: new Date(0) };
    };
    await read(REF, { version: alias });
    await clock.advance(300_000);
    await read(REF, { version: alias });
    expect(reads).toBe(2);
  });

  it('caches nothing but still shares fetches when ttlMs is 0', async () => {
    const { backend, read } = setUp({ ttlMs: 0 });
    await Promise.all([read(), read()]);
    expect(backend.reads).toBe(1);
    await read();
    expect(backend.reads).toBe(2);
  });

  it('gives every reader bytes and a date of its own', async () => {
    const { cache, read, backend } = setUp();
    const [first, second] = await Promise.all([cache.getSecret(REF), cache.getSecret(REF)]);
    first.data.fill(0);
    first.retrievedAt.setTime(0);
    expect(new TextDecoder().decode(second.data)).toBe('first');
    expect(await read()).toBe('first');
    expect((await cache.getSecret(REF)).retrievedAt).toEqual(second.retrievedAt);
    expect(Object.isFrozen(first.metadata)).toBe(true);
    expect(backend.reads).toBe(1);
  });

  it('copies what a backend with plain values hands out, so that the backend cannot change it afterwards', async () => {
    const { backend, cache, read } = setUp();
    const data = new TextEncoder().encode('first');
    backend.getSecret = async () => ({ data, retrievedAt: new Date(0) });
    await read();
    data.fill(0);
    expect(await read()).toBe('first');
    expect(inspect(await cache.getSecret(REF))).toContain('[redacted]');
  });

  it('never prints a secret, itself included', async () => {
    const { cache, backend } = setUp();
    const canary = createCanary(1);
    await backend.setSecret(REF, { data: canary });
    const value = await cache.getSecret(REF);
    const printed = [inspect({ cache, value }), JSON.stringify({ cache, value })];
    expect(findCanary(printed, canary)).toEqual([]);
  });

  it('is in all else the provider behind it', async () => {
    const { backend, cache } = setUp();
    expect(cache).toMatchObject({ id: 'memory', writable: true, hostOwned: false });
    expect(cache.canHandle(REF)).toBe(true);
    expect(cache.canHandle('vault://x')).toBe(false);
    expect(cache.resolveProvider(REF)).toBe(backend);
    const manager = new SecretProviderManager({ providers: [{ provider: backend }] });
    expect(cacheSecrets(manager).resolveProvider(REF)).toBe(backend);
    const owned = cacheSecrets(Object.assign(new Backend(), { hostOwned: true, writable: false }));
    expect(owned).toMatchObject({ hostOwned: true, writable: false });
  });

  it.each<[CacheSecretsOptions, string]>([
    [{ ttlMs: -1 }, 'ttlMs'],
    [{ ttlMs: Number.NaN }, 'ttlMs'],
    [{ ttlJitter: 1 }, 'ttlJitter'],
    [{ maxEntries: 0 }, 'maxEntries'],
    [{ maxPinnedEntries: 1.5 }, 'maxPinnedEntries'],
    [{ negativeTtlMs: Number.POSITIVE_INFINITY }, 'negativeTtlMs'],
    [{ staleIfErrorMs: -5 }, 'staleIfErrorMs'],
    [{ fetchTimeoutMs: 0 }, 'fetchTimeoutMs'],
    [{ fetchTimeoutMs: 2 ** 31 }, 'fetchTimeoutMs'],
  ])('refuses %j', async (options, name) => {
    const error = await refusalOf(() => setUp(options));
    expect(error.code).toBe('INVALID');
    expect(error.message).toContain(`cacheSecrets: ${name} must be`);
  });
});

describe('simultaneous readers of a cache', () => {
  it('cause one request, 10,000 of them', async () => {
    const { clock, backend, cache } = setUp();
    const release = backend.hold();
    const signal = new AbortController().signal;
    const reads = Array.from({ length: 10_000 }, (_, index) => cache.getSecret(REF, index % 2 === 0 ? {} : { signal }));
    release();
    const values = await Promise.all(reads);
    expect(backend.reads).toBe(1);
    expect(new Set(values).size).toBe(10_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('fail together, and the next one asks anew', async () => {
    const { clock, backend, cache, read } = setUp();
    backend.fault = fault('UNAVAILABLE');
    const outcomes = await Promise.allSettled([cache.getSecret(REF), cache.getSecret(REF), cache.getSecret(REF)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(backend.reads).toBe(1);
    backend.fault = undefined;
    expect(await read()).toBe('first');
    expect(clock.pendingTimers).toBe(0);
  });

  it('are not disturbed by one that aborts, and the fetch goes on even if all do', async () => {
    const { backend, cache, read } = setUp();
    const release = backend.hold();
    const [one, other] = [new AbortController(), new AbortController()];
    const reason = new Error('gone');
    const aborted = cache.getSecret(REF, { signal: one.signal });
    const patient = cache.getSecret(REF, { signal: other.signal });
    one.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    other.abort(reason);
    await expect(patient).rejects.toBe(reason);
    expect(backend.options?.signal?.aborted).toBe(false);
    release();
    expect(await read()).toBe('first');
    expect(backend.reads).toBe(1);
  });

  it('are refused at once when they come aborted, also where the value is known', async () => {
    const { cache, backend, read } = setUp();
    const reason = new Error('gone');
    await expect(cache.getSecret(REF, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(backend.reads).toBe(0);
    await read();
    await expect(cache.getSecret(REF, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('leave no listener on their signals', async () => {
    const { cache } = setUp();
    const listeners = new Set<unknown>();
    const { signal } = new AbortController();
    signal.addEventListener = (_type: string, listener: unknown) => listeners.add(listener);
    signal.removeEventListener = (_type: string, listener: unknown) => listeners.delete(listener);
    await cache.getSecret(REF, { signal });
    await Promise.resolve();
    expect(listeners.size).toBe(0);
  });

  it('get TIMEOUT when the backend does not answer, and its signal is aborted', async () => {
    const { clock, backend, cache, read } = setUp();
    const release = backend.hold();
    const hung = refusalOf(() => cache.getSecret(REF));
    await clock.advance(29_999);
    expect(backend.options?.signal?.aborted).toBe(false);
    await clock.advance(1);
    const error = await hung;
    expect(error.code).toBe('TIMEOUT');
    expect(error.message).toBe('Backend "memory" did not answer a read of "memory://llm/key" within 30000 ms');
    expect(backend.options?.signal?.aborted).toBe(true);
    release();
    expect(await read()).toBe('first');
    expect(clock.pendingTimers).toBe(0);
  });

  it('may set a deadline of their own, which ends their wait and not the fetch of the others', async () => {
    const { clock, backend, cache } = setUp();
    const release = backend.hold();
    const patient = cache.getSecret(REF);
    const hasty = refusalOf(() => cache.getSecret(REF, { timeoutMs: 100 }));
    await clock.advance(100);
    const { code, message } = await hasty;
    expect([code, message]).toEqual([
      'TIMEOUT',
      'Backend "memory" did not answer a read of "memory://llm/key" within 100 ms',
    ]);
    expect(backend.options?.signal?.aborted).toBe(false);
    release();
    expect((await patient).version).toBe('1');
    expect(backend.reads).toBe(1);
    await cache.refresh(REF, { timeoutMs: 100 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('get a SecretProviderError whatever the backend throws', async () => {
    const { backend, cache } = setUp();
    backend.fault = new TypeError('canary-91b2');
    const error = await refusalOf(() => cache.getSecret(REF));
    expect(error.code).toBe('UNKNOWN');
    expect(inspect(error)).not.toContain('canary-91b2');
  });
});

describe('failures in a cache', () => {
  it('remembers NOT_FOUND for 5 s and never as a value', async () => {
    const { clock, backend, cache, read } = setUp();
    const missing = 'memory://missing';
    expect((await refusalOf(() => cache.getSecret(missing))).code).toBe('NOT_FOUND');
    await clock.advance(4999);
    expect((await refusalOf(() => cache.getSecret(missing))).code).toBe('NOT_FOUND');
    expect(backend.reads).toBe(1);
    await backend.setSecret(missing, { data: 'now there' });
    await clock.advance(1);
    expect(await read(missing)).toBe('now there');
  });

  it('remembers no absence when negativeTtlMs is 0', async () => {
    const { backend, cache } = setUp({ negativeTtlMs: 0 });
    await refusalOf(() => cache.getSecret('memory://missing'));
    await refusalOf(() => cache.getSecret('memory://missing'));
    expect(backend.reads).toBe(2);
  });

  it.each<SecretProviderErrorCode>(['FORBIDDEN', 'UNAVAILABLE', 'THROTTLED', 'UNKNOWN', 'VERSION_DISABLED'])(
    'remembers no %s',
    async (code) => {
      const { backend, cache, read } = setUp();
      backend.fault = fault(code);
      expect((await refusalOf(() => cache.getSecret(REF))).code).toBe(code);
      backend.fault = undefined;
      expect(await read()).toBe('first');
    },
  );

  it('does not let missing references push out values that are in use', async () => {
    const { backend, cache, read } = setUp({ maxEntries: 2 });
    await read();
    for (let index = 0; index < 10; index += 1) await refusalOf(() => cache.getSecret(`memory://missing/${index}`));
    expect(backend.reads).toBe(11);
    await read();
    expect(backend.reads).toBe(11);
  });

  it('serves no value past its time unless asked to', async () => {
    const { clock, backend, cache, read } = setUp();
    await read();
    await clock.advance(300_000);
    backend.fault = fault('UNAVAILABLE');
    expect((await refusalOf(() => cache.getSecret(REF))).code).toBe('UNAVAILABLE');
  });

  it.each<SecretProviderErrorCode>(['UNAVAILABLE', 'THROTTLED', 'TIMEOUT', 'INTEGRITY'])(
    'serves a value past its time for staleIfErrorMs while the backend answers %s',
    async (code) => {
      const { clock, backend, cache, read } = setUp({ staleIfErrorMs: 3_600_000 });
      await read();
      await clock.advance(300_000);
      backend.fault = fault(code);
      expect(await read()).toBe('first');
      await clock.advance(3_600_000 - 1);
      expect(await read()).toBe('first');
      await clock.advance(1);
      expect((await refusalOf(() => cache.getSecret(REF))).code).toBe(code);
    },
  );

  it.each<SecretProviderErrorCode>([
    'FORBIDDEN',
    'NOT_FOUND',
    'VERSION_DISABLED',
    'PENDING_DELETION',
    'UNAUTHENTICATED',
    'INVALID',
    'UNKNOWN',
  ])('never serves a value past its time when the backend answers %s', async (code) => {
    const { clock, backend, cache, read } = setUp({ staleIfErrorMs: 3_600_000 });
    await read();
    await clock.advance(300_000);
    backend.fault = fault(code);
    expect((await refusalOf(() => cache.getSecret(REF))).code).toBe(code);
  });

  it('does not bring back after a passing failure what a final answer took away', async () => {
    const { clock, backend, cache, read } = setUp({ staleIfErrorMs: 3_600_000 });
    await read();
    await clock.advance(300_000);
    backend.fault = fault('FORBIDDEN');
    await refusalOf(() => cache.getSecret(REF));
    backend.fault = fault('UNAVAILABLE');
    expect((await refusalOf(() => cache.getSecret(REF))).code).toBe('UNAVAILABLE');
  });

  it('does not take a final answer for a passing one, even if it says that it may be retried', async () => {
    const { clock, backend, cache, read } = setUp({ staleIfErrorMs: 3_600_000 });
    await read();
    await clock.advance(300_000);
    const { message, provider } = fault('FORBIDDEN');
    backend.fault = new SecretProviderError({
      code: 'FORBIDDEN',
      retry: 'transient',
      message,
      provider,
      reference: REF,
    });
    expect((await refusalOf(() => cache.getSecret(REF))).code).toBe('FORBIDDEN');
  });

  it('spares a failing backend: asks again after 1 s, then 2 s, doubling up to 128 s', async () => {
    const { clock, backend, read } = setUp({ staleIfErrorMs: 86_400_000 });
    await read();
    await clock.advance(300_000);
    backend.fault = fault('UNAVAILABLE');
    const waits: number[] = [];
    await read();
    for (let round = 0; round < 9; round += 1) {
      const before = backend.reads;
      let waitedMs = 0;
      while (backend.reads === before) {
        await clock.advance(500);
        waitedMs += 500;
        await read();
      }
      waits.push(waitedMs / 1000);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 128]);
    backend.fault = undefined;
    await backend.setSecret(REF, { data: 'second' });
    await clock.advance(128_000);
    expect(await read()).toBe('second');
  });
});

describe('writes through a cache', () => {
  it.each([
    ['setSecret', 'second'],
    ['rotateSecret', 'second'],
  ] as const)('%s is seen by the next read', async (name, expected) => {
    const { cache, read } = setUp();
    expect(await read()).toBe('first');
    await cache[name](REF, { data: expected });
    expect(await read()).toBe(expected);
  });

  it('a deletion is seen by the next read, also of a pinned version', async () => {
    const { cache, read } = setUp();
    await read();
    await read(REF, { version: '1' });
    await cache.deleteSecret(REF);
    expect((await refusalOf(() => cache.getSecret(REF))).code).toBe('NOT_FOUND');
    expect((await refusalOf(() => cache.getSecret(REF, { version: '1' }))).code).toBe('NOT_FOUND');
  });

  it('a creation is seen although the absence was remembered', async () => {
    const { cache, read } = setUp();
    await refusalOf(() => cache.getSecret('memory://new'));
    await cache.setSecret('memory://new', { data: 'x' });
    expect(await read('memory://new')).toBe('x');
  });

  it('a read that was under way before does not bring the old value back', async () => {
    const { backend, cache, read } = setUp();
    const release = backend.hold();
    const early = read();
    await cache.setSecret(REF, { data: 'second' });
    release();
    expect(await early).toBe('first');
    expect(await read()).toBe('second');
  });

  it('a read that began while the write was under way is not kept either', async () => {
    const { backend, cache, read } = setUp();
    const store = backend.setSecret.bind(backend);
    let finish = (): void => {};
    backend.setSecret = async (...args) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return store(...args);
    };
    const write = cache.setSecret(REF, { data: 'second' });
    expect(await read()).toBe('first');
    finish();
    await write;
    expect(await read()).toBe('second');
  });

  it('a write that failed forgets the value too, since it may have happened', async () => {
    const { backend, cache, read } = setUp();
    await read();
    const store = backend.setSecret.bind(backend);
    backend.setSecret = async (...args) => {
      await store(...args);
      return raise(fault('TIMEOUT'));
    };
    expect((await refusalOf(() => cache.setSecret(REF, { data: 'second' }))).code).toBe('TIMEOUT');
    expect(await read()).toBe('second');
  });

  it('a write drops what lies above and below its path, and nothing beside it', async () => {
    const { backend, cache, read } = setUp();
    for (const path of ['s', 's/versions/latest', 's2', 'other']) {
      await backend.setSecret(`memory://${path}`, { data: 'old' });
      await read(`memory://${path}`);
    }
    expect(backend.reads).toBe(4);
    await cache.setSecret('memory://s/versions/latest', { data: 'new' });
    await read('memory://s');
    await read('memory://s/versions/latest');
    expect(backend.reads).toBe(6);
    await read('memory://s2');
    await read('memory://other');
    expect(backend.reads).toBe(6);
  });

  it('passes the caller’s options on', async () => {
    const { cache } = setUp();
    const reason = new Error('gone');
    const options = { signal: AbortSignal.abort(reason) };
    await expect(cache.setSecret(REF, { data: 'x' }, options)).rejects.toBe(reason);
    await expect(cache.rotateSecret(REF, { data: 'x' }, options)).rejects.toBe(reason);
    await expect(cache.deleteSecret(REF, options)).rejects.toBe(reason);
  });
});

describe('steering a cache', () => {
  it('invalidate makes the next read ask, for one secret in all its versions or for all', async () => {
    const { backend, cache, read } = setUp();
    await backend.setSecret('memory://b', { data: 'b' });
    const readAll = async () => [await read(), await read(REF, { version: '1' }), await read('memory://b')];
    await readAll();
    cache.invalidate(REF);
    await readAll();
    expect(backend.reads).toBe(5);
    cache.invalidate();
    await readAll();
    expect(backend.reads).toBe(8);
  });

  it('refresh asks although the value is in time, and keeps the answer', async () => {
    const { backend, cache, read } = setUp();
    await read();
    await backend.setSecret(REF, { data: 'second' });
    expect((await cache.refresh(REF)).version).toBe('2');
    expect(await read()).toBe('second');
    expect(backend.reads).toBe(2);
  });

  it('simultaneous refreshes share one fetch, which is not one that began before them', async () => {
    const { backend, cache, read } = setUp();
    const releaseFirst = backend.hold();
    const early = read();
    await backend.setSecret(REF, { data: 'second' });
    const refreshed = Promise.all([cache.refresh(REF), cache.refresh(REF), cache.refresh(REF)]);
    releaseFirst();
    expect((await refreshed).map(({ version }) => version)).toEqual(['2', '2', '2']);
    expect(await early).toBe('first');
    expect(await read()).toBe('second');
    expect(backend.reads).toBe(2);
  });

  it('a refresh that fails in passing leaves a value that is in time', async () => {
    const { backend, cache, read } = setUp({ staleIfErrorMs: 1000 });
    await read();
    backend.fault = fault('UNAVAILABLE');
    expect((await refusalOf(() => cache.refresh(REF))).code).toBe('UNAVAILABLE');
    expect(await read()).toBe('first');
    backend.fault = fault('FORBIDDEN');
    await refusalOf(() => cache.refresh(REF));
    expect((await refusalOf(() => cache.getSecret(REF))).code).toBe('FORBIDDEN');
  });

  it('refresh heeds its caller’s signal', async () => {
    const { backend, cache } = setUp();
    const reason = new Error('gone');
    await expect(cache.refresh(REF, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const release = backend.hold();
    const controller = new AbortController();
    const refresh = cache.refresh(REF, { signal: controller.signal });
    controller.abort(reason);
    await expect(refresh).rejects.toBe(reason);
    release();
  });

  it('keeps a tenant’s read apart from the host’s, so that a wall holds for what is cached', async () => {
    const host = Object.assign(new Backend({ id: 'host', secrets: { [REF]: 'of the host' } }), { hostOwned: true });
    const cache = cacheSecrets(new SecretProviderManager({ providers: [{ provider: host }] }));
    expect(new TextDecoder().decode((await cache.getSecret(REF)).data)).toBe('of the host');
    expect((await refusalOf(() => cache.getSecret(REF, { excludeHostOwned: true }))).code).toBe('FORBIDDEN');
    expect((await refusalOf(() => cache.getSecret(REF, { providers: ['vault'] }))).code).toBe('FORBIDDEN');
  });

  it('close ends fetches, forgets everything, closes the backend and leaves no timer', async () => {
    const { clock, backend, cache, read } = setUp();
    await read();
    let closed = 0;
    Object.assign(backend, {
      close: async () => {
        closed += 1;
      },
    });
    const release = backend.hold();
    const pending = refusalOf(() => cache.getSecret('memory://other'));
    await cache.close();
    expect((await pending).code).toBe('UNSUPPORTED');
    expect(backend.options?.signal?.aborted).toBe(true);
    expect(clock.pendingTimers).toBe(0);
    expect(closed).toBe(1);
    expect((await refusalOf(() => cache.getSecret(REF))).message).toContain('The secret cache of "memory" is closed');
    expect((await refusalOf(() => cache.refresh(REF))).code).toBe('UNSUPPORTED');
    expect((await refusalOf(() => cache.setSecret(REF, { data: 'x' }))).code).toBe('UNSUPPORTED');
    release();
  });

  it('needs no options: the real clock and timers leave nothing running', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const clear = vi.spyOn(globalThis, 'clearTimeout');
    const cache = cacheSecrets(new MemorySecretProvider({ secrets: { [REF]: 'x' } }));
    expect((await cache.getSecret(REF)).version).toBe('1');
    const timers = set.mock.results.map(({ value }: { value?: unknown }) => value);
    expect(timers).toHaveLength(1);
    expect(clear.mock.calls).toEqual([timers]);
  });
});

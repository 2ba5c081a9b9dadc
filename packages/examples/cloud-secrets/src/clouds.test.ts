import { inspect } from 'node:util';
import { cacheSecrets, SecretProviderError, SecretProviderManager } from '@mortise/secrets';
import { assertNoCanary, createCanary } from '@mortise/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CloudAccount, CLOUDS } from './clouds.ts';

const print = (value: unknown): string => inspect(value, { depth: 12, showHidden: true });

interface Failure {
  readonly code: string;
  readonly retryable: boolean;
  readonly attempts: unknown;
  readonly error: SecretProviderError;
}

/** What a manager's call fails with. */
async function failureOf(action: () => Promise<unknown>): Promise<Failure> {
  const error: unknown = await action().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!SecretProviderError.is(error)) throw new TypeError('Expected a SecretProviderError', { cause: error });
  return { code: error.code, retryable: error.retryable, attempts: Reflect.get(error, 'attempts'), error };
}

describe.each(Object.entries(CLOUDS))('two accounts of %s behind one manager', (_, start) => {
  async function setUp(): Promise<{ first: CloudAccount; second: CloudAccount; manager: SecretProviderManager }> {
    const [first, second] = await Promise.all([start('first'), start('second')]);
    onTestFinished(async () => {
      await Promise.all([first.close(), second.close()]);
    });
    const manager = new SecretProviderManager().register(first.provider, { priority: 10 }).register(second.provider);
    return { first, second, manager };
  }

  const textOf = async (manager: SecretProviderManager, reference: string): Promise<string> =>
    new TextDecoder().decode((await manager.getSecret(reference)).data);

  it('are read in order, with one round trip to the one that has the secret', async () => {
    const { first, second, manager } = await setUp();
    first.seed('key', 'of the first');
    second.seed('key', 'of the second');
    expect(await textOf(manager, first.reference('key'))).toBe('of the first');
    expect([first.countRequests(), second.countRequests()]).toEqual([1, 0]);
  });

  it('are read on after an absence, and the absence of all names each of them', async () => {
    const { first, second, manager } = await setUp();
    second.seed('key', 'of the second');
    expect(await textOf(manager, first.reference('key'))).toBe('of the second');
    const { code, attempts } = await failureOf(() => manager.getSecret(first.reference('other')));
    expect(code).toBe('NOT_FOUND');
    expect(attempts).toEqual([
      { provider: 'first', code: 'NOT_FOUND' },
      { provider: 'second', code: 'NOT_FOUND' },
    ]);
  });

  it('do not hide a missing secret behind a throttled account, nor answer in its place', async () => {
    const { first, second, manager } = await setUp();
    second.seed('key', 'of the second');
    first.throttle();
    const throttled = await failureOf(() => manager.getSecret(first.reference('key')));
    expect(throttled).toMatchObject({ code: 'THROTTLED', retryable: true });
    expect(second.countRequests()).toBe(0);
    second.throttle();
    const behind = await failureOf(() => manager.getSecret(first.reference('absent')));
    expect(behind.code).toBe('THROTTLED');
    expect(behind.attempts).toEqual([
      { provider: 'first', code: 'NOT_FOUND' },
      { provider: 'second', code: 'THROTTLED' },
    ]);
    const missing = await failureOf(() => manager.getSecret(first.reference('absent')));
    expect(missing.code).toBe('NOT_FOUND');
  });

  it('are not read on after a refusal', async () => {
    const { first, second, manager } = await setUp();
    first.seed('key', 'of the first');
    second.seed('key', 'of the second');
    first.forbid();
    expect(await failureOf(() => manager.getSecret(first.reference('key')))).toMatchObject({
      code: 'FORBIDDEN',
      retryable: false,
    });
    expect(second.countRequests()).toBe(0);
  });

  it('do not both get a write whose outcome is unknown', async () => {
    const { first, second, manager } = await setUp();
    first.seed('key', 'old');
    second.seed('key', 'of the second');
    first.loseNextWrite();
    const { code } = await failureOf(() => manager.setSecret(first.reference('key'), { data: 'new' }));
    expect(['UNAVAILABLE', 'INTEGRITY', 'TIMEOUT', 'UNKNOWN']).toContain(code);
    expect(first.stored('key')).toBe('new');
    expect(second.stored('key')).toBe('of the second');
    expect(second.countRequests()).toBe(0);
  });

  it('make one version of a write that is repeated after its outcome was unknown', async () => {
    const { first, manager } = await setUp();
    const reference = first.reference('key');
    first.seed('key', 'old');
    const write = { idempotencyKey: 'rotation-17' };
    first.loseNextWrite();
    await failureOf(() => manager.setSecret(reference, { data: 'new' }, write));
    const { version } = await manager.setSecret(reference, { data: 'new' }, write);
    expect((await manager.getSecret(reference)).version).toBe(version);
    expect((await manager.setSecret(reference, { data: 'new' }, write)).version).toBe(version);
  });

  it('get one request from ten thousand simultaneous readers behind a cache', { timeout: 30_000 }, async () => {
    const { first, manager } = await setUp();
    first.seed('key', 'shared');
    const cached = cacheSecrets(manager);
    const reads = Array.from({ length: 10_000 }, () => cached.getSecret(first.reference('key')));
    const values = await Promise.all(reads);
    expect(new Set(values.map(({ data }) => new TextDecoder().decode(data)))).toEqual(new Set(['shared']));
    expect(first.countRequests()).toBe(1);
  });

  it('show a secret in no failure of theirs', async () => {
    const { first, manager } = await setUp();
    const canary = createCanary();
    const reference = first.reference('key');
    await manager.setSecret(reference, { data: canary });
    first.loseNextWrite();
    const failures = [
      await failureOf(() => manager.setSecret(reference, { data: `${canary}2` })),
      await failureOf(() => manager.rotateSecret(first.reference('absent'), { data: canary })),
      await failureOf(() => manager.setSecret(reference, { data: canary.repeat(4000) })),
    ];
    first.forbid();
    failures.push(await failureOf(() => manager.getSecret(reference)));
    expect(failures.map(({ code }) => code)).not.toContain('UNSUPPORTED');
    for (const { error } of failures) assertNoCanary(error, canary, { inspect: print });
  });
});

import {
  type SecretFetchOptions,
  SecretProviderError,
  type SecretRotateOptions,
  type SecretWriteOptions,
  type SecretWritePayload,
} from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { describe, expect, it } from 'vitest';
import { application, DAY_MS, HOUR_MS, keyAt, OWNER, REFERENCE } from '../__fixtures__/application.ts';
import { World } from '../__fixtures__/world.ts';
import { LeaseSession } from '../runner/lease-session.ts';
import { resolveRunnerOptions } from '../runner/runner-options.ts';
import { MemoryByokKeyStore } from '../testing/memory-byok-key-store.ts';

const SECRETS = { [REFERENCE]: '{"apiKey":"key-0"}' };

/** A backend in which some references fail while `isDown`. */
class Flaky extends MemorySecretProvider {
  isDown: (operation: 'get' | 'set' | 'rotate', reference: string) => boolean = () => false;
  writes: string[] = [];
  overlaps: (number | undefined)[] = [];

  constructor() {
    super({ secrets: SECRETS });
  }

  override async getSecret(reference: string, options?: SecretFetchOptions) {
    this.#fail('get', reference);
    return super.getSecret(reference, options);
  }

  override async setSecret(reference: string, payload: SecretWritePayload, options?: SecretWriteOptions) {
    this.writes.push(reference);
    const result = await super.setSecret(reference, payload, {
      signal: options?.signal ?? new AbortController().signal,
    });
    this.#fail('set', reference);
    return result;
  }

  /** Without idempotency keys, so that a repeated write shows. */
  override async rotateSecret(reference: string, payload: SecretWritePayload, options?: SecretRotateOptions) {
    this.writes.push(reference);
    this.overlaps.push(options?.overlapMs);
    const result = await super.rotateSecret(reference, payload);
    this.#fail('rotate', reference);
    return result;
  }

  #fail(operation: 'get' | 'set' | 'rotate', reference: string): void {
    if (!this.isDown(operation, reference)) return;
    throw new SecretProviderError({
      code: 'UNAVAILABLE',
      message: `${operation}: no answer`,
      provider: 'm',
      reference,
    });
  }
}

/** Rotates until the record says this step, and stops right there as a crash does. */
async function stopAfter(world: World, step: string): Promise<void> {
  const state = { isGone: false };
  const runner = world.runnerWith(async (label) => {
    if (label === 'after store.save') state.isGone ||= (await world.record())?.rotation?.step === step;
    if (state.isGone) throw new TypeError('crash');
  });
  await world.clock.settle(runner.rotate(world.subject, { reason: 'manual' })).catch(() => {});
  expect((await world.record())?.rotation?.step).toBe(step);
}

describe('a rotation that goes on after a crash', () => {
  it('finds the key that was handed in where it was stored, though nobody noted that down', async () => {
    const world = new World({ variant: 'sibling' });
    world.provider.issued.push('key-x');
    let isGone = false;
    const runner = world.runnerWith((label) => {
      isGone ||= label === 'after secrets.set';
      if (isGone) throw new TypeError('crash');
    });
    await runner.rotate(world.subject, { reason: 'manual', newSecrets: { apiKey: 'key-x' } }).catch(() => {});
    expect((await world.record())?.rotation).toMatchObject({ step: 'planned' });
    await world.settle();
    expect(await world.currentKey()).toBe('key-x');
  });

  it('does not write again what has become current already', async () => {
    const secrets = new Flaky();
    let isCut = true;
    secrets.isDown = (operation) => operation === 'rotate' && isCut;
    const app = application({ secrets, placement: 'sibling' });
    expect(await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0 })).toMatchObject({
      status: 'pending',
      step: 'promoting',
    });
    isCut = false;
    await app.clock.advance(60_000);
    expect(await app.runner.resume(app.subject)).toMatchObject({ status: 'completed' });
    expect(secrets.writes.filter((reference) => reference === REFERENCE)).toHaveLength(1);
    expect(app.events).not.toContainEqual(expect.objectContaining({ step: 'discarding' }));
    expect(await app.keyAt()).toBe('key-1');
  });

  it.each(['staged', 'sibling', 'copies'] as const)(
    'does not overwrite a key that was written by hand meanwhile (%s)',
    async (variant) => {
      const world = new World({ variant });
      await stopAfter(world, 'promoting');
      world.provider.issued.push('key-by-hand');
      world.validated.add('key-by-hand');
      await world.secrets.setSecret(REFERENCE, { data: '{"apiKey":"key-by-hand"}' });
      await world.settle();
      expect(world.violations).toEqual([]);
      expect(await world.currentKey()).toBe('key-by-hand');
      expect(await world.record()).toMatchObject({ lastRotation: { failure: { code: 'SUPERSEDED' } } });
      expect(await world.leftovers()).toEqual([]);
    },
  );

  it('validates a new key again that has waited for long', async () => {
    const world = new World({ variant: 'staged' });
    await stopAfter(world, 'validated');
    await world.clock.advance(DAY_MS);
    world.provider.revoked.add('key-1');
    await world.settle();
    expect(world.violations).toEqual([]);
    expect(await world.currentKey()).toBe('key-0');
    expect(await world.record()).toMatchObject({ lastRotation: { failure: { code: 'NEW_KEY_INVALID' } } });
  });

  it('removes and ends a new key that was stored without an answer until the deadline', async () => {
    const secrets = new Flaky();
    const app = application({ secrets, placement: 'sibling' });
    const endsAt = app.clock.now() + HOUR_MS;
    secrets.isDown = (_operation, reference) =>
      reference.includes('-byok-') && secrets.writes.length > 0 && app.clock.now() < endsAt + 600_000;
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: DAY_MS }));
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'NO_NEW_KEY' } });

    expect([...app.provider.revoked]).toEqual(['key-1']);
    expect(await keyAt(secrets, `${REFERENCE}-byok-${report.rotationId}`)).toBeUndefined();
  });

  it('asks for an overlap that outlasts the revocation of the old key', async () => {
    const secrets = new Flaky();
    const app = application({ secrets, placement: 'sibling' });
    await app.runner.rotate(app.subject, { reason: 'manual', overlapMs: 2 * HOUR_MS });
    await app.runner.rotate(app.subject, { reason: 'compromised' });
    expect(secrets.overlaps).toEqual([3 * HOUR_MS, HOUR_MS]);
  });

  it('turns back to the new key when the write that was refused has happened all the same', async () => {
    const secrets = new (class extends MemorySecretProvider {
      override async rotateSecret(reference: string, payload: SecretWritePayload): Promise<never> {
        await super.rotateSecret(reference, payload);
        throw new SecretProviderError({ code: 'FORBIDDEN', message: 'no', provider: 'm', reference });
      }
    })({ secrets: SECRETS });
    const app = application({ secrets, placement: 'sibling' });
    const report = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(report).toMatchObject({ status: 'completed', oldKey: { status: 'overlapping' } });
    expect(report).not.toHaveProperty('failure');
    expect(await app.keyAt()).toBe('key-1');
    expect(app.provider.revoked.size).toBe(0);
  });

  it('waits for a backend that shows its writes late, and gives up nothing meanwhile', async () => {
    const clockHolder = { isLate: true };
    const secrets = new (class extends MemorySecretProvider {
      override async getSecret(reference: string, options: SecretFetchOptions = {}) {
        const isCurrentRead = reference === REFERENCE && options.version === undefined;
        return super.getSecret(reference, isCurrentRead && clockHolder.isLate ? { ...options, version: '1' } : options);
      }
    })({ secrets: SECRETS });
    const app = application({ secrets });
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual' }));
    expect(report).toMatchObject({
      status: 'pending',
      step: 'promoted',
      lastError: expect.stringContaining('fresh read'),
    });
    await app.clock.advance(DAY_MS);
    expect(await app.runner.resume(app.subject, { maxWaitMs: 0 })).toMatchObject({
      status: 'pending',
      step: 'promoted',
    });
    clockHolder.isLate = false;
    await app.clock.advance(60_000);
    expect(await app.runner.resume(app.subject)).toMatchObject({ status: 'completed' });
    expect(app.provider.revoked.size).toBe(0);
  });

  it('gives up a promotion that the backend never takes, once a fresh read shows the old key after the deadline', async () => {
    const secrets = new (class extends MemorySecretProvider {
      override async promoteSecret(reference: string): Promise<never> {
        throw new SecretProviderError({ code: 'UNAVAILABLE', message: 'down', provider: 'm', reference });
      }
    })({ secrets: SECRETS });
    const app = application({ secrets });
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: DAY_MS }));
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'BACKEND_REFUSED', message: 'down' } });
    expect(app.clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-01-01T01:00:00Z'));
    expect(await app.keyAt()).toBe('key-0');
    expect([...app.provider.revoked]).toEqual(['key-1']);
  });

  it.each(['staged', 'sibling'] as const)('is given up when its new key is taken away (%s)', async (variant) => {
    for (const step of ['stored', 'promoting']) {
      const world = new World({ variant });
      await stopAfter(world, step);
      const { candidate } = (await world.record())?.rotation ?? {};
      if (variant === 'staged') await world.secrets.retireVersion?.(REFERENCE, candidate?.version ?? '');
      else await world.secrets.deleteSecret(candidate?.reference ?? '');
      await world.settle();
      expect(world.violations).toEqual([]);
      expect(await world.record()).toMatchObject({ lastRotation: { failure: { code: 'NO_NEW_KEY' } } });
      expect(await world.currentKey()).toBe('key-0');
    }
  });
});

describe('a runner whose store failed', () => {
  it('goes on at once when the store is back: the lease is its own', async () => {
    let failures = 0;
    class Failing extends MemoryByokKeyStore {
      override async save(...args: Parameters<MemoryByokKeyStore['save']>) {
        const saved = await super.save(...args);
        failures -= 1;
        if (failures === 0 || failures === -1) throw new TypeError('disk full');
        return saved;
      }
    }
    const app = application({ store: new Failing() });
    failures = 5;
    const rotating = app.runner.rotate(app.subject, { reason: 'manual' });
    await expect(rotating).rejects.toMatchObject({ code: 'STORE_FAILED', retryable: true });
    const taken = (await app.record()).lease;
    if (taken === undefined)
      await app.store.save({
        ...(await app.record()),
        lease: { holder: 'x', token: 9, expiresAt: '2026-01-01T00:00:01Z' },
      });
    expect(await app.clock.settle(app.runner.resume(app.subject))).toMatchObject({ status: 'completed' });
    expect(app.clock.now()).toBeLessThan(Date.parse('2026-01-01T00:00:10Z'));
  });
});

describe('a lease', () => {
  const sessionOf = async (app: ReturnType<typeof application>, env: ReturnType<typeof resolveRunnerOptions>) => {
    const session = await LeaseSession.acquire(env, OWNER, undefined);
    if (!(session instanceof LeaseSession)) throw new TypeError(`no lease of ${app.subject.connection.meta.id}`);
    return session;
  };
  const environment = (app: ReturnType<typeof application>) =>
    resolveRunnerOptions({
      secrets: app.secrets,
      store: app.store,
      lifecycle: app.provider,
      clock: app.clock,
      onEvent: (event) => void app.events.push(event),
    });

  it('that was taken again is lost for who had it before, also in the same runner', async () => {
    const app = application();
    await app.runner.validate(app.subject);
    const env = environment(app);
    const first = await sessionOf(app, env);
    const second = await sessionOf(app, env);
    await expect(first.change((record) => ({ ...record, generation: 9 }))).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    await first.abandon();
    expect(await second.change((record) => ({ ...record, generation: 1 }))).toMatchObject({ generation: 1 });
    expect(app.types()).toContain('lease_lost');
  });

  it('is the holder’s own to take again, and another’s only when it is over', async () => {
    const app = application();
    await app.runner.validate(app.subject);
    const [env, other] = [environment(app), environment(app)];
    const { record } = await sessionOf(app, env);
    expect((await sessionOf(app, env)).record.fence).toBe(record.fence + 1);
    expect(await LeaseSession.acquire(other, OWNER, undefined)).toEqual({ heldUntilMs: app.clock.now() + 120_000 });
    await app.clock.advance(120_000);
    expect((await sessionOf(app, other)).record.fence).toBe(record.fence + 2);
  });

  it('is prolonged before an operation that would outlast it', async () => {
    const app = application();
    await app.runner.validate(app.subject);
    const session = await sessionOf(app, environment(app));
    const before = session.record.revision;
    await session.ensure(30_000);
    expect(session.record.revision).toBe(before);
    await app.clock.advance(90_000);
    await session.ensure(30_000);
    expect(session.record.lease?.expiresAt).toBe(new Date(app.clock.now() + 120_000).toISOString());
  });

  it('keeps what others save meanwhile', async () => {
    const app = application();
    await app.runner.validate(app.subject);
    const session = await sessionOf(app, environment(app));
    app.provider.answers.set('key-0', { valid: true, scopes: ['late'] });
    await app.runner.validate(app.subject);
    const changed = await session.change((record) => ({ ...record, generation: 5 }));
    expect(changed).toMatchObject({ generation: 5, metadata: { scopes: ['late'] } });
  });

  it('of a record that does not exist is none', async () => {
    const app = application();
    expect(await LeaseSession.acquire(environment(app), OWNER, undefined)).toBeUndefined();
  });
});

describe('a new key that is of no use', () => {
  it('is removed even if its provider never ends it, and the next rotation is not held up for good', async () => {
    const app = application({ placement: 'sibling' });
    app.provider.answers.set('key-1', { valid: false });
    app.provider.interfere = (call) => {
      if (call === 'revoke') throw new TypeError('500');
    };
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual' }));
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'NEW_KEY_INVALID' } });
    expect(app.provider.calls.filter((call) => call === 'revoke key-1')).toHaveLength(20);
    expect(await keyAt(app.secrets, `${REFERENCE}-byok-${report.rotationId}`)).toBeUndefined();
    expect(app.clock.now()).toBeLessThan(Date.parse('2026-01-01T00:20:00Z'));
  });

  it('is left behind after an hour in which it could not be removed', async () => {
    const secrets = new (class extends MemorySecretProvider {
      override async deleteSecret(reference: string): Promise<never> {
        throw new SecretProviderError({ code: 'UNAVAILABLE', message: 'down', provider: 'm', reference });
      }
    })({ secrets: SECRETS });
    const app = application({ secrets, placement: 'sibling' });
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: DAY_MS }));
    expect(report.status).toBe('completed');
    expect(app.types().filter((type) => type === 'retry_scheduled')).toHaveLength(59);
  });
});

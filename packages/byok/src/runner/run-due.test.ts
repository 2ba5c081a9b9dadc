import type { ByokKeyRotationReason } from '@mortise/core';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { describe, expect, it } from 'vitest';
import { application, connectionOf, DAY_MS, HOUR_MS, OWNER, REFERENCE, SPEC } from '../__fixtures__/application.ts';
import type { ByokKeyOwner } from '../record/byok-key-record.ts';
import { MemoryByokKeyStore } from '../testing/memory-byok-key-store.ts';
import type { ByokDueResult, RunDueOptions } from './run-due.ts';
import type { ByokSubject } from './runner-options.ts';

type Application = ReturnType<typeof application>;

/** All that one round of due work gives, as one line each. */
async function dueOf(app: Application, options: RunDueOptions = {}): Promise<string[]> {
  const results: ByokDueResult[] = [];
  const collect = async (): Promise<void> => {
    for await (const result of app.runner.runDue(options)) results.push(result);
  };
  await app.clock.settle(collect());
  return results.map(({ connectionId, task, status }) => `${connectionId} ${task} ${status}`).sort();
}

/** A runner for several connections, each with a secret of its own. */
function applicationOf(
  names: readonly string[],
  policy: ByokSubject['policy'] = {},
): Application & { subjects: Map<string, ByokSubject> } {
  const subjects = new Map<string, ByokSubject>();
  const secrets = new MemorySecretProvider();
  for (const name of names) {
    const secretRef = `memory://tenants/acme/${name}`;
    const connection = connectionOf({ meta: { ...connectionOf().meta, id: name }, secretRef });
    subjects.set(name, { connection, spec: SPEC, policy });
  }
  const app = application({ secrets, findSubject: async ({ connectionId }) => subjects.get(connectionId) });
  return { ...app, subjects };
}

async function track(app: ReturnType<typeof applicationOf>): Promise<void> {
  for (const subject of app.subjects.values()) {
    const { id } = subject.connection.meta;
    app.provider.issued.push(`key-of-${id}`);
    await app.secrets.setSecret(subject.connection.secretRef, { data: JSON.stringify({ apiKey: `key-of-${id}` }) });
    await app.runner.validate(subject);
  }
}

describe('runDue', () => {
  it('does nothing before anything is due', async () => {
    const app = applicationOf(['a', 'b']);
    await track(app);
    await app.clock.advance(HOUR_MS);
    expect(await dueOf(app)).toEqual([]);
  });

  it('validates every key once half of its validation’s time is over', async () => {
    const app = applicationOf(['a', 'b', 'c']);
    await track(app);
    await app.clock.advance(12 * HOUR_MS);
    expect(await dueOf(app)).toEqual(['a validate done', 'b validate done', 'c validate done']);
    expect(await dueOf(app)).toEqual([]);
  });

  it('decides by the time that it is given', async () => {
    const app = applicationOf(['a']);
    await track(app);
    expect(await dueOf(app, { now: app.clock.now() + DAY_MS })).toEqual(['a validate done']);
  });

  it('rotates, ends old keys and goes on with what was interrupted, without waiting for any of it', async () => {
    const app = applicationOf(['a', 'b', 'c'], { rotateEveryDays: 30, validationMaxAgeMs: 1000 * DAY_MS });
    await track(app);
    const [a, b] = [...app.subjects.values()];
    if (a === undefined || b === undefined) throw new TypeError('no subjects');
    await app.runner.rotate(a, { reason: 'manual' });
    app.provider.answers.set('key-5', { valid: false, outcome: 'unknown' });
    await app.runner.rotate(b, { reason: 'manual', maxWaitMs: 0 });
    await app.clock.advance(DAY_MS);
    expect(await dueOf(app)).toEqual(['a retire done', 'b resume done', 'c rotate done']);
    expect((await app.store.load({ ...OWNER, connectionId: 'b' }))?.lastRotation?.status).toBe('rolled_back');
    expect((await app.store.load({ ...OWNER, connectionId: 'c' }))?.lastRotation?.reason).toBe('scheduled');
  });

  it('tries again to replace a compromised key', async () => {
    const app = applicationOf(['a'], { validationMaxAgeMs: 1000 * DAY_MS });
    await track(app);
    const [a] = [...app.subjects.values()];
    if (a === undefined) throw new TypeError('no subject');
    app.provider.answers.set('key-2', { valid: false });
    await app.runner.rotate(a, { reason: 'compromised' });
    expect(await dueOf(app)).toEqual([]);
    await app.clock.advance(HOUR_MS);
    expect(await dueOf(app)).toEqual(['a rotate done']);
    expect([...app.provider.revoked].sort()).toEqual(['key-2', 'key-of-a']);
    expect(await app.store.load({ ...OWNER, connectionId: 'a' })).not.toHaveProperty('compromise');
  });

  it('says where only the tenant can bring the new key that is due', async () => {
    const app = applicationOf(['a'], { rotateEveryDays: 1, validationMaxAgeMs: 1000 * DAY_MS });
    await track(app);
    Reflect.set(app.provider, 'rotateKey', undefined);
    expect(await dueOf(app)).toEqual(['a rotate needs_key']);
  });

  it('leaves a connection that is gone alone, and goes on past one that cannot be found', async () => {
    const app = applicationOf(['a', 'b', 'c']);
    await track(app);
    await app.clock.advance(DAY_MS);
    const find = async ({ connectionId }: ByokKeyOwner): Promise<ByokSubject | undefined> => {
      if (connectionId === 'a') return undefined;
      if (connectionId === 'b') throw new TypeError('database is down');
      return app.subjects.get(connectionId);
    };
    const runner = app.runnerWith({ findSubject: find });
    expect(await dueOf({ ...app, runner })).toEqual(['a find gone', 'b find failed', 'c validate done']);
  });

  it('reports a failure as the result of its connection', async () => {
    const app = applicationOf(['a', 'b'], { rotateEveryDays: 1, validationMaxAgeMs: 1000 * DAY_MS });
    await track(app);
    await app.secrets.deleteSecret(app.subjects.get('a')?.connection.secretRef ?? '');
    expect(await dueOf(app)).toEqual(['a rotate failed', 'b rotate done']);
  });

  it('goes on with the other tasks of a connection after one has failed', async () => {
    const app = applicationOf(['a'], { overlapMs: 0 });
    await track(app);
    const [a] = [...app.subjects.values()];
    if (a === undefined) throw new TypeError('no subject');
    app.provider.answers.set('key-2', { valid: false, outcome: 'unknown' });
    await app.runner.rotate(a, { reason: 'manual', maxWaitMs: 0 });
    await app.clock.advance(DAY_MS);
    const record = await app.store.load({ ...OWNER, connectionId: 'a' });
    if (record === undefined) throw new TypeError('no record');
    const expiresAt = new Date(app.clock.now() + DAY_MS).toISOString();
    await app.store.save({ ...record, lease: { holder: 'other', token: 9, expiresAt } });
    expect(await dueOf(app)).toEqual(['a resume failed', 'a validate done']);
  });

  it('works on as many connections at once as it may, and gives results as they come', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const app = applicationOf(names);
    await track(app);
    await app.clock.advance(DAY_MS);
    let running = 0;
    let most = 0;
    app.provider.interfere = async () => {
      running += 1;
      most = Math.max(most, running);
      await app.clock.sleep(1000 * running);
      running -= 1;
    };
    expect(await dueOf(app, { concurrency: 3 })).toHaveLength(6);
    expect(most).toBe(3);

    await app.clock.advance(DAY_MS);
    const order: string[] = [];
    const collect = async (): Promise<void> => {
      for await (const { connectionId } of app.runner.runDue({ concurrency: 1 })) {
        order.push(
          `${connectionId} after ${app.provider.calls.filter((call) => call.startsWith('validate')).length - 12}`,
        );
      }
    };
    await app.clock.settle(collect());
    expect(order[0]).toBe('a after 1');
    expect(order).toHaveLength(6);
  });

  it('stops with the caller’s reason, and nothing runs on', async () => {
    const app = applicationOf(['a', 'b', 'c']);
    await track(app);
    await app.clock.advance(DAY_MS);
    const controller = new AbortController();
    const reason = new Error('shutting down');
    app.provider.interfere = () => controller.abort(reason);
    const collect = async (): Promise<void> => {
      for await (const result of app.runner.runDue({ signal: controller.signal, concurrency: 2 })) {
        expect.unreachable(result.connectionId);
      }
    };
    await expect(app.clock.settle(collect())).rejects.toBe(reason);
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('ends what it began when its reader leaves', async () => {
    const app = applicationOf(['a', 'b', 'c', 'd']);
    await track(app);
    await app.clock.advance(DAY_MS);
    const calls = app.provider.calls.length;
    app.provider.interfere = async (_call, key) => app.clock.sleep(key === 'key-of-a' ? 0 : 5000);
    const leave = async (): Promise<string> => {
      for await (const { connectionId } of app.runner.runDue({ concurrency: 2 })) return connectionId;
      return 'none';
    };
    expect(await app.clock.settle(leave())).toBe('a');
    await app.clock.advance(DAY_MS);
    expect(app.provider.calls.length - calls).toBeLessThan(4);
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('works through a thousand connections', async () => {
    const app = applicationOf(Array.from({ length: 1000 }, (_, index) => `c${index}`));
    await track(app);
    await app.clock.advance(DAY_MS);
    expect(await dueOf(app, { concurrency: 50 })).toHaveLength(1000);
  });

  it('needs a way to find connections, and a sound concurrency', async () => {
    const app = applicationOf(['a']);
    for (const concurrency of [0, 1.5, Number.NaN]) {
      await expect(app.runner.runDue({ concurrency }).next()).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    }
    const { ByokKeyRunner } = await import('./byok-key-runner.ts');
    const blind = new ByokKeyRunner({ secrets: app.secrets, store: app.store, lifecycle: app.provider });
    await expect(blind.runDue().next()).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });

  it('fails with STORE_FAILED where the records cannot be listed', async () => {
    class Failing extends MemoryByokKeyStore {
      // oxlint-disable-next-line require-yield
      override async *list(): AsyncGenerator<never, void, undefined> {
        throw new TypeError('disk');
      }
    }
    const app = application({ store: new Failing() });
    await expect(app.runner.runDue().next()).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});

describe('a key due for several things at once', () => {
  it('is validated before it is rotated, and not rotated once it is refused', async () => {
    const reasons: ByokKeyRotationReason[] = [];
    const app = application({ subject: { policy: { rotateEveryDays: 1 } } });
    await app.runner.validate(app.subject);
    app.provider.revoked.add('key-0');
    await app.clock.advance(2 * DAY_MS);
    app.provider.interfere = (call) => void (call === 'rotate' && reasons.push('scheduled'));
    expect(await dueOf(app)).toEqual(['c1 validate done']);
    expect(reasons).toEqual([]);
    expect(await app.keyAt(REFERENCE)).toBe('key-0');
  });
});

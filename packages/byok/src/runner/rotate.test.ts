import type { ByokKeyRotationRequest } from '@mortise/core';
import {
  type SecretProvider,
  SecretProviderError,
  type SecretWriteOptions,
  type SecretWritePayload,
} from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { describe, expect, it } from 'vitest';
import {
  application,
  type ApplicationOptions,
  connectionOf,
  DAY_MS,
  HOUR_MS,
  keyAt,
  OWNER,
  REFERENCE,
  SPEC,
} from '../__fixtures__/application.ts';
import { versionless } from '../__fixtures__/versionless.ts';

const NEW_REFERENCE = 'memory://tenants/acme/new';

async function payloadAt(secrets: SecretProvider, reference: string): Promise<string> {
  return new TextDecoder().decode((await secrets.getSecret(reference)).data);
}

/** A backend whose operation fails in a chosen way. */
function failing(
  operation: 'setSecret' | 'rotateSecret' | 'stageSecret' | 'promoteSecret' | 'deleteSecret' | 'retireVersion',
  code: 'FORBIDDEN' | 'UNAVAILABLE' | 'UNSUPPORTED' | 'TOO_LARGE',
  times = Infinity,
): SecretProvider {
  const secrets = new MemorySecretProvider({ secrets: { [REFERENCE]: '{"apiKey":"key-0"}' } });
  const original: unknown = Reflect.get(secrets, operation);
  let left = times;
  Reflect.set(secrets, operation, async (...args: readonly unknown[]) => {
    left -= 1;
    if (left >= 0)
      throw new SecretProviderError({ code, message: `${operation}: no`, provider: 'm', reference: REFERENCE });
    return typeof original === 'function' ? Reflect.apply(original, secrets, args) : undefined;
  });
  return secrets;
}

describe('a rotation', () => {
  it.each(['auto', 'sibling'] as const)('puts the provider’s new key in use, placement %s', async (placement) => {
    const app = application({ placement });
    const report = await app.runner.rotate(app.subject, { reason: 'scheduled' });
    expect(report).toMatchObject({
      reason: 'scheduled',
      status: 'completed',
      isJoined: false,
      oldKey: { status: 'overlapping', until: '2026-01-02T00:00:00.000Z' },
    });
    expect(await payloadAt(app.secrets, REFERENCE)).toBe('{"apiKey":"key-1","org":"o-1"}');
    expect(await app.keyAt(REFERENCE, '1')).toBe('key-0');
    expect(app.provider.revoked.size).toBe(0);
    expect(await app.record()).toMatchObject({
      generation: 1,
      keyVersion: '2',
      metadata: {
        validationStatus: 'valid',
        lastValidatedAt: '2026-01-01T00:00:00.000Z',
        lastRotatedAt: '2026-01-01T00:00:00.000Z',
        scopes: ['chat'],
      },
    });
    expect(await app.record()).not.toHaveProperty('lease');
    expect(app.clock.pendingTimers).toBe(0);
  });

  it.each(['auto', 'sibling'] as const)(
    'ends the old key when its overlap is over, placement %s',
    async (placement) => {
      const app = application({ placement });
      const { rotationId } = await app.runner.rotate(app.subject, { reason: 'manual' });
      await app.clock.advance(DAY_MS - 1);
      await app.runner.resume(app.subject);
      expect(await app.keyAt(REFERENCE, '1')).toBe('key-0');
      await app.clock.advance(1);
      await app.runner.resume(app.subject);
      expect([...app.provider.revoked]).toEqual(['key-0']);
      expect(await app.keyAt(REFERENCE, '1')).toBeUndefined();
      expect(await app.keyAt()).toBe('key-1');
      expect(await keyAt(app.secrets, `${REFERENCE}-byok-${rotationId}`)).toBeUndefined();
      expect(await app.record()).toMatchObject({ retiring: [], lastRotation: { oldKey: { isRevoked: true } } });
    },
  );

  it('tells of each step once the record says so', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual', overlapMs: 0 });
    const told = app.events.map((event) => (event.type === 'rotation_step' ? event.step : event.type));
    expect(told).toEqual([
      'rotation_planned',
      'obtaining',
      'stored',
      'validated',
      'promoting',
      'promoted',
      'verified',
      'rotation_completed',
      'old_key_retired',
    ]);
    expect(new Set(app.events.map((event) => ('rotationId' in event ? event.rotationId : undefined)))).toHaveLength(1);
  });

  it('asks the provider under one idempotency key, with the connection and a signal', async () => {
    const app = application();
    const requests: ByokKeyRotationRequest[] = [];
    const rotateKey = app.provider.rotateKey.bind(app.provider);
    app.provider.rotateKey = async (secrets, request) => {
      requests.push(request);
      if (requests.length < 3) throw new TypeError('connection reset');
      return rotateKey(secrets, request);
    };
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual' }));
    expect(report.status).toBe('completed');
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map(({ idempotencyKey }) => idempotencyKey))).toEqual(new Set([report.rotationId]));
    expect(requests[0]).toMatchObject({ connectionId: 'c1', reason: 'manual', config: { region: 'eu' } });
    expect(requests[0]?.signal).toBeInstanceOf(AbortSignal);
  });

  it('takes a new key from where the lifecycle put it', async () => {
    const app = application();
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-1"}' });
    app.provider.rotation = { newSecretRef: NEW_REFERENCE };
    expect(await app.runner.rotate(app.subject, { reason: 'manual' })).toMatchObject({ status: 'completed' });
    expect(await payloadAt(app.secrets, REFERENCE)).toBe('{"apiKey":"key-1"}');
    expect(await keyAt(app.secrets, NEW_REFERENCE)).toBe('key-1');
  });

  it('keeps the expiry that the rotation told, unless the validation tells another', async () => {
    const app = application();
    app.provider.rotation = { expiresAt: '2026-04-01T00:00:00+02:00' };
    expect((await app.runner.rotate(app.subject, { reason: 'manual' })).record.metadata.expiresAt).toBe(
      '2026-03-31T22:00:00.000Z',
    );
    app.provider.answers.set('key-2', { valid: true, expiresAt: '2026-05-01T00:00:00Z' });
    expect((await app.runner.rotate(app.subject, { reason: 'manual' })).record.metadata.expiresAt).toBe(
      '2026-05-01T00:00:00.000Z',
    );
  });

  it('keeps text as text', async () => {
    const app = application({ secrets: new MemorySecretProvider({ secrets: { [REFERENCE]: 'key-0' } }) });
    expect(await app.runner.rotate(app.subject, { reason: 'manual' })).toMatchObject({ status: 'completed' });
    expect(await payloadAt(app.secrets, REFERENCE)).toBe('key-1');
  });

  it('keeps a copy of the old key where the backend has no versions', async () => {
    const memory = new MemorySecretProvider({ secrets: { [REFERENCE]: '{"apiKey":"key-0"}' } });
    const app = application({ secrets: versionless(memory) });
    const { rotationId, oldKey } = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(oldKey.status).toBe('overlapping');
    const copy = `${REFERENCE}-byok-${rotationId}-old`;
    expect([await app.keyAt(), await app.keyAt(copy)]).toEqual(['key-1', 'key-0']);
    await app.clock.advance(DAY_MS);
    await app.runner.resume(app.subject);
    expect([await app.keyAt(), await app.keyAt(copy)]).toEqual(['key-1', undefined]);
    expect([...app.provider.revoked]).toEqual(['key-0']);
  });

  it.each([
    ['promoteSecret', 'auto'],
    ['rotateSecret', 'sibling'],
  ] as const)('keeps a copy where the backend promises no overlap (%s)', async (operation, placement) => {
    const secrets = failing(operation, 'UNSUPPORTED', 1);
    const app = application({ secrets, placement });
    const { rotationId, status } = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(status).toBe('completed');
    const copy = `${REFERENCE}-byok-${rotationId}-old`;
    expect([await app.keyAt(), await app.keyAt(copy)]).toEqual(['key-1', 'key-0']);
    expect((await app.record()).retiring).toMatchObject([{ isOwned: true, place: { reference: copy } }]);
  });

  it('goes on beside the secret where staging is refused after all, as by a manager', async () => {
    const app = application({ secrets: failing('stageSecret', 'UNSUPPORTED') });
    expect(await app.runner.rotate(app.subject, { reason: 'manual' })).toMatchObject({ status: 'completed' });
    expect(await app.keyAt()).toBe('key-1');
  });

  it('names the secret beside another as the host wants', async () => {
    const written: string[] = [];
    const secrets = new (class extends MemorySecretProvider {
      override async setSecret(reference: string, payload: SecretWritePayload, options?: SecretWriteOptions) {
        written.push(reference);
        return super.setSecret(reference, payload, options);
      }
    })({ secrets: { [REFERENCE]: '{"apiKey":"key-0"}' } });
    const app = application({
      secrets,
      placement: 'sibling',
      siblingReference: (_ref, name) => `memory://waiting/${name}`,
    });
    const { rotationId } = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(written).toEqual([`memory://waiting/${rotationId}`]);
  });
});

describe('a key that the tenant brings', () => {
  it('is taken from a reference that the host allows, as it was when it was asked for', async () => {
    const asked: unknown[] = [];
    const app = application({
      allowReference: async (access) => {
        asked.push(access);
        return true;
      },
    });
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-tenant"}' });
    app.provider.issued.push('key-tenant');
    app.provider.interfere = async () => {
      await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-later"}' });
    };
    const report = await app.runner.rotate(app.subject, { reason: 'manual', newSecretRef: NEW_REFERENCE });
    expect(report.status).toBe('completed');
    expect(await app.keyAt()).toBe('key-tenant');
    expect(asked).toEqual([{ connection: app.subject.connection, reference: NEW_REFERENCE }]);
    expect(app.provider.calls).not.toContain('rotate key-0');
  });

  it.each([
    ['the host says nothing', {}],
    ['the host says no', { allowReference: () => false }],
  ] satisfies [string, ApplicationOptions][])('is not taken from a reference where %s', async (_what, options) => {
    const app = application(options);
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"of-another-tenant"}' });
    const rotating = app.runner.rotate(app.subject, { reason: 'manual', newSecretRef: NEW_REFERENCE });
    await expect(rotating).rejects.toMatchObject({ code: 'FORBIDDEN', connectionId: 'c1' });
    expect(await app.store.load(OWNER)).toBeUndefined();
  });

  it('may be handed in, and replaces the fields that it has', async () => {
    const app = application();
    app.provider.issued.push('key-tenant');
    const report = await app.runner.rotate(app.subject, { reason: 'manual', newSecrets: { apiKey: 'key-tenant' } });
    expect(report.status).toBe('completed');
    expect(await payloadAt(app.secrets, REFERENCE)).toBe('{"apiKey":"key-tenant","org":"o-1"}');
    expect(JSON.stringify([await app.record(), app.events])).not.toContain('key-tenant');
  });

  it('may be the first one', async () => {
    const app = application({ secrets: new MemorySecretProvider() });
    app.provider.issued.push('key-tenant');
    const report = await app.runner.rotate(app.subject, { reason: 'manual', newSecrets: { apiKey: 'key-tenant' } });
    expect(report).toMatchObject({ status: 'completed', oldKey: { status: 'none' } });
    expect(await payloadAt(app.secrets, REFERENCE)).toBe('{"apiKey":"key-tenant"}');
  });

  it('is not revoked when it is refused', async () => {
    const app = application();
    const report = await app.runner.rotate(app.subject, { reason: 'manual', newSecrets: { apiKey: 'key-wrong' } });
    expect(report).toMatchObject({
      status: 'rolled_back',
      failure: { code: 'NEW_KEY_INVALID', message: 'no such key' },
    });
    expect(app.provider.calls).toEqual(['validate key-wrong']);
    expect(await keyAt(app.secrets, `${REFERENCE}-byok-${report.rotationId}`)).toBeUndefined();
  });

  it.each([
    ['both ways', { newSecretRef: NEW_REFERENCE, newSecrets: { apiKey: 'k' } }, 'not both'],
    ['without a field', { newSecrets: {} }, 'no field'],
    ['under the connection’s own reference', { newSecretRef: `${REFERENCE}?` }, "the connection's own"],
    ['under no reference', { newSecretRef: 'sk-pasted-key' }, 'does not follow the grammar'],
    ['with a negative overlap', { newSecrets: { apiKey: 'k' }, overlapMs: -1 }, '"overlapMs" is -1'],
    ['with a wait that is none', { newSecrets: { apiKey: 'k' }, maxWaitMs: Number.NaN }, '"maxWaitMs"'],
  ])('is refused %s', async (_what, request, message) => {
    const app = application({ allowReference: () => true });
    const rotating = app.runner.rotate(app.subject, { reason: 'manual', ...request });
    await expect(rotating).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining(message),
    });
  });

  it('must be there', async () => {
    const app = application({ allowReference: () => true });
    const rotating = app.runner.rotate(app.subject, { reason: 'manual', newSecretRef: NEW_REFERENCE });
    await expect(rotating).rejects.toMatchObject({ code: 'NO_NEW_KEY' });
  });
});

describe('a rotation that cannot succeed', () => {
  it.each([
    ['the provider refuses the new key', { valid: false, error: 'not active' }, 'NEW_KEY_INVALID', 'not active'],
    ['the new key lacks scopes', { valid: true, scopes: [] }, 'NEW_KEY_LACKS_SCOPES', 'The key lacks scopes: chat'],
    [
      'the new key is expired',
      { valid: true, scopes: ['chat'], expiresAt: '2020-01-01' },
      'NEW_KEY_INVALID',
      /expired/,
    ],
  ] as const)('is rolled back when %s', async (_what, answer, code, message) => {
    const app = application({ subject: { requiredScopes: ['chat'] } });
    app.provider.answers.set('key-1', answer);
    const report = await app.runner.rotate(app.subject, { reason: 'scheduled' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code }, oldKey: { status: 'none' } });
    expect(report.failure?.message).toMatch(message);
    expect(await app.keyAt()).toBe('key-0');
    expect(await app.keyAt(REFERENCE, '2')).toBeUndefined();
    expect([...app.provider.revoked]).toEqual(['key-1']);
    expect(report.record).toMatchObject({ generation: 0, lastRotation: { status: 'rolled_back', failuresInARow: 1 } });
    expect(report.record).not.toHaveProperty('rotation');
    expect(app.types().at(-1)).toBe('rotation_rolled_back');
  });

  it.each([
    ['nobody can tell whether the new key works', { valid: false, outcome: 'unknown' }, 'NEW_KEY_UNVERIFIED'],
    ['the new key’s quota stays spent', { valid: true, outcome: 'quota_exhausted' }, 'NEW_KEY_QUOTA_EXHAUSTED'],
  ] as const)('is rolled back when %s, but not before its deadline', async (_what, answer, code) => {
    const app = application();
    app.provider.answers.set('key-1', answer);
    const started = app.clock.now();
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: DAY_MS }));
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code } });
    expect(app.clock.now() - started).toBeGreaterThanOrEqual(HOUR_MS);
    expect(app.clock.now() - started).toBeLessThan(HOUR_MS + 61_000);
    const waits = app.events.flatMap((event) => (event.type === 'retry_scheduled' ? [event.delayMs] : []));
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    expect(waits.length).toBeGreaterThan(20);
    expect(await app.keyAt()).toBe('key-0');
  });

  it('goes through as soon as somebody can tell', async () => {
    const app = application();
    let asked = 0;
    app.provider.answers.set('key-1', () => {
      asked += 1;
      return asked < 5 ? { valid: false, outcome: 'unknown', retryAfterMs: 120_000 } : { valid: true };
    });
    const started = app.clock.now();
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual' }));
    expect(report.status).toBe('completed');
    expect(app.clock.now() - started).toBe(4 * 120_000);
  });

  it('is rolled back when the new key is the old one, and revokes neither', async () => {
    const app = application();
    app.provider.rotation = { newSecrets: { apiKey: 'key-0' } };
    const report = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'SAME_KEY' } });
    expect(app.provider.revoked.size).toBe(0);
  });

  it('is rolled back when the new key does not fit the schema, without being shown to the provider', async () => {
    const app = application();
    app.provider.rotation = { newSecrets: { apiKey: 'k' } };
    const report = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'NEW_KEY_MALFORMED' } });
    expect(app.provider.calls).not.toContain('validate k');
  });

  it.each([
    ['refuses', { success: false, error: 'plan does not allow it' }, 'plan does not allow it'],
    [
      'tells neither key nor place',
      { newSecrets: undefined, newSecretRef: undefined },
      'neither the new key nor its place',
    ],
    [
      'writes over the old key',
      { newSecrets: undefined, newSecretRef: REFERENCE },
      'wrote the new key over the old one',
    ],
  ])('is rolled back when the lifecycle %s', async (_what, rotation, message) => {
    const app = application();
    app.provider.rotateKey = async () => ({ success: true, ...JSON.parse(JSON.stringify(rotation)) });
    const report = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'NO_NEW_KEY' } });
    expect(report.failure?.message).toContain(message);
    expect(await app.keyAt()).toBe('key-0');
  });

  it('waits when the lifecycle says that it may succeed later', async () => {
    const app = application();
    const rotateKey = app.provider.rotateKey.bind(app.provider);
    let asked = 0;
    app.provider.rotateKey = async (...args) => {
      asked += 1;
      return asked === 1 ? { success: false, retryable: true, error: 'busy' } : rotateKey(...args);
    };
    expect(await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual' }))).toMatchObject({
      status: 'completed',
    });
    expect(app.events).toContainEqual(expect.objectContaining({ type: 'retry_scheduled', error: 'busy' }));
  });

  it.each([
    ['auto', 'stageSecret'],
    ['sibling', 'setSecret'],
    ['auto', 'promoteSecret'],
    ['sibling', 'rotateSecret'],
  ] as const)(
    'is rolled back when the backend refuses (%s, %s), and ends the new key',
    async (placement, operation) => {
      const app = application({ placement, secrets: failing(operation, 'FORBIDDEN') });
      const report = await app.runner.rotate(app.subject, { reason: 'manual' });
      expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'BACKEND_REFUSED' } });
      expect(report.failure?.message).toBe(`${operation}: no`);
      expect([...app.provider.revoked]).toEqual(['key-1']);
      expect(await app.keyAt()).toBe('key-0');
      expect(await keyAt(app.secrets, `${REFERENCE}-byok-${report.rotationId}`)).toBeUndefined();
    },
  );

  it.each([
    ['auto', 'stageSecret'],
    ['sibling', 'setSecret'],
    ['auto', 'promoteSecret'],
    ['sibling', 'rotateSecret'],
    ['sibling', 'deleteSecret'],
  ] as const)('waits while the backend is down (%s, %s)', async (placement, operation) => {
    const app = application({ placement, secrets: failing(operation, 'UNAVAILABLE', 3) });
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual' }));
    expect(report.status).toBe('completed');
    expect(app.types().filter((type) => type === 'retry_scheduled')).toHaveLength(3);
    expect(await app.keyAt()).toBe('key-1');
  });

  it('ends all the same when the candidate must not be removed', async () => {
    const app = application({ placement: 'sibling', secrets: failing('deleteSecret', 'FORBIDDEN') });
    expect(await app.runner.rotate(app.subject, { reason: 'manual' })).toMatchObject({ status: 'completed' });
    app.provider.answers.set('key-2', { valid: false });
    const second = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual' }));
    expect(second).toMatchObject({ status: 'rolled_back', failure: { code: 'NEW_KEY_INVALID' } });
    expect(await app.keyAt()).toBe('key-1');
  });

  it('counts how often in a row, until one succeeds', async () => {
    const app = application();
    for (let round = 1; round <= 3; round += 1) {
      app.provider.answers.set(`key-${round}`, { valid: false });
      const { record } = await app.runner.rotate(app.subject, { reason: 'scheduled' });
      expect(record.lastRotation?.failuresInARow).toBe(round);
    }
    const { record } = await app.runner.rotate(app.subject, { reason: 'scheduled' });
    expect(record.lastRotation).toMatchObject({ status: 'completed', failuresInARow: 0 });
  });
});

describe('a key that somebody else writes during a rotation', () => {
  it.each(['auto', 'sibling'] as const)('stays current, and the new key goes, placement %s', async (placement) => {
    const app = application({ placement });
    app.provider.issued.push('key-by-hand');
    app.provider.interfere = async (call, key) => {
      if (call === 'validate' && key === 'key-2') {
        await app.secrets.setSecret(REFERENCE, { data: '{"apiKey":"key-by-hand"}' });
      }
    };
    const report = await app.runner.rotate(app.subject, { reason: 'scheduled' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'SUPERSEDED' } });
    expect(await app.keyAt()).toBe('key-by-hand');
    expect([...app.provider.revoked]).toEqual(['key-2']);
    expect(await app.keyAt(REFERENCE, '1')).toBe('key-0');
  });

  it('stays current when it comes right after the promotion, and the old key is ended in its time', async () => {
    const app = application({
      placement: 'sibling',
      onEvent: (event) => {
        if (event.type !== 'rotation_step' || event.step !== 'promoted') return;
        void app.secrets.setSecret(REFERENCE, { data: '{"apiKey":"key-by-hand"}' });
      },
    });
    const report = await app.runner.rotate(app.subject, { reason: 'scheduled' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'SUPERSEDED' } });
    expect(await app.keyAt()).toBe('key-by-hand');
    expect(report.oldKey).toMatchObject({ status: 'overlapping' });
    await app.clock.advance(DAY_MS);
    await app.runner.resume(app.subject);
    expect([...app.provider.revoked]).toEqual(['key-1', 'key-0']);
  });

  it('does not save a compromised key from its end', async () => {
    const app = application();
    app.provider.issued.push('key-by-hand');
    app.provider.interfere = async (call, key) => {
      if (call === 'validate' && key === 'key-2') {
        await app.secrets.setSecret(REFERENCE, { data: '{"apiKey":"key-by-hand"}' });
      }
    };
    const report = await app.runner.rotate(app.subject, { reason: 'compromised' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'SUPERSEDED' } });
    expect([...app.provider.revoked].sort()).toEqual(['key-0', 'key-2']);
    expect(report.record).not.toHaveProperty('compromise');
  });
});

describe('a provider that ends the old key by itself', () => {
  it('shortens the overlap', async () => {
    const app = application();
    app.provider.rotation = { previousKeyValidUntil: '2026-01-01T02:00:00Z' };
    const { oldKey } = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(oldKey).toEqual({ status: 'overlapping', until: '2026-01-01T02:00:00.000Z' });
  });

  it('at once leaves no time to give up the new one', async () => {
    const app = application({ subject: { requiredScopes: ['chat'] } });
    app.provider.rotation = { previousKeyValidUntil: '2026-01-01T00:00:00Z' };
    let asked = 0;
    app.provider.answers.set('key-1', () => {
      asked += 1;
      if (asked < 100) return { valid: false, outcome: 'unknown' };
      return asked === 100 ? { valid: true, scopes: [] } : { valid: true, scopes: ['chat'] };
    });
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: DAY_MS }));
    expect(report.status).toBe('completed');
    expect(asked).toBe(101);
    expect(app.clock.now()).toBeGreaterThan(Date.parse('2026-01-01T01:00:00Z'));
  });

  it('and then refuses the new one leaves no choice', async () => {
    const app = application();
    app.provider.rotation = { previousKeyValidUntil: '2026-01-01T00:00:00Z' };
    app.provider.answers.set('key-1', { valid: false });
    const report = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'NEW_KEY_INVALID' } });
  });
});

describe('an old key', () => {
  it.each([
    ['the policy', { policy: { overlapMs: 5 * HOUR_MS } }, {}, 5],
    ['the request', { policy: { overlapMs: 5 * HOUR_MS } }, { overlapMs: 3 * HOUR_MS }, 3],
  ])('stays for as long as %s says', async (_what, subject, request, hours) => {
    const app = application({ subject });
    const { oldKey } = await app.runner.rotate(app.subject, { reason: 'scheduled', ...request });
    expect(oldKey.until).toBe(new Date(app.clock.now() + hours * HOUR_MS).toISOString());
  });

  it('is not revoked where the provider cannot or the policy says not to, and that is told', async () => {
    for (const subject of [{ policy: { overlapMs: 0, revokeOldKeys: false } }, { policy: { overlapMs: 0 } }]) {
      const app = application({ subject });
      if (!('revokeOldKeys' in subject.policy)) Reflect.set(app.provider, 'revokeKey', undefined);
      const { oldKey } = await app.runner.rotate(app.subject, { reason: 'manual' });
      expect(oldKey).toEqual({ status: 'ended', isRevoked: false });
      expect(app.provider.revoked.size).toBe(0);
      expect(await app.keyAt(REFERENCE, '1')).toBeUndefined();
    }
  });

  it('is not revoked where the new payload says less around the same key', async () => {
    const app = application({ allowReference: () => true });
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-0"}' });
    const request = { reason: 'manual' as const, newSecretRef: NEW_REFERENCE, overlapMs: 0 };
    expect(await app.runner.rotate(app.subject, request)).toMatchObject({ status: 'completed' });
    expect(await payloadAt(app.secrets, REFERENCE)).toBe('{"apiKey":"key-0"}');
    expect(app.provider.revoked.size).toBe(0);
    expect(app.events.at(-1)).toMatchObject({ type: 'old_key_kept', why: 'current' });
  });

  it('is revoked in sight of the key that stays', async () => {
    const app = application();
    const requests: unknown[] = [];
    app.provider.revokeKey = async (secrets, request) => void requests.push([secrets, request]);
    const { rotationId } = await app.runner.rotate(app.subject, { reason: 'manual', overlapMs: 0 });
    expect(requests).toMatchObject([
      [
        { apiKey: 'key-0', org: 'o-1' },
        {
          connectionId: 'c1',
          reason: 'manual',
          idempotencyKey: `${rotationId}-revoke`,
          currentSecrets: { apiKey: 'key-1', org: 'o-1' },
          config: { region: 'eu' },
        },
      ],
    ]);
  });

  it('that cannot be revoked stays readable until it is', async () => {
    const app = application();
    let left = 3;
    app.provider.interfere = (call) => {
      left -= call === 'revoke' ? 1 : 0;
      if (call === 'revoke' && left > 0) throw new TypeError('503');
    };
    const report = await app.runner.rotate(app.subject, { reason: 'compromised' });
    expect(report).toMatchObject({ status: 'completed', oldKey: { status: 'ending', lastError: '503' } });
    expect(report.record.compromise).toEqual({ reportedAt: '2026-01-01T00:00:00.000Z', isReplaced: true });
    expect(await app.keyAt(REFERENCE, '1')).toBe('key-0');
    for (let round = 0; round < 2; round += 1) {
      await app.clock.advance(60_000);
      await app.runner.resume(app.subject);
    }
    expect([...app.provider.revoked]).toEqual(['key-0']);
    expect(await app.record()).toMatchObject({ retiring: [], lastRotation: { oldKey: { isRevoked: true } } });
    expect(await app.record()).not.toHaveProperty('compromise');
    expect(app.types().filter((type) => type === 'retirement_failed')).toHaveLength(2);
  });

  it('is ended where it was, also when the connection points elsewhere by then', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-other"}' });
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-moved"}' });
    const moved = { ...app.subject, connection: connectionOf({ secretRef: NEW_REFERENCE }) };
    await app.clock.advance(DAY_MS);
    await app.runner.resume(moved);
    expect([...app.provider.revoked]).toEqual(['key-0']);
    expect(await app.keyAt(REFERENCE, '1')).toBeUndefined();
    expect([await app.keyAt(NEW_REFERENCE, '1'), await app.keyAt(NEW_REFERENCE)]).toEqual(['key-other', 'key-moved']);
  });

  it('that is in use again is kept', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    await app.secrets.promoteSecret?.(REFERENCE, '1');
    await app.clock.advance(DAY_MS);
    await app.runner.resume(app.subject);
    expect(app.provider.revoked.size).toBe(0);
    expect(await app.keyAt()).toBe('key-0');
    expect((await app.record()).retiring).toEqual([]);
    expect(app.events.at(-1)).toMatchObject({ type: 'old_key_kept', why: 'current' });
  });

  it('is kept while the key that replaced it is known not to work, unless it is compromised', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    app.provider.revoked.add('key-1');
    await app.runner.validate(app.subject);
    await app.clock.advance(DAY_MS);
    await app.runner.resume(app.subject);
    expect(app.provider.isAlive('key-0')).toBe(true);
    expect(app.events.at(-1)).toMatchObject({ type: 'old_key_kept', why: 'new_key_invalid' });
    expect((await app.record()).retiring).toHaveLength(1);
    app.provider.revoked.delete('key-1');
    await app.runner.validate(app.subject);
    await app.clock.advance(DAY_MS);
    await app.runner.resume(app.subject);
    expect(app.provider.isAlive('key-0')).toBe(false);
  });

  it('is kept while there is no current key at all', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    const copy = { reference: 'memory://copy', version: '1' };
    await app.secrets.setSecret(copy.reference, { data: '{"apiKey":"key-0"}' });
    const record = await app.record();
    await app.store.save({
      ...record,
      retiring: record.retiring.map((old) => ({ ...old, place: copy, isOwned: true })),
    });
    await app.secrets.deleteSecret(REFERENCE);
    await app.clock.advance(DAY_MS);
    await app.runner.resume(app.subject);
    expect(app.provider.isAlive('key-0')).toBe(true);
    expect(app.events.at(-1)).toMatchObject({ type: 'retirement_failed' });
  });

  it('of several rotations ends each in its own time', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    await app.clock.advance(HOUR_MS);
    await app.runner.rotate(app.subject, { reason: 'manual' });
    await app.clock.advance(DAY_MS - HOUR_MS);
    await app.runner.resume(app.subject);
    expect([...app.provider.revoked]).toEqual(['key-0']);
    await app.clock.advance(HOUR_MS);
    await app.runner.resume(app.subject);
    expect([...app.provider.revoked]).toEqual(['key-0', 'key-1']);
    expect(await app.keyAt()).toBe('key-2');
  });

  it('is ended in its time though another rotation does not come to its end', async () => {
    const app = application({ subject: { policy: { rotationDeadlineMs: 10 * DAY_MS } } });
    await app.runner.rotate(app.subject, { reason: 'manual' });
    app.provider.answers.set('key-2', { valid: false, outcome: 'unknown' });
    await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0 });
    await app.clock.advance(DAY_MS);
    expect(await app.runner.resume(app.subject, { maxWaitMs: 0 })).toMatchObject({ status: 'pending' });
    expect([...app.provider.revoked]).toEqual(['key-0']);
    expect((await app.record()).retiring).toEqual([]);
  });

  it.each(['auto', 'sibling'] as const)(
    'is not ended while it is on its way back into use, placement %s',
    async (placement) => {
      const app = application({
        placement,
        allowReference: () => true,
        subject: { policy: { rotationDeadlineMs: 10 * DAY_MS } },
      });
      await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-0"}' });
      await app.runner.rotate(app.subject, { reason: 'manual' });
      app.provider.answers.set('key-0', { valid: false, outcome: 'unknown' });
      await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0, newSecretRef: NEW_REFERENCE });
      await app.clock.advance(DAY_MS);
      app.provider.answers.delete('key-0');
      expect(await app.runner.resume(app.subject)).toMatchObject({ status: 'completed' });
      expect(await app.keyAt()).toBe('key-0');
      expect(app.provider.revoked.size).toBe(0);
      await app.clock.advance(DAY_MS);
      await app.runner.resume(app.subject);
      expect([...app.provider.revoked]).toEqual(['key-1']);
    },
  );

  it('that the tenant goes back to is not revoked by the rotation that replaced it', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    await app.clock.advance(HOUR_MS);
    await app.runner.rotate(app.subject, { reason: 'manual', newSecrets: { apiKey: 'key-0' } });
    await app.clock.advance(2 * DAY_MS);
    await app.runner.resume(app.subject);
    expect(await app.keyAt()).toBe('key-0');
    expect([...app.provider.revoked]).toEqual(['key-1']);
  });
});

describe('a compromised key', () => {
  it('is revoked as soon as the new one is in use', async () => {
    const app = application();
    const report = await app.runner.rotate(app.subject, { reason: 'compromised' });
    expect(report).toMatchObject({ status: 'completed', oldKey: { status: 'ended', isRevoked: true } });
    expect(app.provider.calls).toEqual(['rotate key-0', 'validate key-1', 'revoke key-0']);
    expect(report.record).not.toHaveProperty('compromise');
  });

  it('for which no new one can be had is told plainly, and marked', async () => {
    const app = application();
    Reflect.set(app.provider, 'rotateKey', undefined);
    const rotating = app.runner.rotate(app.subject, { reason: 'compromised' });
    await expect(rotating).rejects.toMatchObject({
      code: 'NO_NEW_KEY',
      retryable: false,
      message: expect.stringContaining('the compromised key is still in use'),
    });
    expect(await app.record()).toMatchObject({
      compromise: { reportedAt: '2026-01-01T00:00:00.000Z', isReplaced: false },
    });
    expect(app.types()).toEqual(['key_compromised']);
    await expect(app.runner.rotate(app.subject, { reason: 'manual' })).rejects.toMatchObject({
      message: expect.stringContaining('nothing was changed'),
    });
  });

  it('stays marked though the old keys before it are ended', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    Reflect.set(app.provider, 'rotateKey', undefined);
    await expect(app.runner.rotate(app.subject, { reason: 'compromised' })).rejects.toMatchObject({
      code: 'NO_NEW_KEY',
    });
    await app.runner.resume(app.subject);
    expect([...app.provider.revoked]).toEqual(['key-0']);
    expect(await app.record()).toMatchObject({ retiring: [], compromise: { isReplaced: false } });
  });

  it('stays marked when its new one is refused', async () => {
    const app = application();
    app.provider.answers.set('key-1', { valid: false });
    const { record, status } = await app.runner.rotate(app.subject, { reason: 'compromised' });
    expect(status).toBe('rolled_back');
    expect(record.compromise).toEqual({ reportedAt: '2026-01-01T00:00:00.000Z', isReplaced: false });
  });

  it('ends the overlap of every key before it', async () => {
    const app = application();
    await app.runner.rotate(app.subject, { reason: 'manual' });
    await app.clock.advance(HOUR_MS);
    await app.runner.rotate(app.subject, { reason: 'compromised' });
    expect([...app.provider.revoked].sort()).toEqual(['key-0', 'key-1']);
    expect(await app.record()).toMatchObject({ retiring: [] });
  });

  it('makes a rotation that is under way urgent', async () => {
    const app = application();
    app.provider.answers.set('key-1', { valid: false, outcome: 'unknown' });
    const first = await app.runner.rotate(app.subject, { reason: 'scheduled', maxWaitMs: 0 });
    expect(first).toMatchObject({ status: 'pending', step: 'stored', oldKey: { status: 'none' } });
    app.provider.answers.delete('key-1');
    const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'compromised' }));
    expect(report).toMatchObject({ rotationId: first.rotationId, reason: 'compromised', isJoined: true });
    expect(report.oldKey).toEqual({ status: 'ended', isRevoked: true });
    expect(app.provider.issued).toEqual(['key-0', 'key-1']);
  });

  it('may keep an overlap where the policy wants one', async () => {
    const app = application({ subject: { policy: { compromisedOverlapMs: HOUR_MS } } });
    const { oldKey } = await app.runner.rotate(app.subject, { reason: 'compromised' });
    expect(oldKey).toEqual({ status: 'overlapping', until: '2026-01-01T01:00:00.000Z' });
  });
});

describe('a request', () => {
  it('joins a rotation that is under way, in this runner', async () => {
    const app = application();
    const reports = await Promise.all([
      app.runner.rotate(app.subject, { reason: 'scheduled' }),
      app.runner.rotate(app.subject, { reason: 'scheduled' }),
      app.runner.rotate(app.subject, { reason: 'manual' }),
    ]);
    expect(new Set(reports.map(({ rotationId }) => rotationId)).size).toBe(1);
    expect(reports.filter(({ isJoined }) => isJoined)).toHaveLength(2);
    expect(app.provider.issued).toEqual(['key-0', 'key-1']);
  });

  it('that brings another key than is on its way is a CONFLICT', async () => {
    const app = application({ allowReference: () => true });
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-x"}' });
    app.provider.answers.set('key-1', { valid: false, outcome: 'unknown' });
    await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0 });
    for (const request of [{ newSecretRef: NEW_REFERENCE }, { newSecrets: { apiKey: 'key-x' } }]) {
      const rotating = app.runner.rotate(app.subject, { reason: 'compromised', ...request });
      await expect(rotating).rejects.toMatchObject({ code: 'CONFLICT', retry: 'transient', retryAfterMs: 1_000 });
    }
    expect((await app.record()).rotation?.reason).toBe('compromised');
  });

  it('that brings the same key again joins', async () => {
    const app = application({ allowReference: () => true });
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-x"}' });
    for (const request of [{ newSecretRef: NEW_REFERENCE }, { newSecrets: { apiKey: 'key-x' } }]) {
      app.provider.answers.set('key-x', { valid: false, outcome: 'unknown' });
      const first = await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0, ...request });
      const again = await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0, ...request });
      expect(again).toMatchObject({ rotationId: first.rotationId, status: 'pending', isJoined: true });
      app.provider.answers.set('key-x', { valid: false });
      expect(await app.clock.settle(app.runner.resume(app.subject))).toMatchObject({ status: 'rolled_back' });
    }
  });

  it('that hands in another key than was handed in is a CONFLICT', async () => {
    const app = application();
    app.provider.answers.set('key-x', { valid: false, outcome: 'unknown' });
    await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0, newSecrets: { apiKey: 'key-x' } });
    const rotating = app.runner.rotate(app.subject, { reason: 'manual', newSecrets: { apiKey: 'key-y' } });
    await expect(rotating).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('waits for a rotation that has failed to be tidied up, and then plans its own', async () => {
    const app = application();
    app.provider.answers.set('key-1', { valid: false });
    app.provider.interfere = (call) => {
      if (call === 'revoke') throw new TypeError('busy');
    };
    const first = await app.runner.rotate(app.subject, { reason: 'scheduled', maxWaitMs: 0 });
    expect(first).toMatchObject({ status: 'pending', step: 'discarding', failure: { code: 'NEW_KEY_INVALID' } });
    app.provider.interfere = () => {};
    const second = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'scheduled' }));
    expect(second).toMatchObject({ status: 'completed', isJoined: false });
    expect(second.rotationId).not.toBe(first.rotationId);
    expect(await app.keyAt()).toBe('key-2');
  });

  it('that must not wait comes back with what is pending', async () => {
    const app = application();
    app.provider.interfere = (call) => {
      if (call === 'rotate') throw new TypeError('no route');
    };
    const report = await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0 });
    expect(report).toMatchObject({ status: 'pending', step: 'obtaining', lastError: 'no route' });
    expect(Date.parse(report.nextAttemptAt ?? '')).toBeGreaterThan(app.clock.now());
    expect(report.record).not.toHaveProperty('lease');
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('ends with the caller’s reason when it is aborted, and another one goes on at once', async () => {
    const app = application();
    const controller = new AbortController();
    const reason = new Error('left');
    app.provider.interfere = (call) => {
      if (call === 'validate') controller.abort(reason);
    };
    const rotating = app.runner.rotate(app.subject, { reason: 'manual', signal: controller.signal });
    await expect(app.clock.settle(rotating)).rejects.toBe(reason);
    expect(await app.record()).toMatchObject({ rotation: { step: 'stored' } });
    expect(await app.record()).not.toHaveProperty('lease');
    expect(app.clock.pendingTimers).toBe(0);
    app.provider.interfere = () => {};
    expect(await app.runnerWith().resume(app.subject)).toMatchObject({ status: 'completed' });
  });

  it('ends with the caller’s reason while it waits for the next try', async () => {
    const app = application();
    app.provider.answers.set('key-1', { valid: false, outcome: 'unknown' });
    const controller = new AbortController();
    const rotating = app.runner.rotate(app.subject, { reason: 'manual', signal: controller.signal });
    const failure = rotating.catch((error: unknown) => error);
    await app.clock.advance(10_000);
    controller.abort(new Error('left'));
    expect(await failure).toMatchObject({ message: 'left' });
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('finds no key to replace, or cannot read it', async () => {
    const empty = application({ secrets: new MemorySecretProvider() });
    await expect(empty.runner.rotate(empty.subject, { reason: 'manual' })).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
    const secrets = new (class extends MemorySecretProvider {
      override async getSecret(reference: string): Promise<never> {
        throw new SecretProviderError({ code: 'UNAVAILABLE', message: 'down', provider: 'm', reference });
      }
    })();
    const down = application({ secrets, allowReference: () => true });
    for (const request of [{}, { newSecretRef: NEW_REFERENCE }]) {
      const rotating = down.runner.rotate(down.subject, { reason: 'manual', ...request });
      await expect(rotating).rejects.toMatchObject({ code: 'KEY_UNREADABLE', retryable: true });
    }
    expect(await down.store.load(OWNER)).toBeUndefined();
  });

  it('is refused while the connection points elsewhere than its rotation', async () => {
    const app = application();
    app.provider.answers.set('key-1', { valid: false, outcome: 'unknown' });
    await app.runner.rotate(app.subject, { reason: 'manual', maxWaitMs: 0 });
    await app.secrets.setSecret(NEW_REFERENCE, { data: '{"apiKey":"key-x"}' });
    const moved = { ...app.subject, connection: connectionOf({ secretRef: NEW_REFERENCE }) };
    await expect(app.runner.rotate(moved, { reason: 'manual' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(app.runner.resume(moved)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await keyAt(app.secrets, NEW_REFERENCE)).toBe('key-x');
  });
});

describe('a handed-in key whose runner ended before it was stored', () => {
  it('cannot be gone on with, unless it is handed in again', async () => {
    for (const again of [{}, { newSecrets: { apiKey: 'key-x' } }]) {
      const app = application({ secrets: failing('setSecret', 'UNAVAILABLE', 1) });
      app.provider.issued.push('key-x');
      const request = { reason: 'manual' as const, newSecrets: { apiKey: 'key-x' } };
      expect(await app.runner.rotate(app.subject, { ...request, maxWaitMs: 0 })).toMatchObject({ status: 'pending' });
      const report = await app.clock.settle(app.runner.rotate(app.subject, { reason: 'manual', ...again }));
      expect(report.status).toBe('newSecrets' in again ? 'completed' : 'rolled_back');
      if (!('newSecrets' in again)) expect(report.failure?.message).toContain('hand it in again');
    }
  });
});

describe('an event sink', () => {
  it('that throws breaks nothing', async () => {
    const app = application({
      onEvent: () => {
        throw new TypeError('broken sink');
      },
    });
    expect(await app.runner.rotate(app.subject, { reason: 'manual' })).toMatchObject({ status: 'completed' });
  });
});

describe('a recommended schema change', () => {
  it('does not come between: the spec of now is what a new key must fit', async () => {
    const schema = { type: 'object', properties: { apiKey: {}, org: {} }, required: ['apiKey', 'org'] };
    const app = application({
      secrets: new MemorySecretProvider({ secrets: { [REFERENCE]: 'key-0' } }),
      subject: { spec: { ...SPEC, secretSchema: { schema } } },
    });
    const report = await app.runner.rotate(app.subject, { reason: 'manual' });
    expect(report).toMatchObject({ status: 'rolled_back', failure: { code: 'NEW_KEY_MALFORMED' } });
  });
});

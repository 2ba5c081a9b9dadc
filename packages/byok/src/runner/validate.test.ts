import { type ByokKeyLifecycle, type ByokKeyValidationResult, isByokKeyUsable } from '@mortise/core';
import { type SecretProvider, SecretProviderError } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { describe, expect, it } from 'vitest';
import { application, connectionOf, DAY_MS, HOUR_MS, OWNER, REFERENCE, SPEC } from '../__fixtures__/application.ts';
import type { ByokKeyOwner } from '../record/byok-key-record.ts';
import { MemoryByokKeyStore } from '../testing/memory-byok-key-store.ts';

const KEY = 'key-0';
const START = '2026-01-01T00:00:00.000Z';

/** The outcome of a check that the provider answers like this. */
async function outcomeOf(answer: unknown, requiredScopes: readonly string[] = []) {
  const app = application({ subject: { requiredScopes } });
  // Set from outside, as a lifecycle in plain JavaScript would give it.
  Reflect.set(app.provider, 'validateKey', async () => answer);
  const { outcome, error, record } = await app.runner.validate(app.subject);
  return { outcome, error, metadata: record.metadata };
}

describe('a key that the provider accepts', () => {
  it('is valid, with all that the provider told of it', async () => {
    const app = application();
    app.provider.answers.set(KEY, {
      valid: true,
      scopes: ['chat', 'files'],
      quotaRemaining: { tokens: 12, requests: Number.NaN },
      expiresAt: '2026-03-01T00:00:00+01:00',
      providerMeta: { plan: 'pro' },
    });
    const { outcome, record } = await app.runner.validate(app.subject);
    expect(outcome).toBe('valid');
    expect(record).toEqual({
      format: 1,
      ...OWNER,
      revision: 1,
      secretRef: REFERENCE,
      metadata: {
        createdAt: '2025-12-01T00:00:00.000Z',
        validationStatus: 'valid',
        lastValidatedAt: START,
        scopes: ['chat', 'files'],
        quotaSnapshot: { tokens: 12 },
        expiresAt: '2026-02-28T23:00:00.000Z',
      },
      validation: { outcome: 'valid', checkedAt: START, unknownsInARow: 0 },
      keyVersion: '1',
      generation: 0,
      retiring: [],
      fence: 0,
    });
    expect(await app.runner.inspect(OWNER)).toEqual(record);
    expect(app.events).toEqual([{ type: 'key_validated', at: START, ...OWNER, outcome: 'valid' }]);
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('takes its first metadata from the connection', async () => {
    const byokKeyMetadata = {
      createdAt: '2020-01-01T00:00:00Z',
      validationStatus: 'unknown' as const,
      lastRotatedAt: '2021-01-01T00:00:00Z',
      noteOfTheHost: 'not for the record',
    };
    const app = application({ subject: { connection: connectionOf({ byokKeyMetadata }) } });
    const { record } = await app.runner.validate(app.subject);
    expect(record.metadata).toMatchObject({
      createdAt: '2020-01-01T00:00:00Z',
      lastRotatedAt: '2021-01-01T00:00:00Z',
      validationStatus: 'valid',
    });
    expect(record.metadata).not.toHaveProperty('noteOfTheHost');
  });

  it('reaches the lifecycle as named fields, with the connection, its config and a signal', async () => {
    const app = application();
    const calls: Parameters<ByokKeyLifecycle['validateKey']>[] = [];
    const lifecycle: ByokKeyLifecycle = {
      validateKey: async (...call) => {
        calls.push(call);
        return { valid: true };
      },
    };
    await app.runnerWith({ lifecycle: () => lifecycle }).validate(app.subject);
    const [[secrets, call] = []] = calls;
    expect(secrets).toEqual({ apiKey: KEY, org: 'o-1' });
    expect(call).toMatchObject({ connection: app.subject.connection, config: { region: 'eu' } });
    expect(call?.signal?.aborted).toBe(false);
  });

  it('may be plain text where the spec has one field, and fits its schema as such', async () => {
    const app = application({ secrets: new MemorySecretProvider({ secrets: { [REFERENCE]: 'key-0\n' } }) });
    expect((await app.runner.validate(app.subject)).outcome).toBe('valid');
    expect(app.provider.calls).toEqual(['validate key-0']);
  });

  it('is read past every cache, and never from a backend of the host', async () => {
    const reads: Parameters<SecretProvider['getSecret']>[1][] = [];
    const backend = new (class extends MemorySecretProvider {
      async refresh(...read: Parameters<SecretProvider['getSecret']>) {
        reads.push(read[1]);
        return super.getSecret(...read);
      }
    })({ secrets: { [REFERENCE]: '{"apiKey":"key-0"}' } });
    const manifest = { modes: { byok: { mode: 'byok' as const, allowedSecretProviders: ['memory'] } } };
    const spec = { ...SPEC, credentialManifest: manifest };
    const app = application({ secrets: backend, subject: { spec } });
    await app.runner.validate(app.subject);
    await app.runnerWith({ allowHostSecrets: true }).validate({ connection: connectionOf() });
    expect(reads).toMatchObject([{ excludeHostOwned: true, providers: ['memory'] }, {}]);
    expect(reads[1]).not.toHaveProperty('excludeHostOwned');
  });
});

describe('an answer of the provider', () => {
  it.each<[string, unknown, string]>([
    ['true', { valid: true }, 'valid'],
    ['false', { valid: false }, 'invalid'],
    ['false, and no more quota', { valid: false, outcome: 'quota_exhausted' }, 'quota_exhausted'],
    ['true, and no more quota', { valid: true, outcome: 'quota_exhausted' }, 'quota_exhausted'],
    ['true, with nothing left of anything', { valid: true, quotaRemaining: { a: 0, b: -1 } }, 'quota_exhausted'],
    ['true, with something left', { valid: true, quotaRemaining: { a: 0, b: 1 } }, 'valid'],
    ['true, with quotas that it does not count', { valid: true, quotaRemaining: {} }, 'valid'],
    ['that it cannot tell', { valid: false, outcome: 'unknown' }, 'unknown'],
    ['true, and that it cannot tell', { valid: true, outcome: 'unknown' }, 'unknown'],
    ['true, but invalid', { valid: true, outcome: 'invalid' }, 'unknown'],
    ['false, but valid', { valid: false, outcome: 'valid' }, 'unknown'],
    ['false, for want of a scope', { valid: false, outcome: 'missing_scope' }, 'missing_scope'],
    ['true, for a key of yesterday', { valid: true, expiresAt: '2025-12-31T00:00:00Z' }, 'invalid'],
    ['nothing', undefined, 'unknown'],
    ['a text', 'ok', 'unknown'],
    ['an object that says nothing', { success: true }, 'unknown'],
  ])('of %s is %j: %s', async (_what, answer, outcome) => {
    expect((await outcomeOf(answer)).outcome).toBe(outcome);
  });

  it('that lacks a scope is no good, and says which', async () => {
    const lacking = await outcomeOf({ valid: true, scopes: ['chat'] }, ['chat', 'files', 'admin']);
    expect(lacking).toMatchObject({
      outcome: 'missing_scope',
      error: 'The key lacks scopes: files, admin',
      metadata: { validationStatus: 'invalid', lastError: 'The key lacks scopes: files, admin' },
    });
    const told = await outcomeOf({ valid: false, outcome: 'missing_scope', missingScopes: ['write'] });
    expect(told.error).toBe('The key lacks scopes: write');
    expect((await outcomeOf({ valid: true, scopes: ['chat', 'files'] }, ['files'])).outcome).toBe('valid');
  });

  it('that names no scopes cannot be held against them', async () => {
    expect((await outcomeOf({ valid: true }, ['files'])).outcome).toBe('valid');
  });

  it('takes its required scopes from the spec', async () => {
    const app = application({ subject: { spec: { ...SPEC, byokSetup: { requiredScopes: ['files'] } } } });
    expect((await app.runner.validate(app.subject)).outcome).toBe('missing_scope');
  });

  it('of a spent quota leaves the key usable', async () => {
    const { metadata } = await outcomeOf({ valid: true, outcome: 'quota_exhausted', error: 'limit reached' });
    expect(metadata).toMatchObject({ validationStatus: 'valid', lastValidatedAt: START, lastError: 'limit reached' });
    expect(isByokKeyUsable(metadata, DAY_MS, Date.parse(START))).toBe(true);
  });

  it('with an expiry that cannot be read makes the key unusable', async () => {
    const { outcome, metadata } = await outcomeOf({ valid: true, expiresAt: 'soon' });
    expect(outcome).toBe('valid');
    expect(isByokKeyUsable(metadata, DAY_MS, Date.parse(START))).toBe(false);
  });
});

describe('a check that cannot tell', () => {
  const failures: Record<string, () => Promise<ByokKeyValidationResult>> = {
    'a lifecycle that throws': async () => {
      throw new TypeError('fetch failed');
    },
    'a lifecycle that throws at once': () => {
      throw new TypeError('fetch failed');
    },
    'an answer of 503': async () => {
      throw Object.assign(new TypeError('Service unavailable'), { status: 503 });
    },
    'an error that says 401': async () => {
      throw Object.assign(new TypeError('Unauthorized'), { status: 401 });
    },
    'a lifecycle that does not answer': async () => new Promise(() => {}),
  };

  it.each(Object.entries(failures))('(%s) leaves the status, and lets the key go stale', async (_what, validateKey) => {
    const app = application();
    await app.runner.validate(app.subject);
    await app.clock.advance(HOUR_MS);
    app.provider.validateKey = validateKey;
    const { outcome, error, record } = await app.clock.settle(app.runner.validate(app.subject));
    expect(outcome).toBe('unknown');
    expect(error).toMatch(/fetch failed|unavailable|Unauthorized|did not answer within 30000 ms/);
    expect(record.metadata).toMatchObject({ validationStatus: 'valid', lastValidatedAt: START, lastError: error });
    expect(record.validation).toMatchObject({ outcome: 'unknown', unknownsInARow: 1 });
    expect(isByokKeyUsable(record.metadata, DAY_MS, Date.parse(START) + DAY_MS + 1)).toBe(false);
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('counts how often in a row, until one can', async () => {
    const app = application();
    app.provider.answers.set(KEY, { valid: false, outcome: 'unknown', retryAfterMs: 5_000 });
    for (let round = 1; round <= 3; round += 1) {
      const { record } = await app.runner.validate(app.subject);
      expect(record.validation).toEqual({
        outcome: 'unknown',
        checkedAt: START,
        unknownsInARow: round,
        notBefore: '2026-01-01T00:00:05.000Z',
      });
    }
    app.provider.answers.clear();
    const { record } = await app.runner.validate(app.subject);
    expect(record.validation).toEqual({ outcome: 'valid', checkedAt: START, unknownsInARow: 0 });
    expect(record.metadata).not.toHaveProperty('lastError');
  });

  it('asks a provider that wants a year to pass again after a day', async () => {
    const app = application();
    app.provider.answers.set(KEY, { valid: false, outcome: 'unknown', retryAfterMs: 1e15 });
    const { record } = await app.runner.validate(app.subject);
    expect(record.validation?.notBefore).toBe('2026-01-02T00:00:00.000Z');
  });

  it.each([
    ['that cannot be reached', 'UNAVAILABLE', 'the backend is down'],
    ['that refuses', 'FORBIDDEN', 'the backend is down'],
  ] as const)('follows from a backend %s', async (_what, code, message) => {
    const backend = new (class extends MemorySecretProvider {
      override async getSecret(reference: string): Promise<never> {
        throw new SecretProviderError({ code, message, provider: 'memory', reference });
      }
    })();
    const app = application({ secrets: backend });
    const { outcome, error, record } = await app.runner.validate(app.subject);
    expect({ outcome, error }).toEqual({ outcome: 'unknown', error: message });
    expect(record.metadata.validationStatus).toBe('unknown');
    expect(app.provider.calls).toEqual([]);
  });

  it('follows from a backend that holds no secret, or does not answer', async () => {
    const empty = application({ secrets: new MemorySecretProvider() });
    expect((await empty.runner.validate(empty.subject)).error).toBe(
      "There is no secret under the connection's reference",
    );
    const hanging = application({
      secrets: new (class extends MemorySecretProvider {
        override async getSecret(): Promise<never> {
          return new Promise(() => {});
        }
      })(),
    });
    const { error } = await hanging.clock.settle(hanging.runner.validate(hanging.subject));
    expect(error).toBe('The secret backend did not answer within 15000 ms');
  });

  it('of another key than was validated says nothing of the one before', async () => {
    const app = application();
    await app.runner.validate(app.subject);
    await app.secrets.setSecret(REFERENCE, { data: '{"apiKey":"key-by-hand"}' });
    app.provider.answers.set('key-by-hand', { valid: false, outcome: 'unknown' });
    const { record } = await app.runner.validate(app.subject);
    expect(record.metadata).toMatchObject({ validationStatus: 'unknown' });
    expect(record.metadata).not.toHaveProperty('lastValidatedAt');
    expect(record.keyVersion).toBe('2');
  });
});

describe('a key that does not fit the schema of its secret', () => {
  it('is invalid without being shown to the provider, and the message holds no value', async () => {
    const app = application({
      secrets: new MemorySecretProvider({ secrets: { [REFERENCE]: '{"apiKey":"k","token":"sk-wrong-field"}' } }),
    });
    const { outcome, error, record } = await app.runner.validate(app.subject);
    expect(outcome).toBe('invalid');
    expect(error).toMatch(/^The secret does not fit the schema of "ai-llm.example": .* at "\/apiKey"$/);
    expect(JSON.stringify(record)).not.toContain('sk-wrong-field');
    expect(app.provider.calls).toEqual([]);
  });

  it('is taken as the call would get it: numbers and flags as text', async () => {
    const schema = { type: 'object', properties: { port: { type: 'string' } }, required: ['port'] };
    const app = application({
      secrets: new MemorySecretProvider({ secrets: { [REFERENCE]: '{"port":5432}' } }),
      subject: { spec: { ...SPEC, secretSchema: { schema } } },
    });
    app.provider.answers.set('', { valid: true });
    expect((await app.runner.validate(app.subject)).outcome).toBe('valid');
  });

  it('is not checked at all without a spec', async () => {
    const app = application({ secrets: new MemorySecretProvider({ secrets: { [REFERENCE]: '{"apiKey":"k"}' } }) });
    app.provider.answers.set('k', { valid: true });
    expect((await app.runner.validate({ connection: connectionOf() })).outcome).toBe('valid');
  });
});

describe('a check beside other work', () => {
  it('is made again when the key is replaced meanwhile', async () => {
    const app = application();
    let rotated = false;
    app.provider.interfere = async (call, key) => {
      if (call !== 'validate' || key !== KEY || rotated) return;
      rotated = true;
      await app.runner.rotate(app.subject, { reason: 'compromised' });
    };
    const { outcome, record } = await app.runner.validate(app.subject);
    expect(outcome).toBe('valid');
    expect(record).toMatchObject({ generation: 1, keyVersion: '2', metadata: { validationStatus: 'valid' } });
    expect(app.provider.calls.filter((call) => call.startsWith('validate'))).toEqual([
      'validate key-0',
      'validate key-1',
      'validate key-1',
    ]);
  });

  it('ends with the caller’s reason when it is aborted, and notes nothing down', async () => {
    const app = application();
    const controller = new AbortController();
    const reason = new Error('left');
    app.provider.interfere = () => controller.abort(reason);
    await expect(app.runner.validate(app.subject, { signal: controller.signal })).rejects.toBe(reason);
    await expect(app.runner.validate(app.subject, { signal: controller.signal })).rejects.toBe(reason);
    expect(await app.store.load(OWNER)).toBeUndefined();
    expect(app.clock.pendingTimers).toBe(0);
  });

  it('forgets what it knew when the connection points to another secret', async () => {
    const app = application();
    await app.runner.validate(app.subject);
    await app.secrets.setSecret('memory://other', { data: '{"apiKey":"key-other"}' });
    app.provider.answers.set('key-other', { valid: false, outcome: 'unknown' });
    const moved = { ...app.subject, connection: connectionOf({ secretRef: 'memory://other' }) };
    const { record } = await app.runner.validate(moved);
    expect(record).toMatchObject({ secretRef: 'memory://other', metadata: { validationStatus: 'unknown' } });
    expect(record.metadata).not.toHaveProperty('lastValidatedAt');
  });
});

describe('a connection that is not the runner’s business', () => {
  it.each([
    ['managed', { ownershipMode: 'managed' as const }, 'its ownership mode is "managed"'],
    ['pinned to a version', { secretRef: `${REFERENCE}?version=1` }, 'pinned to one version'],
    ['pinned to a stage', { secretRef: `${REFERENCE}?stage=AWSCURRENT` }, 'pinned to one version'],
    ['without a reference', { secretRef: 'no reference' }, 'does not follow the grammar'],
    ['without an id', { meta: { ...connectionOf().meta, id: '' } }, 'has no id'],
    ['without a tenant', { meta: { ...connectionOf().meta, tenantId: '' } }, 'has no id, or no tenant'],
  ])('is refused: %s', async (_what, more, message) => {
    const app = application();
    const subject = { ...app.subject, connection: connectionOf(more) };
    const refusal = { name: 'ByokError', code: 'INVALID_REQUEST', message: expect.stringContaining(message) };
    await expect(app.runner.validate(subject)).rejects.toMatchObject(refusal);
    await expect(app.runner.rotate(subject, { reason: 'manual' })).rejects.toMatchObject(refusal);
    await expect(app.runner.resume(subject)).rejects.toMatchObject(refusal);
  });
});

describe('a store', () => {
  it('that fails or hangs fails the check with STORE_FAILED', async () => {
    const cause = new Error('disk full');
    class Failing extends MemoryByokKeyStore {
      override async load(): Promise<never> {
        throw cause;
      }
    }
    class Hanging extends MemoryByokKeyStore {
      override async load(): Promise<never> {
        return new Promise(() => {});
      }
    }
    const failing = application({ store: new Failing() });
    const refusal = { code: 'STORE_FAILED', retryable: true };
    await expect(failing.runner.validate(failing.subject)).rejects.toMatchObject({ ...refusal, cause });
    const hanging = application({ store: new Hanging() });
    await expect(hanging.clock.settle(hanging.runner.validate(hanging.subject))).rejects.toMatchObject(refusal);
  });

  it('that gives another tenant’s record is not believed', async () => {
    class Confused extends MemoryByokKeyStore {
      override async load(owner: ByokKeyOwner) {
        const record = await super.load(owner);
        return record === undefined ? undefined : { ...record, tenantId: 'other' };
      }
    }
    const app = application({ store: new Confused() });
    await app.runner.validate(app.subject);
    await expect(app.runner.validate(app.subject)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });

  it('whose record never stays the same ends in CONFLICT', async () => {
    class Crowded extends MemoryByokKeyStore {
      override async save(): Promise<undefined> {
        return undefined;
      }
    }
    const app = application({ store: new Crowded() });
    await expect(app.runner.validate(app.subject)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

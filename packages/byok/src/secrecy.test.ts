import type { ByokKeyLifecycle, ByokKeyValidationResult } from '@mortise/core';
import { SecretProviderError } from '@mortise/secrets';
import { MemorySecretProvider } from '@mortise/secrets/testing';
import { assertNoCanary, createCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { application, DAY_MS, REFERENCE } from './__fixtures__/application.ts';

const OLD = createCanary(1);
const NEW = createCanary(2);

/** Ways in which a provider or its client puts a key into what it says. */
const leaks: Record<string, (key: string) => string> = {
  plain: (key) => `401 for key ${key}`,
  'in base64': (key) => `header was ${btoa(`user:${key}`)}`,
  'percent-encoded': (key) => `GET /v1?key=${encodeURIComponent(key)} failed`,
  'JSON-escaped': (key) => JSON.stringify({ headers: JSON.stringify({ authorization: key }) }),
};

function lifecycleThat(act: (call: string, key: string) => ByokKeyValidationResult): ByokKeyLifecycle {
  return {
    validateKey: async (secrets) => act('validate', secrets['apiKey'] ?? ''),
    rotateKey: async (secrets) => {
      act('rotate', secrets['apiKey'] ?? '');
      return { success: true, newSecrets: { apiKey: NEW } };
    },
    revokeKey: async (secrets) => void act('revoke', secrets['apiKey'] ?? ''),
  };
}

/** Runs everything once and gives all that came out of it. */
async function outputsOf(
  lifecycle: ByokKeyLifecycle,
  secrets = backend(),
  placement: 'auto' | 'sibling' = 'auto',
): Promise<unknown[]> {
  const app = application({ secrets, placement });
  const runner = app.runnerWith({ lifecycle });
  const caught = async (work: Promise<unknown>): Promise<unknown> =>
    app.clock.settle(work).catch((error: unknown) => error);
  const outputs: unknown[] = [
    await caught(runner.validate(app.subject)),
    await caught(runner.rotate(app.subject, { reason: 'scheduled', maxWaitMs: 3 * DAY_MS })),
    await caught(runner.rotate(app.subject, { reason: 'compromised', maxWaitMs: 3 * DAY_MS })),
    await caught(runner.rotate(app.subject, { reason: 'manual', newSecrets: { apiKey: NEW }, maxWaitMs: 0 })),
    await caught(runner.rotate(app.subject, { reason: 'manual', newSecretRef: NEW })),
  ];
  await app.clock.advance(2 * DAY_MS);
  outputs.push(
    await caught(runner.resume(app.subject, { maxWaitMs: 0 })),
    await app.store.load(app.events[0] ?? { tenantId: '', connectionId: '' }),
    app.events,
  );
  return outputs;
}

function backend(): MemorySecretProvider {
  return new MemorySecretProvider({ secrets: { [REFERENCE]: JSON.stringify({ apiKey: OLD }) } });
}

function expectNoKeyIn(outputs: readonly unknown[]): void {
  for (const key of [OLD, NEW]) {
    for (const output of outputs) expect(() => assertNoCanary(JSON.stringify(output) ?? '', key)).not.toThrow();
    expect(() => assertNoCanary(structuredClone(outputs.at(-1)), key)).not.toThrow();
  }
}

describe('a key', () => {
  it.each(Object.entries(leaks))('that the provider’s errors carry %s is in no output', async (_how, leak) => {
    const outputs = await outputsOf(
      lifecycleThat((_call, key) => {
        throw Object.assign(new TypeError(leak(key)), { config: { headers: { Authorization: key } } });
      }),
    );
    expectNoKeyIn(outputs);
    expect(JSON.stringify(outputs)).toContain('[redacted]');
  });

  it.each(Object.entries(leaks))('that a refusal carries %s is in no output', async (_how, leak) => {
    const outputs = await outputsOf(lifecycleThat((_call, key) => ({ valid: false, error: leak(key) })));
    expectNoKeyIn(outputs);
    expect(JSON.stringify(outputs)).toContain('[redacted]');
  });

  it('that a good answer carries in scopes, quotas, expiry and more is in no output', async () => {
    const outputs = await outputsOf(
      lifecycleThat((_call, key) => ({
        valid: true,
        scopes: [`key:${key}`],
        quotaRemaining: { [`of ${key}`]: 3 },
        expiresAt: key,
        providerMeta: { key },
        missingScopes: [key],
      })),
    );
    expectNoKeyIn(outputs);
    expect(JSON.stringify(outputs)).toContain('"status":"completed"');
  });

  it('that is refused as new, and told of by the rotation itself, is in no output', async () => {
    const outputs = await outputsOf({
      validateKey: async () => ({ valid: true }),
      rotateKey: async (secrets) => ({
        success: false,
        error: `made ${NEW} from ${secrets['apiKey']}`,
        newSecrets: { apiKey: NEW },
      }),
    });
    expectNoKeyIn(outputs);
    expect(JSON.stringify(outputs)).toContain('made [redacted] from [redacted]');
  });

  it.each(['getSecret', 'setSecret', 'stageSecret', 'promoteSecret', 'retireVersion'] as const)(
    'that the backend echoes when %s fails is in no output',
    async (operation) => {
      const secrets = backend();
      const original: unknown = Reflect.get(secrets, operation);
      let calls = 0;
      Reflect.set(secrets, operation, async (...args: readonly unknown[]) => {
        calls += 1;
        if (calls % 2 === 0 && calls < 60) {
          const message = `refused ${OLD} and ${NEW}`;
          const cause = { request: { body: NEW } };
          throw new SecretProviderError({ code: 'UNAVAILABLE', message, provider: 'm', reference: REFERENCE, cause });
        }
        return typeof original === 'function' ? Reflect.apply(original, secrets, args) : undefined;
      });
      const outputs = await outputsOf(
        lifecycleThat(() => ({ valid: true })),
        secrets,
        operation === 'setSecret' ? 'sibling' : 'auto',
      );
      expectNoKeyIn(outputs);
      expect(calls).toBeGreaterThan(0);
    },
  );

  it('that is pasted where a reference belongs is in no error', async () => {
    const app = application();
    const error = await app.runner
      .rotate(app.subject, { reason: 'manual', newSecretRef: NEW })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(() => assertNoCanary(error, NEW)).not.toThrow();
    expect(() => assertNoCanary(error instanceof Error ? error.stack : '', NEW)).not.toThrow();
  });
});

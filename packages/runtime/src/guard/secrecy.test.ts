import { assertNoCanary, createCanary } from '@mortise/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf, integrationOf, secretsOf, secretsThat, secretValue } from '../__fixtures__/application.ts';
import { RecordingSink } from '../__fixtures__/recording-sink.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

const CANARY = createCanary();
const SECRET = JSON.stringify({ apiKey: CANARY });

/** Ways in which providers and clients put a credential into an error. */
const leaks: Record<string, (secret: string) => unknown> = {
  'in its message': (secret) => new Error(`401 for key ${secret}`),
  'in base64': (secret) => new Error(`header was ${btoa(`user:${secret}`)}`),
  'percent-encoded': (secret) => new Error(`GET /v1?key=${encodeURIComponent(secret)} failed`),
  'JSON-escaped': (secret) => new Error(JSON.stringify({ headers: JSON.stringify({ authorization: secret }) })),
  'in its code': (secret) => Object.assign(new Error('failed'), { code: secret }),
  'in its request headers': (secret) =>
    Object.assign(new Error('failed'), { config: { headers: { Authorization: `Bearer ${secret}` } } }),
  'in a cause five deep': (secret) => {
    let error = new Error(`bad key ${secret}`);
    for (let depth = 0; depth < 5; depth += 1) error = new Error('wrapped', { cause: error });
    return error;
  },
  'in an AggregateError': (secret) => new AggregateError([new Error(secret)], `all failed with ${secret}`),
  'as a thrown text': (secret) => `key ${secret} refused`,
};

describe('a secret', () => {
  it.each(Object.entries(leaks))('that an error carries %s is in no output', async (_name, leak) => {
    const sink = new RecordingSink();
    const guard = new IntegrationCallGuard(secretsOf(SECRET), { telemetry: sink });
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () =>
      Promise.reject(leak(CANARY)),
    );
    expect(result.success).toBe(false);
    expect(JSON.stringify([result, sink])).not.toContain('[object Error]');
    for (const output of [JSON.stringify(result), JSON.stringify(sink)]) assertNoCanary(output, CANARY);
    assertNoCanary(structuredClone(sink.attempts), CANARY);
    assertNoCanary(structuredClone(sink.calls), CANARY);
  });

  it('is in no output whatever text surrounds it in the message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (before, after) => {
        const guard = new IntegrationCallGuard(secretsOf(SECRET));
        const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () =>
          Promise.reject(new Error(before + CANARY + after)),
        );
        expect(() => assertNoCanary(JSON.stringify(result), CANARY)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('prints as [redacted] where the executor prints it', async () => {
    const guard = new IntegrationCallGuard(secretsOf(SECRET));
    const result = await guard.executeWithGuards(
      'primary-llm',
      'chat',
      {},
      configOf(),
      (_connection, secrets) =>
        // oxlint-disable-next-line typescript/restrict-template-expressions, typescript/no-base-to-string
        `${JSON.stringify({ secrets })} ${secrets}`,
    );
    expect(result.data).toBe('{"secrets":{"apiKey":"[redacted]"}} [redacted]');
  });

  it('that does not fit its schema is not shown by the problems', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.oneof(fc.constant(CANARY), fc.constant([CANARY]))),
        async (fields) => {
          const guard = new IntegrationCallGuard(secretsOf(JSON.stringify({ ...fields, apiKey: 7 })));
          const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => 1);
          expect(result.error?.code).toBe('SECRET_INVALID');
          assertNoCanary(JSON.stringify(result), CANARY);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('that was refused and replaced is still kept out of the errors', async () => {
    const fresh = createCanary(2);
    const provider = secretsThat(async () => secretValue(SECRET), {
      refresh: async () => secretValue(JSON.stringify({ apiKey: fresh })),
    });
    const sink = new RecordingSink();
    const guard = new IntegrationCallGuard(provider, { telemetry: sink });
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () =>
      Promise.reject(Object.assign(new Error(`no access with ${CANARY} or ${fresh}`), { status: 401 })),
    );
    expect(result.metadata.attempts).toBe(2);
    for (const canary of [CANARY, fresh]) {
      expect(() => assertNoCanary(JSON.stringify([result, sink]), canary)).not.toThrow();
    }
  });

  it('shape in a backend’s error is not passed on', async () => {
    const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
    const guard = new IntegrationCallGuard(secretsThat(() => Promise.reject(new Error(`token ${token} expired`))));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () => 1);
    expect(JSON.stringify(result)).not.toContain(token);
  });

  it('of a failed call is still in the original cause, which is not enumerable', async () => {
    const cause = new Error(`bad key ${CANARY}`);
    const guard = new IntegrationCallGuard(secretsOf(SECRET));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(integrationOf()), () =>
      Promise.reject(cause),
    );
    expect(result.error?.cause).toBe(cause);
    expect(Object.keys(result.error ?? {})).not.toContain('cause');
  });
});

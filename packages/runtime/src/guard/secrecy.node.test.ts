import { inspect } from 'node:util';
import { assertNoCanary, createCanary } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { configOf, secretsOf } from '../__fixtures__/application.ts';
import { IntegrationCallGuard } from './integration-call-guard.ts';

const CANARY = createCanary();

describe('util.inspect, and so console.log, of a secret', () => {
  it('shows nothing of it in the executor’s secrets and context', async () => {
    const guard = new IntegrationCallGuard(secretsOf(JSON.stringify({ apiKey: CANARY })));
    const result = await guard.executeWithGuards(
      'primary-llm',
      'chat',
      {},
      configOf(),
      (_connection, secrets, context) => inspect({ secrets, context }, { depth: 10 }),
    );
    expect(result.data).toContain('[redacted]');
    assertNoCanary(result.data, CANARY);
  });

  it('shows nothing of it in a failed result, nor in the guard', async () => {
    const guard = new IntegrationCallGuard(secretsOf(JSON.stringify({ apiKey: CANARY })));
    const result = await guard.executeWithGuards('primary-llm', 'chat', {}, configOf(), () =>
      Promise.reject(new Error('outer', { cause: new Error(CANARY) })),
    );
    expect(() => assertNoCanary(inspect(result, { depth: 10 }), CANARY)).not.toThrow();
    expect(() => assertNoCanary(inspect(guard, { depth: 10, showHidden: true }), CANARY)).not.toThrow();
  });
});

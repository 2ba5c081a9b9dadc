import { describe, expect, it, vi } from 'vitest';

describe('the established examples', () => {
  it('define and register a spec, loose as it is written', async () => {
    const { registry, spec } = await import('./__fixtures__/readme/define-and-register.ts');
    expect(registry.get('payments.example')).toBe(spec);
    expect(registry.get('payments.example', 1)).toBe(spec);
    expect(registry.getByCategory('payments')).toEqual([spec]);
    expect(spec.meta).toMatchObject({ version: '1', description: 'Example Payments', stability: 'stable' });
    expect(spec.capabilities.provides).toEqual([{ key: 'payments.process', version: '1.0.0' }]);
  });

  it('make a guarded call with a secret of the environment, found by a derived name', async () => {
    vi.stubEnv('EXAMPLES_LLM_KEY', 'key-of-the-example');
    const { result } = await import('./__fixtures__/readme/guarded-call.ts');
    expect(result).toMatchObject({
      success: true,
      data: { text: 'Hello from Our model', hasKey: true },
      metadata: { connectionId: 'conn-1', ownershipMode: 'byok', attempts: 1 },
    });
  });

  it('model the state of a sync', async () => {
    const { delta } = await import('./__fixtures__/readme/delta-state.ts');
    expect(delta).toMatchObject({
      lease: { renewalWindowMs: 60_000 },
      idempotencyKey: 'tenant:gmail:provider-event-1',
      replayCheckpoint: { checkpointId: 'replay-1' },
    });
  });
});

import { IntegrationSpecRegistry, makeIntegrationSpecKey, type ConfigOf, type SecretsOf } from '@mortise/core';
import { validateAgainstSchema } from '@mortise/core/schema';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { mistralIntegrationSpec, registerMistralIntegration } from './mistral.ts';

const { schema } = mistralIntegrationSpec.configSchema;

describe('the Mistral spec', () => {
  it('is registered as it is, and the registry returned', () => {
    const registry = new IntegrationSpecRegistry();
    expect(registerMistralIntegration(registry)).toBe(registry);
    expect(registry.get('ai-llm.mistral')).toBe(mistralIntegrationSpec);
    expect(makeIntegrationSpecKey(mistralIntegrationSpec.meta)).toBe('ai-llm.mistral.v1.0.0');
  });

  it('cannot be registered twice', () => {
    const registry = registerMistralIntegration(new IntegrationSpecRegistry());
    expect(() => registerMistralIntegration(registry)).toThrow(/ai-llm\.mistral/);
  });

  it('lets a connection choose among the hosts of the vendor and no others', () => {
    expect(validateAgainstSchema<unknown>(schema, { baseUrl: 'https://api.eu.mistral.ai' }).valid).toBe(true);
    expect(validateAgainstSchema<unknown>(schema, { baseUrl: 'https://169.254.169.254' }).valid).toBe(false);
  });

  it('takes an empty configuration: the vendor has defaults', () => {
    expect(validateAgainstSchema<unknown>(schema, {}).valid).toBe(true);
  });

  it.each([['Mistral-Large'], ['mistral large'], ['../models'], ['']])('refuses the model id %j', (model) => {
    expect(validateAgainstSchema<unknown>(schema, { model }).valid).toBe(false);
  });

  it.each([['two words'], ['line\nbreak'], ['ключ'], ['']])(
    'refuses the key %j, which no header can carry',
    (apiKey) => {
      expect(validateAgainstSchema<unknown>(mistralIntegrationSpec.secretSchema.schema, { apiKey }).valid).toBe(false);
    },
  );

  it('states no limits: they depend on the plan and the model', () => {
    expect(mistralIntegrationSpec.constraints).toBeUndefined();
  });

  it('infers its config and secret types', () => {
    expectTypeOf<SecretsOf<typeof mistralIntegrationSpec>>().toEqualTypeOf<{ apiKey: string }>();
    expectTypeOf<ConfigOf<typeof mistralIntegrationSpec>['model']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<ConfigOf<typeof mistralIntegrationSpec>>().not.toHaveProperty('defaultModel');
  });
});

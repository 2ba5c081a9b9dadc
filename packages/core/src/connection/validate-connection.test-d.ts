import { describe, expectTypeOf, it } from 'vitest';
import type { ValidationResult } from '../schema/validation.ts';
import { defineIntegration } from '../spec/define-integration.ts';
import type { IntegrationSpec } from '../spec/integration-spec.ts';
import type { IntegrationConnection } from './connection.ts';
import { validateConnection, validateSecret } from './validate-connection.ts';

const spec = defineIntegration({
  meta: { key: 'a', version: 1, owners: [], tags: [], category: 'custom' },
  supportedModes: ['managed'],
  capabilities: { provides: [] },
  configSchema: {
    schema: {
      type: 'object',
      properties: { region: { type: 'string' }, limit: { type: 'number' } },
      required: ['region'],
    },
  },
  secretSchema: { schema: { type: 'object', properties: { apiKey: { type: 'string' } }, required: ['apiKey'] } },
});

describe('validateConnection', () => {
  it('knows the configuration that the spec describes', () => {
    const result = validateConnection(spec, {});
    if (!result.valid) return;
    expectTypeOf(result.value.config).toEqualTypeOf<{ region: string; limit?: number }>();
    // @ts-expect-error the field is called region
    expectTypeOf(result.value.config.regoin).toBeAny();
  });

  it('knows only that there are fields when the spec could be any', () => {
    expectTypeOf(validateConnection<IntegrationSpec>(spec, {})).toEqualTypeOf<
      ValidationResult<IntegrationConnection>
    >();
  });
});

describe('validateSecret', () => {
  it('knows the fields that the spec describes', () => {
    const result = validateSecret(spec, {});
    if (!result.valid) return;
    expectTypeOf(result.value).toEqualTypeOf<{ apiKey: string }>();
    // @ts-expect-error the field is called apiKey
    expectTypeOf(result.value.apikey).toBeAny();
  });

  it('offers no value without a check of the result', () => {
    // @ts-expect-error the result may hold problems instead
    expectTypeOf(validateSecret(spec, {}).value).toBeAny();
  });
});

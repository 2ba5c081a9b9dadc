import { assertType, describe, expectTypeOf, it } from 'vitest';
import { Type } from '../schema/index.ts';
import { defineIntegration } from './define-integration.ts';
import { IntegrationSpecRegistry } from './integration-spec-registry.ts';
import type { IntegrationSpecInput } from './integration-spec-input.ts';
import type { ConfigOf, IntegrationSpec, SecretsOf } from './integration-spec.ts';

const base = {
  meta: { key: 'ai.example', version: '1.0.0', owners: ['@team'], tags: [], category: 'ai-llm' },
  supportedModes: ['managed'],
  capabilities: { provides: [{ key: 'ai.chat' }] },
} as const satisfies Partial<IntegrationSpecInput>;

describe('defineIntegration', () => {
  it('infers both types from plain JSON Schema literals', () => {
    const spec = defineIntegration({
      ...base,
      configSchema: {
        schema: {
          type: 'object',
          properties: { region: { enum: ['eu', 'us'] }, maxTokens: { type: 'integer' } },
          required: ['region'],
        },
        example: { region: 'eu' },
      },
      secretSchema: {
        schema: { type: 'object', properties: { apiKey: { type: 'string' } }, required: ['apiKey'] },
        example: { apiKey: 'key_xxxx' },
      },
    });
    expectTypeOf<ConfigOf<typeof spec>>().toEqualTypeOf<{ region: 'eu' | 'us'; maxTokens?: number }>();
    expectTypeOf<SecretsOf<typeof spec>>().toEqualTypeOf<{ apiKey: string }>();
  });

  it('infers both types from TypeBox schemas', () => {
    const spec = defineIntegration({
      ...base,
      configSchema: {
        schema: Type.Object({ region: Type.String(), limit: Type.Optional(Type.Number()) }),
        example: { region: 'eu' },
      },
      secretSchema: { schema: Type.Object({ apiKey: Type.String() }), example: { apiKey: 'key_xxxx' } },
    });
    expectTypeOf<ConfigOf<typeof spec>>().toEqualTypeOf<{ region: string; limit?: number }>();
    expectTypeOf<SecretsOf<typeof spec>>().toEqualTypeOf<{ apiKey: string }>();
  });

  it('infers alternatives as a union', () => {
    const spec = defineIntegration({
      ...base,
      configSchema: { schema: { type: 'object' } },
      secretSchema: {
        schema: Type.Union([
          Type.Object({ apiKey: Type.String() }),
          Type.Object({ username: Type.String(), password: Type.String() }),
        ]),
      },
    });
    expectTypeOf<SecretsOf<typeof spec>>().toEqualTypeOf<{ apiKey: string } | { username: string; password: string }>();
  });

  it('knows nothing of the fields of a mere object schema or an unknown one', () => {
    const schema: unknown = { type: 'object' };
    const spec = defineIntegration({ ...base, configSchema: { schema: { type: 'object' } }, secretSchema: { schema } });
    expectTypeOf<ConfigOf<typeof spec>>().toEqualTypeOf<Record<string, unknown>>();
    expectTypeOf<SecretsOf<typeof spec>>().toEqualTypeOf<Record<string, string>>();
  });

  it('refuses a wrong field name or type in an example', () => {
    const config = { type: 'object', properties: { region: { type: 'string' } }, required: ['region'] } as const;
    const secret = { type: 'object', properties: { apiKey: { type: 'string' } }, required: ['apiKey'] } as const;
    assertType<() => void>(() => {
      defineIntegration({
        ...base,
        // @ts-expect-error the field is called region
        configSchema: { schema: config, example: { regoin: 'eu' } },
        secretSchema: { schema: secret },
      });
      defineIntegration({
        ...base,
        // @ts-expect-error region is text
        configSchema: { schema: config, example: { region: 1 } },
        secretSchema: { schema: secret },
      });
      defineIntegration({
        ...base,
        configSchema: { schema: config },
        // @ts-expect-error the field is called apiKey
        secretSchema: { schema: secret, example: { apikey: 'key_xxxx' } },
      });
      defineIntegration({
        ...base,
        configSchema: { schema: config },
        // @ts-expect-error the field is called apiKey, in a TypeBox schema too
        secretSchema: { schema: Type.Object({ apiKey: Type.String() }), example: { apiKey: 'a', token: 'b' } },
      });
    });
  });

  it('refuses an unknown mode, stability, transport or field', () => {
    const schemas = { configSchema: { schema: {} }, secretSchema: { schema: {} } };
    assertType<() => void>(() => {
      // @ts-expect-error not an ownership mode
      defineIntegration({ ...base, ...schemas, supportedModes: ['shared'] });
      // @ts-expect-error not a stability
      defineIntegration({ ...base, ...schemas, meta: { ...base.meta, stability: 'new' } });
      // @ts-expect-error not a transport
      defineIntegration({ ...base, ...schemas, transports: [{ type: 'soap' }] });
      // @ts-expect-error not a field
      defineIntegration({ ...base, ...schemas, preferedTransport: 'rest' });
    });
  });
});

describe('IntegrationSpec', () => {
  it('takes a spec of any config and secret type', () => {
    const spec = defineIntegration({
      ...base,
      configSchema: { schema: Type.Object({ limit: Type.Optional(Type.Number()) }) },
      secretSchema: {
        schema: Type.Object({ key: Type.Object({ id: Type.Number() }), hint: Type.Optional(Type.String()) }),
      },
    });
    expectTypeOf(spec).toExtend<IntegrationSpec>();
    const specs: IntegrationSpec[] = [spec];
    expectTypeOf(new IntegrationSpecRegistry([spec, ...specs]).get('ai.example')).toEqualTypeOf<
      IntegrationSpec | undefined
    >();
  });

  it('stands for records when its types are not known', () => {
    expectTypeOf<ConfigOf<IntegrationSpec>>().toEqualTypeOf<Record<string, unknown>>();
    expectTypeOf<SecretsOf<IntegrationSpec>>().toEqualTypeOf<Record<string, string>>();
  });

  it('does not mix up specs of different types', () => {
    expectTypeOf<IntegrationSpec<{ region: string }>>().not.toExtend<IntegrationSpec<{ tenant: string }>>();
  });

  it('is what a resolver of specs looks things up in', () => {
    interface SpecSource {
      get(key: string, version?: string): IntegrationSpec | undefined;
    }
    expectTypeOf<IntegrationSpecRegistry>().toExtend<SpecSource>();
  });
});

import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { defineIntegration } from './define-integration.ts';
import { IntegrationSpecError } from './integration-spec-error.ts';

describe('defineIntegration', () => {
  it('fills in what an author may leave out', () => {
    const spec = defineIntegration(smallSpec());
    expect(spec.meta).toMatchObject({ version: '1', description: 'Example Payments', stability: 'stable' });
    expect(spec.capabilities.provides).toEqual([{ key: 'payments.process', version: '1.0.0' }]);
    const { title: _title, ...untitled } = smallSpec().meta;
    expect(defineIntegration({ ...smallSpec(), meta: untitled }).meta.description).toBe('payments.example');
  });

  it('leaves the object of the author as it was when it fills something in', () => {
    const input = smallSpec();
    const before = structuredClone(input);
    expect(defineIntegration(input)).not.toBe(input);
    expect(input).toEqual(before);
    expect(Object.isFrozen(input)).toBe(false);
  });

  it('returns the very same object when nothing was missing, and does so again', () => {
    const spec = exampleSpec();
    expect(defineIntegration(spec)).toBe(spec);
    expect(defineIntegration(defineIntegration(smallSpec()))).toEqual(defineIntegration(smallSpec()));
    const defined = defineIntegration(smallSpec());
    expect(defineIntegration(defined)).toBe(defined);
  });

  it('freezes plain data all the way down, and nothing that a class made', () => {
    class Marker {
      seen = 0;
    }
    const marker = new Marker();
    const bytes = new Uint8Array([1]);
    const act = () => 1;
    const spec = defineIntegration({ ...exampleSpec(), 'x-parts': { marker, bytes, act, list: [{ a: 1 }] } });
    expect(Object.isFrozen(spec.transports?.[0])).toBe(true);
    expect(Object.isFrozen(spec.configSchema.schema)).toBe(true);
    expect(() => Object.assign(spec.meta, { key: 'other' })).toThrow(TypeError);
    expect([marker, bytes, act].map((part) => Object.isFrozen(part))).toEqual([false, false, false]);
    expect(spec['x-parts']).toMatchObject({ list: [{ a: 1 }] });
  });

  it('takes TypeBox schemas', () => {
    const spec = defineIntegration({
      ...smallSpec(),
      configSchema: { schema: Type.Object({ region: Type.String() }), example: { region: 'eu' } },
    });
    expect(spec.configSchema.example).toEqual({ region: 'eu' });
  });

  it('throws one error with everything that is wrong, the first problems in the message', () => {
    const broken = { ...exampleSpec(), docsUrl: 'ftp://x', preferredTransport: 'soap', bogus: 1 };
    let thrown: unknown;
    try {
      // @ts-expect-error not a transport, and not a field
      defineIntegration(broken);
    } catch (error) {
      thrown = error;
    }
    expect(IntegrationSpecError.is(thrown)).toBe(true);
    expect(thrown).toMatchObject({
      name: 'IntegrationSpecError',
      code: 'INVALID_SPEC',
      specKey: 'ai.example.v1.2.0',
      retryable: false,
      problems: [{ path: '/preferredTransport' }, { path: '/bogus' }, { path: '/docsUrl' }],
    });
    expect(String(thrown)).toMatch(
      /"ai\.example\.v1\.2\.0" has 3 problems: \/preferredTransport: expected one of "rest"/,
    );
  });

  it('counts the problems that its message has no room for', () => {
    const error = new IntegrationSpecError(
      'a.v1',
      Array.from({ length: 7 }, (_, index) => ({ path: index === 0 ? '' : `/${index}`, message: 'bad', keyword: 'x' })),
    );
    expect(error.message).toBe(
      'Integration spec "a.v1" has 7 problems: (spec): bad; /1: bad; /2: bad; /3: bad; /4: bad; and 2 more',
    );
  });

  it.each([null, undefined, 'spec', 1, [], {}, { meta: null }, { meta: { key: 5 } }])('refuses %j', (input) => {
    // @ts-expect-error not a spec
    expect(() => defineIntegration(input)).toThrow(IntegrationSpecError);
  });
});

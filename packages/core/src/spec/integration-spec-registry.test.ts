import { describe, expect, it } from 'vitest';
import { changed, exampleSpec, smallSpec } from '../__fixtures__/example-spec.ts';
import { defineIntegration } from './define-integration.ts';
import { DuplicateContractError } from './duplicate-contract-error.ts';
import { IntegrationSpecError } from './integration-spec-error.ts';
import { IntegrationSpecRegistry, makeIntegrationSpecKey } from './integration-spec-registry.ts';
import type { IntegrationSpec } from './integration-spec.ts';

const CATEGORIES = [
  'payments',
  'email',
  'vector-db',
  'database',
  'ai-llm',
  'calendar',
  'storage',
  'messaging',
  'of our own',
];

function specOf(category: string, key: string, version = '1.0.0'): IntegrationSpec {
  const spec = smallSpec(key, version);
  return defineIntegration({ ...spec, meta: { ...spec.meta, category } });
}

describe('IntegrationSpecRegistry', () => {
  it('registers a spec and gets it back by reference, with and without a version', () => {
    const spec = defineIntegration(exampleSpec());
    const registry = new IntegrationSpecRegistry().register(spec);
    expect(registry.get('ai.example')).toBe(spec);
    expect(registry.get('ai.example', '1.2.0')).toBe(spec);
    expect(registry.get('ai.example', '1.2')).toBeUndefined();
  });

  it('keeps and freezes a complete spec that was not defined before', () => {
    const spec: IntegrationSpec = exampleSpec();
    const registry = new IntegrationSpecRegistry([spec]);
    expect(registry.list()[0]).toBe(spec);
    expect(Object.isFrozen(spec.meta)).toBe(true);
  });

  it('refuses duplicates', () => {
    const registry = new IntegrationSpecRegistry([specOf('email', 'email.a')]);
    expect(() => registry.register(specOf('email', 'email.a'))).toThrow(
      /Duplicate contract.*integration.*email\.a\.v1\.0\.0/,
    );
    expect(() => registry.register(specOf('email', 'email.a'))).toThrow(DuplicateContractError);
    expect(registry.count()).toBe(1);
  });

  it('refuses a spec that does not hold together, and keeps nothing of it', () => {
    const registry = new IntegrationSpecRegistry();
    // @ts-expect-error the helper cannot know what it returns
    expect(() => registry.register(changed(exampleSpec(), '/docsUrl', 'x'))).toThrow(IntegrationSpecError);
    expect(registry.count()).toBe(0);
  });

  it('takes numeric versions from untyped sources and still finds the highest', () => {
    const registry = new IntegrationSpecRegistry();
    for (const version of [2, 10, 9]) registry.register(JSON.parse(JSON.stringify(smallSpec('a', version))));
    expect(registry.get('a')?.meta.version).toBe('10');
    expect(registry.get('a', 9)?.meta.version).toBe('9');
  });

  it.each(CATEGORIES)('finds the specs of the category "%s" in the order of registration', (category) => {
    const registry = new IntegrationSpecRegistry(
      ['b', 'a'].flatMap((key) => CATEGORIES.map((each, index) => specOf(each, `${key}.c${index}`))),
    );
    const index = CATEGORIES.indexOf(category);
    expect(registry.getByCategory(category).map((spec) => spec.meta.key)).toEqual([`b.c${index}`, `a.c${index}`]);
    expect(registry.getByCategory('none')).toEqual([]);
  });

  it('stays correct with ten thousand specs', () => {
    const registry = new IntegrationSpecRegistry();
    for (let index = 0; index < 10_000; index++)
      registry.register(specOf('email', `k.${index % 5000}`, `${index + 1}.0.0`));
    expect(registry.count()).toBe(10_000);
    expect(registry.get('k.4999')?.meta.version).toBe('10000.0.0');
    expect(registry.get('k.4999', '5000.0.0')?.meta.version).toBe('5000.0.0');
    expect(registry.filter({ keyPattern: 'k.49?9' })).toHaveLength(20);
  });
});

describe('makeIntegrationSpecKey', () => {
  it('joins key and version', () => {
    expect(makeIntegrationSpecKey({ key: 'payments.stripe', version: '1.0.0' })).toBe('payments.stripe.v1.0.0');
    expect(makeIntegrationSpecKey({ key: 'a', version: 1 })).toBe('a.v1');
  });
});

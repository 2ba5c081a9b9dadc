import { describe, expect, it } from 'vitest';
import { defineIntegration, IntegrationSpecRegistry } from '@mortise/core';
import { integrationCatalog } from './catalog-document.ts';
import { integrationSpecs } from './integration-specs.ts';

describe('the catalog as data', () => {
  it('holds every spec, sorted by key', () => {
    const keys = integrationCatalog().specs.map(({ meta }) => meta.key);
    expect(keys).toEqual(integrationSpecs.map(({ meta }) => meta.key).toSorted());
  });

  it('is JSON, the same at each call, and a copy of its own', () => {
    const catalog = integrationCatalog();
    expect(JSON.parse(JSON.stringify(catalog))).toEqual(catalog);
    expect(integrationCatalog()).toEqual(catalog);
    expect(integrationCatalog().specs[0]).not.toBe(catalog.specs[0]);
  });

  it('can be read back into a registry', () => {
    const registry = new IntegrationSpecRegistry(integrationCatalog().specs.map((spec) => defineIntegration(spec)));
    expect(registry.count()).toBe(integrationSpecs.length);
  });
});

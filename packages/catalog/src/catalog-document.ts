import type { IntegrationSpec } from '@mortise/core';
import { integrationSpecs } from './integration-specs.ts';

/** The catalog as plain data, which is what `@mortise/catalog/catalog.json` holds. */
export interface IntegrationCatalog {
  /** Sorted by key. */
  readonly specs: readonly IntegrationSpec[];
}

/** The whole catalog as data that survives JSON: a new copy, sorted by key. */
export function integrationCatalog(): IntegrationCatalog {
  const specs = integrationSpecs.toSorted((left, right) => (left.meta.key < right.meta.key ? -1 : 1));
  const copy: IntegrationCatalog = JSON.parse(JSON.stringify({ specs }));
  return copy;
}

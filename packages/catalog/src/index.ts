export type { IntegrationCatalog } from './catalog-document.ts';
export { integrationCatalog } from './catalog-document.ts';
export { createDefaultIntegrationSpecRegistry } from './default-registry.ts';
export type { CatalogRow } from './facts/catalog-table.ts';
export { catalogTable } from './facts/catalog-table.ts';
export type { FactState, SpecFact } from './facts/spec-facts.ts';
export { factsOf, SPEC_FACTS } from './facts/spec-facts.ts';
export { integrationSpecs } from './integration-specs.ts';

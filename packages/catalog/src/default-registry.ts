import { IntegrationSpecRegistry } from '@mortise/core';
import { integrationSpecs } from './integration-specs.ts';

/** A new registry with every shipped spec, to which a host adds its own. */
export function createDefaultIntegrationSpecRegistry(): IntegrationSpecRegistry {
  return new IntegrationSpecRegistry(integrationSpecs);
}

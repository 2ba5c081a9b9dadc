import { integrationSpecs } from '@mortise/catalog';
import { type IntegrationSpec, IntegrationSpecRegistry } from '@mortise/core';
import { ESTABLISHED_SPEC_KEYS } from './established-spec-keys.ts';

export interface DefaultRegistryOptions {
  /**
   * Default `established`: the 43 specs that were always registered, in their order, so that code which adds others, such
   * as the two image specs, meets no duplicate. `all`: the whole catalog, these first.
   */
  readonly specs?: 'established' | 'all';
}

/** A new registry with the shipped specs. */
export function createDefaultIntegrationSpecRegistry(options: DefaultRegistryOptions = {}): IntegrationSpecRegistry {
  const byKey = new Map(integrationSpecs.map((spec) => [spec.meta.key, spec]));
  const established = ESTABLISHED_SPEC_KEYS.map((key) => byKey.get(key)).filter(isPresent);
  if (options.specs !== 'all') return new IntegrationSpecRegistry(established);
  return new IntegrationSpecRegistry(new Set([...established, ...integrationSpecs]));
}

function isPresent(spec: IntegrationSpec | undefined): spec is IntegrationSpec {
  return spec !== undefined;
}

import type { IntegrationSpec } from '@mortise/core';
import { loadDomainOf } from './domain-loaders.ts';

/**
 * One shipped spec by its key. Loads the specs of that one domain, at the first call, and nothing else.
 *
 * @returns Undefined for a key that is not shipped.
 */
export async function findIntegrationSpec(key: string): Promise<IntegrationSpec | undefined> {
  const specs = await loadDomainOf(key);
  return specs.find((spec) => spec.meta.key === key);
}

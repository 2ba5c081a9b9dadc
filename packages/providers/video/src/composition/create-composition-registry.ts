import { IntegrationError } from '@mortise/core';
import type { CompositionMeta, CompositionRegistry } from './composition.ts';

/** A registry in memory. What is put in or taken out is a copy. */
export function createCompositionRegistry(compositions: readonly CompositionMeta[] = []): CompositionRegistry {
  const byId = new Map<string, CompositionMeta>();
  const registry: CompositionRegistry = {
    register: (meta) => {
      if (byId.has(meta.id)) {
        throw new IntegrationError({
          code: 'conflict',
          field: 'id',
          message: `id: a composition "${meta.id}" is registered already`,
        });
      }
      byId.set(meta.id, structuredClone(meta));
    },
    get: (id) => structuredClone(byId.get(id)),
    list: () => structuredClone([...byId.values()]),
    listByTag: (tag) => structuredClone([...byId.values()].filter(({ tags = [] }) => tags.includes(tag))),
  };
  for (const meta of compositions) registry.register(meta);
  return registry;
}

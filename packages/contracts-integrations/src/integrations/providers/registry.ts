export type { DefaultRegistryOptions } from '../../compat/default-registry.ts';
export { createDefaultIntegrationSpecRegistry } from '../../compat/default-registry.ts';
export { filterByAuthMethod, filterByTransport, filterByokRotatable, filterVersioned } from '@mortise/core';

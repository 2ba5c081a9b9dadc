import type { IntegrationSpec } from '@mortise/core';

/**
 * What a spec's config schema gives for fields that a connection leaves out: the `default` of each of its properties. Deeper
 * defaults stand for nothing that a request is made from.
 */
export function configDefaultsOf({ configSchema }: IntegrationSpec): Readonly<Record<string, unknown>> {
  const properties: unknown = memberOf(configSchema.schema, 'properties');
  const defaults: Record<string, unknown> = {};
  for (const name of Object.keys(Object(properties))) {
    const value = memberOf(memberOf(properties, name), 'default');
    if (value !== undefined) defaults[name] = value;
  }
  return defaults;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

import { freezeData } from './deep-freeze.ts';
import { adoptFrozen } from './define-integration.ts';
import type { ConfigFromSchema, IntegrationSpecInput, SecretsFromSchema } from './integration-spec-input.ts';
import type { IntegrationCapabilityMapping, IntegrationMeta, IntegrationSpec } from './integration-spec.ts';

/** A spec as a package ships it: nothing is left to defaults. */
export interface ShippedSpecInput<ConfigSchema = unknown, SecretSchema = unknown> extends Omit<
  IntegrationSpecInput<ConfigSchema, SecretSchema>,
  'meta' | 'capabilities'
> {
  readonly meta: IntegrationMeta;
  readonly capabilities: IntegrationCapabilityMapping;
}

/**
 * Freezes a spec that a package ships, and infers its types, without checking it: the tests of that package do, with
 * `checkShippedSpec` of `@mortise/core/testing`, so that a program that loads fifty specs does not pay for it at each start.
 * Registries take the spec as it is. For any other spec there is `defineIntegration`.
 */
export function defineShippedIntegration<const ConfigSchema, const SecretSchema>(
  spec: ShippedSpecInput<ConfigSchema, SecretSchema>,
): IntegrationSpec<ConfigFromSchema<ConfigSchema>, SecretsFromSchema<SecretSchema>>;
export function defineShippedIntegration(spec: IntegrationSpec): IntegrationSpec {
  return adoptFrozen(freezeData(spec));
}

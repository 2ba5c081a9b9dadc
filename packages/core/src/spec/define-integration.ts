import { ownField } from '../schema/record.ts';
import { makeContractKey } from './contract-registry.ts';
import { deepFreeze } from './deep-freeze.ts';
import { IntegrationSpecError } from './integration-spec-error.ts';
import type { ConfigFromSchema, IntegrationSpecInput, SecretsFromSchema } from './integration-spec-input.ts';
import type { IntegrationSpec } from './integration-spec.ts';
import { validateIntegrationSpec } from './validate-integration-spec.ts';

/** Specs that were checked and frozen; they cannot have changed since. */
const adopted = new WeakSet<object>();

/**
 * Checks a spec, fills in its defaults and freezes its plain data. The types of its configuration and secret are
 * inferred from the two schemas, which may be TypeBox schemas or plain JSON Schema literals, and its examples are
 * held to them. Returns the same object when no default was missing.
 *
 * @throws {IntegrationSpecError} The spec does not hold together; `problems` lists everything that is wrong.
 */
export function defineIntegration<const ConfigSchema, const SecretSchema>(
  spec: IntegrationSpecInput<ConfigSchema, SecretSchema>,
): IntegrationSpec<ConfigFromSchema<ConfigSchema>, SecretsFromSchema<SecretSchema>>;
export function defineIntegration(spec: IntegrationSpecInput): IntegrationSpec {
  return adoptSpec(spec);
}

/**
 * Checks and freezes a spec unless that was done before.
 *
 * @throws {IntegrationSpecError} The spec does not hold together.
 */
export function adoptSpec(input: object): IntegrationSpec {
  if (isAdopted(input)) return input;
  const result = validateIntegrationSpec(input);
  if (!result.valid) throw new IntegrationSpecError(describeKey(input), result.problems);
  return adoptFrozen(deepFreeze(result.value));
}

/** Remembers a frozen spec that is known to hold together. */
export function adoptFrozen(spec: IntegrationSpec): IntegrationSpec {
  adopted.add(spec);
  return spec;
}

function isAdopted(spec: object): spec is IntegrationSpec {
  return adopted.has(spec);
}

function describeKey(input: object): string {
  const meta = ownField(input, 'meta');
  const key = ownField(meta, 'key');
  const version = ownField(meta, 'version');
  if (typeof key !== 'string') return 'without a key';
  return typeof version === 'string' || typeof version === 'number' ? makeContractKey({ key, version }) : key;
}

import { SpecContractRegistry } from './contract-registry.ts';
import { adoptSpec } from './define-integration.ts';
import type { IntegrationCategory, IntegrationSpec } from './integration-spec.ts';

/**
 * Integration specs by key and version. Registration checks a spec, freezes its plain data and keeps it by reference,
 * so that what was checked is what is found later; a spec that still lacks defaults is kept with them filled in.
 */
export class IntegrationSpecRegistry extends SpecContractRegistry<'integration', IntegrationSpec> {
  /**
   * @param items Specs to register, in order.
   * @throws {IntegrationSpecError} One of them does not hold together.
   * @throws {DuplicateContractError} Two of them have the same key and version.
   */
  constructor(items: Iterable<IntegrationSpec> = []) {
    super('integration', items);
  }

  /**
   * Adds a spec.
   *
   * @throws {IntegrationSpecError} The spec does not hold together; `problems` lists everything that is wrong.
   * @throws {DuplicateContractError} The key and version are taken.
   */
  override register(spec: IntegrationSpec): this {
    return super.register(adoptSpec(spec));
  }

  /** The specs of a category, in the order of registration. */
  getByCategory(category: IntegrationCategory): IntegrationSpec[] {
    return this.list().filter((spec) => spec.meta.category === category);
  }
}

/** Canonical text for one version of a spec: `<key>.v<version>`. */
export function makeIntegrationSpecKey(meta: { readonly key: string; readonly version: string | number }): string {
  return `${meta.key}.v${meta.version}`;
}

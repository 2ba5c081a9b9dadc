/** Maturity of a contract. */
export type Stability = 'idea' | 'in_creation' | 'experimental' | 'beta' | 'stable' | 'deprecated';

/** The members of `Stability` under the names that authors write. */
export const StabilityEnum = {
  Idea: 'idea',
  InCreation: 'in_creation',
  Experimental: 'experimental',
  Beta: 'beta',
  Stable: 'stable',
  Deprecated: 'deprecated',
} as const satisfies Record<string, Stability>;

/** A team or person, free text such as `@platform.integrations`. */
export type Owner = string;

/** A search label, free text. */
export type Tag = string;

/** Identity of a contract and who answers for it. */
export interface OwnerShipMeta {
  /** Semver text; `1` and `1.2` are accepted as `1.0.0` and `1.2.0` when versions are compared. */
  readonly version: string;
  /** Unique within one kind of contract; dot-separated, such as `payments.stripe`. */
  readonly key: string;
  readonly title?: string;
  readonly description: string;
  /** Business area. */
  readonly domain?: string;
  readonly stability: Stability;
  readonly owners: readonly Owner[];
  readonly tags: readonly Tag[];
  /** Ids of the documentation blocks about this contract. */
  readonly docId?: readonly string[];
}

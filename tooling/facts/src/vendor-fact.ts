import type { IntegrationSpec } from '@mortise/core';

/** Where a vendor's own package says something. */
export interface SdkPlace {
  /** Name on the package registry; a devDependency of this package. */
  readonly package: string;
  /** Within the package; `*` stands for what changes with each build. */
  readonly file: string;
  /** Finds what it says: the first group of each match. */
  readonly says: RegExp;
}

/** A fact that a spec states and that a vendor's package carries as well. */
export interface VendorFact {
  /** Key of the spec. */
  readonly spec: string;
  /** What it is about, in a few words. */
  readonly fact: string;
  /** What the spec says; several where it lists. */
  readonly ours: (spec: IntegrationSpec) => readonly string[];
  readonly theirs: SdkPlace;
  /**
   * `same`: both say the same texts. `ours-among-theirs`: everything that the spec says is there. `theirs-among-ours`: the spec
   * lists what the package uses. Default `same`.
   */
  readonly agree?: 'same' | 'ours-among-theirs' | 'theirs-among-ours';
}

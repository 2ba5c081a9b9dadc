import type { CapabilityRef, CapabilityRequirement, OptionalVersionedSpecRef, VersionedSpecRef } from './capability.ts';
import type { OwnerShipMeta } from './ownership.ts';

/** Which presentation shows the result of an operation. */
export interface FeaturePresentationLink {
  readonly op: VersionedSpecRef;
  readonly pres: VersionedSpecRef;
}

/** The targets, such as `react` or `markdown`, that one presentation is made for. */
export interface FeaturePresentationTargets {
  readonly key: string;
  readonly version: string;
  readonly targets: readonly string[];
}

/**
 * A feature as data: the operations that belong together, and what the feature gives to a host and needs from it. It
 * names contracts, it holds none: a host looks them up in its own registries.
 */
export interface FeatureModuleSpec {
  readonly meta: OwnerShipMeta;
  readonly operations?: readonly VersionedSpecRef[];
  readonly events?: readonly VersionedSpecRef[];
  readonly presentations?: readonly VersionedSpecRef[];
  readonly experiments?: readonly OptionalVersionedSpecRef[];
  readonly capabilities?: {
    readonly provides?: readonly CapabilityRef[];
    readonly requires?: readonly CapabilityRequirement[];
  };
  readonly opToPresentation?: readonly FeaturePresentationLink[];
  readonly presentationsTargets?: readonly FeaturePresentationTargets[];
}

import type { OwnerShipMeta } from './ownership.ts';

/** Names one version of a contract. */
export interface VersionedSpecRef {
  readonly key: string;
  readonly version: string;
}

/** Names a contract, and one version of it if the version matters. */
export interface OptionalVersionedSpecRef {
  readonly key: string;
  readonly version?: string;
}

/** Names a contract whatever its version. */
export interface SpecKeyRef {
  readonly key: string;
}

export type CapabilityKind = 'api' | 'event' | 'data' | 'ui' | 'integration';

export type CapabilitySurface = 'operation' | 'event' | 'workflow' | 'presentation' | 'resource';

/** Something that an integration can do, such as `payments.psp` at `1.0.0`. */
export interface CapabilityRef extends VersionedSpecRef {}

/** Something that an integration needs from its host. */
export interface CapabilityRequirement {
  readonly key: string;
  /** Absent: any version. */
  readonly version?: string;
  readonly kind?: CapabilityKind;
  /** An optional requirement is always satisfied; it tells what would be gained. */
  readonly optional?: boolean;
  readonly reason?: string;
}

export interface CapabilityMeta extends OwnerShipMeta {
  readonly kind: CapabilityKind;
}

/** Where a capability shows: an operation, an event and so on. */
export interface CapabilitySurfaceRef {
  readonly surface: CapabilitySurface;
  readonly key: string;
  readonly version?: string;
  readonly description?: string;
}

/** Definition of a capability. */
export interface CapabilitySpec {
  readonly meta: CapabilityMeta;
  readonly extends?: CapabilityRef;
  readonly provides?: readonly CapabilitySurfaceRef[];
  readonly requires?: readonly CapabilityRequirement[];
}

/** Version of a provided capability that names none. */
export const DEFAULT_CAPABILITY_VERSION = '1.0.0';

/** Whether a list of provided capabilities holds exactly this key and version. */
export function providesCapability(provided: readonly CapabilityRef[], wanted: CapabilityRef): boolean {
  return provided.some((ref) => ref.key === wanted.key && ref.version === wanted.version);
}

/** Whether a requirement is met: always when optional, else by the same key and, if it names one, the same version. */
export function satisfiesRequirement(provided: readonly CapabilityRef[], requirement: CapabilityRequirement): boolean {
  if (requirement.optional === true) return true;
  return provided.some(
    (ref) => ref.key === requirement.key && (requirement.version === undefined || ref.version === requirement.version),
  );
}

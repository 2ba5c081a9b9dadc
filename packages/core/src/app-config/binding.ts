import type { CapabilityRef } from '../capability.ts';
import type { IntegrationConnection } from '../connection/connection.ts';
import type { IntegrationCategory, IntegrationOwnershipMode, IntegrationSpec } from '../spec/integration-spec.ts';

/** A named need of an application that a tenant's connection fills. */
export interface AppIntegrationSlot {
  /** Unique in the application's blueprint. */
  readonly slotId: string;
  readonly requiredCategory: IntegrationCategory;
  /** Absent or empty: any mode. */
  readonly allowedModes?: readonly IntegrationOwnershipMode[];
  /** Matched by exact key and version. */
  readonly requiredCapabilities?: readonly CapabilityRef[];
  readonly required?: boolean;
  readonly description?: string;
}

/** Where a binding may be used. An absent list does not limit; an empty one allows nothing. */
export interface AppIntegrationBindingScope {
  readonly workflows?: readonly string[];
  readonly features?: readonly string[];
  readonly operations?: readonly string[];
}

/** Says which connection fills a slot. */
export interface AppIntegrationBinding {
  readonly slotId: string;
  readonly connectionId: string;
  readonly scope?: AppIntegrationBindingScope;
  /** Lower is tried first; absent comes last. */
  readonly priority?: number;
}

/** A slot with the binding that was chosen for it, and what that binding leads to. */
export interface ResolvedIntegration {
  readonly slot: AppIntegrationSlot;
  readonly binding: AppIntegrationBinding;
  readonly connection: IntegrationConnection;
  readonly spec: IntegrationSpec;
}

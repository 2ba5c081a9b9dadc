import type { IntegrationOwnershipMode } from '../spec/integration-spec.ts';

/** How the credentials of a connection are checked before they are relied on. */
export type CredentialValidationStrategy = 'static-schema' | 'provider-health' | 'byok-lifecycle' | 'custom';

/** One config or secret field that a mode needs. Never holds a value. */
export interface IntegrationCredentialFieldRef {
  readonly key: string;
  readonly required?: boolean;
  readonly description?: string;
  /** Environment variable that stands in for the field. */
  readonly envVar?: string;
}

/** An environment variable that stands in for a field. */
export interface IntegrationCredentialAlias {
  /** Key of the config or secret field. */
  readonly logicalKey: string;
  readonly envVar: string;
  /** Deployment target that the variable belongs to. */
  readonly targetId?: string;
  /** Whether the value may reach client code. Refused at registration for a secret field. */
  readonly public?: boolean;
}

export interface IntegrationCredentialRotationPolicy {
  readonly supported?: boolean;
  readonly recommendedIntervalDays?: number;
}

/** What one ownership mode needs. */
export interface IntegrationCredentialModeManifest {
  /** Must equal the key under which the entry stands. */
  readonly mode: IntegrationOwnershipMode;
  readonly configFields?: readonly IntegrationCredentialFieldRef[];
  readonly secretFields?: readonly IntegrationCredentialFieldRef[];
  readonly envAliases?: readonly IntegrationCredentialAlias[];
  /** Ids of the secret backends that may hold this mode's secret. Absent: any that the host has. */
  readonly allowedSecretProviders?: readonly string[];
  readonly validationStrategy?: CredentialValidationStrategy;
  readonly rotation?: IntegrationCredentialRotationPolicy;
  readonly setupSteps?: readonly string[];
  readonly docsUrl?: string;
}

/** Which credentials each ownership mode needs, and how they are set up, checked and rotated. */
export interface IntegrationCredentialManifest {
  readonly modes?: Readonly<Partial<Record<IntegrationOwnershipMode, IntegrationCredentialModeManifest>>>;
  /** True for an integration that needs no credentials. */
  readonly exempt?: boolean;
  /** Required with `exempt`. */
  readonly exemptionReason?: string;
}

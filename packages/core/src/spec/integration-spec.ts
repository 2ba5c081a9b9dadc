import type { IntegrationAuthConfig } from '../auth.ts';
import type { CapabilityRef, CapabilityRequirement } from '../capability.ts';
import type { IntegrationCredentialManifest } from '../credentials/manifest.ts';
import type { ResponseMatch, ResponseRule } from '../contract/response-match.ts';
import type { WebhookContract } from '../contract/webhook-contract.ts';
import type { OwnerShipMeta } from '../ownership.ts';
import type { IntegrationTransportConfig, IntegrationTransportType } from '../transport.ts';
import type { IntegrationVersionPolicy } from '../versioning.ts';

/** The categories that the shipped specs use. Any other text is accepted too. */
export type KnownIntegrationCategory =
  | 'payments'
  | 'email'
  | 'calendar'
  | 'sms'
  | 'messaging'
  | 'health'
  | 'ai-llm'
  | 'ai-voice-tts'
  | 'ai-voice-stt'
  | 'ai-voice-conversational'
  | 'ai-image'
  | 'analytics'
  | 'vector-db'
  | 'storage'
  | 'accounting'
  | 'crm'
  | 'helpdesk'
  | 'project-management'
  | 'open-banking'
  | 'meeting-recorder'
  | 'database'
  | 'custom';

/** What kind of service an integration reaches. Open: a host may name categories of its own. */
export type IntegrationCategory = KnownIntegrationCategory | (string & {});

/** Whose account at the provider is used: the host's own (`managed`) or the tenant's (`byok`, bring your own key). */
export type IntegrationOwnershipMode = 'managed' | 'byok';

export interface IntegrationMeta extends OwnerShipMeta {
  readonly category: IntegrationCategory;
}

export interface IntegrationCapabilityMapping {
  readonly provides: readonly CapabilityRef[];
  readonly requires?: readonly CapabilityRequirement[];
}

declare const VALUE: unique symbol;

/** A schema slot that remembers, for the compiler alone, the type of the values it accepts. */
interface SchemaOf<Value> {
  readonly [VALUE]?: Value;
}

/** Shape of a connection's configuration. `Config` is its type; unknown when it was not inferred. */
export interface IntegrationConfigSchema<Config = unknown> extends SchemaOf<Config> {
  /** JSON Schema (draft 2020-12), written by hand or with TypeBox. */
  readonly schema: unknown;
  readonly example?: Readonly<Record<string, unknown>>;
}

/**
 * Shape of the secret behind a connection's reference. The values themselves never appear in a spec. `Secrets` is the
 * type of the named fields; unknown when it was not inferred.
 */
export interface IntegrationSecretSchema<Secrets = unknown> extends SchemaOf<Secrets> {
  /** JSON Schema (draft 2020-12), written by hand or with TypeBox. */
  readonly schema: unknown;
  /** Made-up values of the right form. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** What a tenant does to bring an own key. */
export interface IntegrationByokSetup {
  readonly setupInstructions?: string;
  readonly requiredScopes?: readonly string[];
  /** URL that answers whether a key is valid. */
  readonly validationEndpoint?: string;
  /** Whether a key can be replaced through the provider's API. */
  readonly keyRotationSupported?: boolean;
  readonly quotaTrackingSupported?: boolean;
  /** Steps in the order in which they are done. */
  readonly provisioningSteps?: readonly string[];
}

export interface IntegrationHealthCheck {
  readonly method?: 'ping' | 'list' | 'custom';
  readonly timeoutMs?: number;
  /** A request that tells whether a connection works: free, without effects. */
  readonly request?: HealthRequest;
}

export interface HealthRequest {
  /** Default `GET`. */
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** Beneath the base URL, or a whole URL on another host of the provider. May hold `{field}` of the config. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** What shows that all is well. Absent: any status from 200 to 299. */
  readonly expect?: ResponseMatch;
  /** What other answers mean, tried in order. Absent or none: as for any response of the provider. */
  readonly rules?: readonly ResponseRule[];
}

/** Limits that the provider sets. */
export interface IntegrationConstraints {
  readonly rateLimit?: {
    /** Requests per minute. */
    readonly rpm?: number;
    /** Requests per hour. */
    readonly rph?: number;
  };
  /** Quotas by resource name, in the provider's unit. */
  readonly quotas?: Readonly<Record<string, number>>;
}

/**
 * A contract for one provider's service: what it is, what it needs, how it is reached. Data only, without functions.
 * Make one with `defineIntegration`, which infers both types; every spec is also a plain `IntegrationSpec`.
 */
export interface IntegrationSpec<Config = unknown, Secrets = unknown> {
  readonly meta: IntegrationMeta;
  readonly supportedModes: readonly IntegrationOwnershipMode[];
  readonly capabilities: IntegrationCapabilityMapping;
  readonly configSchema: IntegrationConfigSchema<Config>;
  readonly secretSchema: IntegrationSecretSchema<Secrets>;
  readonly healthCheck?: IntegrationHealthCheck;
  readonly docsUrl?: string;
  readonly constraints?: IntegrationConstraints;
  readonly byokSetup?: IntegrationByokSetup;
  readonly transports?: readonly IntegrationTransportConfig[];
  /** Must be one of `transports`. */
  readonly preferredTransport?: IntegrationTransportType;
  readonly supportedAuthMethods?: readonly IntegrationAuthConfig[];
  readonly versionPolicy?: IntegrationVersionPolicy;
  readonly credentialManifest?: IntegrationCredentialManifest;
  /**
   * How deliveries are proven genuine. Where it is given, an inbound webhook transport and a `webhook-signing` method must
   * agree with it.
   */
  readonly webhooks?: readonly WebhookContract[];
  /** Where the facts were taken from. */
  readonly sources?: readonly IntegrationSpecSource[];
  /** Extensions of the host's own. */
  readonly [extension: `x-${string}`]: unknown;
}

/** Provenance of facts in a spec. */
export interface IntegrationSpecSource {
  /** Page or package that states the fact. */
  readonly url: string;
  /** Day on which it was read, `YYYY-MM-DD`. */
  readonly checkedOn: string;
  /** Which facts were taken from it. */
  readonly facts?: string;
}

type OrElse<Type, Fallback> = unknown extends Type ? Fallback : Type;

/** Config type of a spec; `Record<string, unknown>` where the spec does not tell. */
export type ConfigOf<Spec> = Spec extends { readonly configSchema: SchemaOf<infer Config> }
  ? OrElse<Config, Record<string, unknown>>
  : never;

/** Secret type of a spec; `Record<string, string>` where the spec does not tell. */
export type SecretsOf<Spec> = Spec extends { readonly secretSchema: SchemaOf<infer Secrets> }
  ? OrElse<Secrets, Record<string, string>>
  : never;

import type { IntegrationAuthType, OAuth2TokenState } from '../auth.ts';
import type { ByokKeyMetadata } from '../byok.ts';
import type { IntegrationOwnershipMode } from '../spec/integration-spec.ts';
import type { IntegrationTransportType } from '../transport.ts';

/** `unknown` is a connection that has not been checked yet. */
export type ConnectionStatus = 'connected' | 'disconnected' | 'error' | 'unknown';

/** The same type under the name it has in application configuration. */
export type IntegrationConnectionStatus = ConnectionStatus;

/** Result of the last health check. */
export interface IntegrationConnectionHealth {
  readonly status: ConnectionStatus;
  /** `Date` here, ISO 8601 after a trip through JSON. */
  readonly checkedAt?: Date;
  readonly latencyMs?: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** Counters of a connection. Better kept apart from the record: they change with every call. */
export interface IntegrationUsageMetrics {
  readonly requestCount?: number;
  readonly successCount?: number;
  readonly errorCount?: number;
  readonly lastUsed?: Date;
  readonly lastSuccessAt?: Date;
  readonly lastErrorAt?: Date;
  readonly lastErrorCode?: string;
}

export interface IntegrationConnectionMeta {
  readonly id: string;
  readonly tenantId: string;
  /** Key and version of the `IntegrationSpec` that the connection instantiates. */
  readonly integrationKey: string;
  readonly integrationVersion: string;
  readonly label: string;
  readonly environment?: string;
  readonly createdAt: string | Date;
  readonly updatedAt: string | Date;
}

/** A tenant's instance of an integration: configuration, where the secret is, and state. Holds no secret itself. */
export interface IntegrationConnection<Config = Record<string, unknown>> {
  readonly meta: IntegrationConnectionMeta;
  readonly ownershipMode: IntegrationOwnershipMode;
  /** Account at the provider. */
  readonly externalAccountId?: string;
  /** Checked against the spec's config schema. */
  readonly config: Config;
  /** Id of the secret backend that holds the secret. */
  readonly secretProvider: string;
  /** Reference of the secret, such as `env://MISTRAL_API_KEY`. */
  readonly secretRef: string;
  readonly status: ConnectionStatus;
  readonly health?: IntegrationConnectionHealth;
  readonly usage?: IntegrationUsageMetrics;
  /** Overrides the spec's preferred transport. */
  readonly activeTransport?: IntegrationTransportType;
  readonly transportConfig?: Readonly<Record<string, unknown>>;
  /** Overrides the spec's first auth method. */
  readonly authMethod?: IntegrationAuthType;
  readonly oauth2State?: OAuth2TokenState;
  /** Overrides the version policy's current version. */
  readonly apiVersion?: string;
  readonly byokKeyMetadata?: ByokKeyMetadata;
}

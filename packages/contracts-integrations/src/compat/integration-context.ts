import type { IntegrationConnection, IntegrationSpec } from '@mortise/core';
import type { IntegrationTraceMetadata } from '@mortise/runtime';
import type { SecretProvider } from '@mortise/secrets';

/** Whose connection is checked or used, and for which application. */
export interface IntegrationContext {
  readonly tenantId: string;
  readonly appId: string;
  readonly environment?: string;
  readonly slotId?: string;
  readonly spec: IntegrationSpec;
  readonly connection: IntegrationConnection;
  readonly secretProvider: SecretProvider;
  /** Reference of the connection's secret. */
  readonly secretReference: string;
  readonly trace: IntegrationTraceMetadata;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Identity of one guarded call. */
export interface IntegrationCallContext extends IntegrationTraceMetadata {
  readonly tenantId: string;
  readonly appId: string;
  readonly environment?: string;
  readonly slotId: string;
  readonly operation: string;
}

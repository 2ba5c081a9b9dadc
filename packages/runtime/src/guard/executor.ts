import type {
  AuthConfigOf,
  ConfigOf,
  IntegrationAuthType,
  IntegrationConnection,
  IntegrationSpec,
  IntegrationTransportType,
  SecretsOf,
  TransportConfigOf,
} from '@mortise/core';

/** What the guard tells the executor about the attempt it is in. */
export interface IntegrationExecutorContext {
  /** Fires when the attempt's time, the call's time or the caller's patience is over. Hand it to everything that waits. */
  readonly signal: AbortSignal;
  /** From 1. */
  readonly attempt: number;
  /** The same for every attempt of one call. */
  readonly idempotencyKey: string;
  readonly operation: string;
  readonly input: unknown;
  readonly tenantId: string;
  readonly slotId: string;
  readonly spec: IntegrationSpec;
  readonly transport: IntegrationTransportType;
  /** The spec's config of the chosen transport. */
  readonly transportConfig: TransportConfigOf<IntegrationTransportType> | undefined;
  readonly authMethod: IntegrationAuthType | undefined;
  /** The spec's config of the chosen auth method. */
  readonly authConfig: AuthConfigOf<IntegrationAuthType> | undefined;
  readonly apiVersion: string | undefined;
  /** Milliseconds left for this attempt; `Infinity` without limits. */
  remainingMs(): number;
  /**
   * Lets no further call of this connection start for a while, since an answer said that a limit is used up. A throttled
   * failure that names its wait does so by itself.
   */
  pauseCalls(durationMs: number): void;
  /** The secret's bytes, for payloads that are not named fields (a PKCS #12 file, say). A copy. */
  secretBytes(): Uint8Array;
}

/** Makes the call. Receives the connection, its secret as named fields, and the attempt's context. */
export type IntegrationExecutor<T, Config = Record<string, unknown>, Secrets = Record<string, string>> = (
  connection: IntegrationConnection<Config>,
  secrets: Secrets,
  context: IntegrationExecutorContext,
) => Promise<T> | T;

/** A slot whose integration is known when the code is written, so that config and secret fields have their types. */
export interface IntegrationSlot<Spec extends IntegrationSpec = IntegrationSpec> {
  readonly slotId: string;
  readonly spec: Spec;
}

/**
 * Names a slot together with the spec that the calling code is written for. Calls through it are typed by that spec,
 * and refused when the slot turns out to be bound to another integration.
 */
export function defineSlot<Spec extends IntegrationSpec>(slotId: string, spec: Spec): IntegrationSlot<Spec> {
  return { slotId, spec };
}

/** The executor of a typed slot. */
export type SlotExecutor<T, Spec> = IntegrationExecutor<T, ConfigOf<Spec>, SecretsOf<Spec>>;

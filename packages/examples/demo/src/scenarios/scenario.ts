import type { IntegrationSpec, ResolvedAppConfig } from '@mortise/core';
import type { ProviderServer } from '@mortise/testing/server';
import type { GuardedCallOptions, IntegrationCallGuard, IntegrationSlot, SlotExecutor } from '@mortise/runtime';
import type { Databases } from '../calls/sql.ts';
import type { Credentials, SecretBackends } from '../credentials.ts';
import type { TelemetryLog } from '../telemetry.ts';
import type { Tenants } from '../tenants.ts';

/** How a call should end. What is left out may be anything. */
export interface Expectation<T> {
  /** `ok`, or the code of the error. */
  readonly outcome: string;
  /** Executor starts. */
  readonly attempts: number;
  readonly minLatencyMs?: number;
  readonly maxLatencyMs?: number;
  /** Looks at the data of a success: what is wrong with it, or undefined. */
  readonly check?: (data: T) => string | undefined;
}

/** One call through the guard, and how it should end. */
export interface DemoCall<T, Spec extends IntegrationSpec> {
  /** What is special about it: "429 with Retry-After: 1". */
  readonly title: string;
  readonly tenant: ResolvedAppConfig;
  readonly slot: IntegrationSlot<Spec>;
  readonly operation: string;
  readonly executor: SlotExecutor<T, Spec>;
  readonly expect: Expectation<T>;
  readonly options?: GuardedCallOptions;
  /** Default: the guard of the demo. */
  readonly guard?: IntegrationCallGuard;
}

/** What scenarios play with. */
export interface Stage {
  readonly guard: IntegrationCallGuard;
  readonly telemetry: TelemetryLog;
  readonly tenants: Tenants;
  readonly llm: ProviderServer;
  readonly databases: Databases;
  readonly secrets: SecretBackends;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  /** Makes the call, compares it with what is expected, and shows it as a row. */
  readonly call: <T, Spec extends IntegrationSpec>(call: DemoCall<T, Spec>) => Promise<void>;
}

/** A handful of calls that show one thing. */
export interface Scenario {
  readonly title: string;
  run(stage: Stage): Promise<void>;
}

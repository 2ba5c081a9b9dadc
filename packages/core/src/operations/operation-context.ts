import type { Redactor } from '../redaction/redactor.ts';
import type { OperationAuth, OperationKind, OperationPolicySpec } from './operation-spec.ts';

/** What a policy engine is asked about a call. */
export interface PolicyDecisionRequest {
  /** The whole key, such as `integrations.connection.create`. */
  readonly operation: string;
  readonly version: string;
  readonly kind: OperationKind;
  readonly policy: OperationPolicySpec;
  readonly actor: OperationAuth;
  readonly tenantId?: string;
  readonly userId?: string;
  /** The input, checked against the contract. */
  readonly input: unknown;
}

export interface PolicyDecision {
  readonly effect: 'allow' | 'deny' | 'escalate';
  /** Told to the caller. */
  readonly reason?: string;
}

/** A telemetry event of an operation. */
export interface OperationTelemetryEvent {
  readonly key: string;
  readonly version: string;
  readonly operation: { readonly key: string; readonly version: string };
  readonly tenantId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Who calls, for which tenant, and what the host provides. Comes from the request's authentication, never its input. */
export interface OperationContext {
  /** What the caller was authenticated as. Default `anonymous`. */
  readonly actor?: OperationAuth;
  /** Tenant for which the call is made. */
  readonly tenantId?: string;
  readonly userId?: string;
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
  /** Decides on policies, roles, permissions and flags. A contract that asks for any of these is refused without it. */
  readonly decide?: (request: PolicyDecisionRequest) => PolicyDecision | Promise<PolicyDecision>;
  /** Takes telemetry events. Never awaited; what it throws is ignored. */
  readonly emit?: (event: OperationTelemetryEvent) => void | Promise<void>;
  /** Redacts telemetry properties. Default: one that knows no secrets but masks secret fields and shapes. */
  readonly redactor?: Redactor;
}

/** Does the work of an operation. */
export type OperationHandler<Input, Output> = (input: Input, context: OperationContext) => Output | Promise<Output>;

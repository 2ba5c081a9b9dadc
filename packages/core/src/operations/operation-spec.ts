import type { CapabilityRef, OptionalVersionedSpecRef, VersionedSpecRef } from '../capability.ts';
import type { OwnerShipMeta } from '../ownership.ts';
import type { InferSchema } from '../schema/infer-schema.ts';

/** A command changes something; a query only reads. */
export type OperationKind = 'command' | 'query';

export interface OperationMeta extends OwnerShipMeta {
  readonly kind: OperationKind;
  /** What a caller wants to reach. */
  readonly goal: string;
  /** When and by whom the operation is used, and what it relies on. */
  readonly context: string;
}

/** Who may call: everybody, every signed-in user, or administrators. */
export type OperationAuth = 'anonymous' | 'user' | 'admin';

export interface OperationPolicySpec {
  readonly auth: OperationAuth;
  /** Whether a repeat has no further effect. Always true for a query; default false for a command. */
  readonly idempotent?: boolean;
  /** Whether something may be lost: deleted or overwritten. Default true for a command, for safety's sake. */
  readonly destructive?: boolean;
  /** Whether the caller's tenant must be known. A tenant named in the input must equal it in any case. */
  readonly tenantScoped?: boolean;
  readonly rateLimit?: {
    /** Calls per minute. */
    readonly rpm: number;
    readonly key: 'user' | 'org' | 'global';
  };
  readonly escalate?: 'human_review' | null;
  /** Policies that must allow the call. */
  readonly policies?: readonly VersionedSpecRef[];
  /** All of these roles; below, at least one. */
  readonly roles?: readonly string[];
  readonly anyRole?: readonly string[];
  /** All of these permissions; below, at least one. */
  readonly permissions?: readonly string[];
  readonly anyPermission?: readonly string[];
  /** Feature flags that must be on. */
  readonly flags?: readonly string[];
  /** JSON pointers of input fields that hold personal data. */
  readonly pii?: readonly string[];
  /** Kind of thing that the decision is about. */
  readonly resource?: string;
}

/** An error that a caller is told to expect. */
export interface OperationErrorSpec {
  /** When it comes and what to do. */
  readonly description: string;
  readonly httpStatus: number;
}

/** An event for product telemetry. What `properties` returns is redacted before it leaves. */
export interface TelemetryTrigger<Input = unknown, Output = unknown> {
  readonly event: OptionalVersionedSpecRef;
  properties?(data: {
    readonly input: Input;
    readonly output?: Output;
    readonly error?: unknown;
  }): Readonly<Record<string, unknown>>;
}

/** Type of the input that a handler gets; undefined for an operation without one. */
export type OperationInput<InputSchema> = InputSchema extends null ? undefined : InferSchema<InputSchema>;

/** Type of the output that a handler returns. */
export type OperationOutput<OutputSchema> = InferSchema<OutputSchema>;

/** A contract but for its identity and its telemetry. */
interface OperationTerms<InputSchema, OutputSchema> {
  readonly capability?: CapabilityRef;
  readonly io: {
    /**
     * TypeBox or JSON Schema (draft 2020-12), or null. Objects in it are closed: an unknown field is refused unless the
     * schema says otherwise.
     */
    readonly input: InputSchema;
    readonly output: OutputSchema;
    /** Errors by the code that a handler's error carries. */
    readonly errors?: Readonly<Record<string, OperationErrorSpec>>;
    /** Last change to what the handler returned, before it is checked: masks what a caller must not see. */
    prepareOutput?(output: unknown): unknown;
  };
  readonly policy: OperationPolicySpec;
  readonly sideEffects?: {
    readonly emits?: readonly (VersionedSpecRef & { readonly when?: string })[];
    /** Labels under which calls are kept for audit. */
    readonly audit?: readonly string[];
  };
}

interface OperationTriggers<Trigger> {
  readonly telemetry?: {
    readonly success?: Trigger;
    readonly failure?: Trigger;
  };
}

/** Contract of one operation of an application: what goes in, what comes out, who may call. Holds no implementation. */
export interface OperationSpec<InputSchema = unknown, OutputSchema = unknown>
  extends
    OperationTerms<InputSchema, OutputSchema>,
    OperationTriggers<TelemetryTrigger<OperationInput<InputSchema>, OperationOutput<OutputSchema>>> {
  readonly meta: OperationMeta;
}

/** An operation whatever its input and output. */
export interface AnyOperationSpec
  extends OperationTerms<unknown, unknown>, OperationTriggers<TelemetryTrigger<never, never>> {
  readonly meta: OperationMeta;
}

/** What an author writes: an operation without its kind, which the define function adds. */
export interface OperationDraft<InputSchema, OutputSchema>
  extends
    OperationTerms<InputSchema, OutputSchema>,
    OperationTriggers<TelemetryTrigger<OperationInput<InputSchema>, OperationOutput<OutputSchema>>> {
  readonly meta: Omit<OperationMeta, 'kind'>;
}

/** Makes the contract of an operation that changes something. Not idempotent unless its policy says so. */
export function defineCommand<const InputSchema, const OutputSchema>(
  draft: OperationDraft<InputSchema, OutputSchema>,
): OperationSpec<InputSchema, OutputSchema> {
  return define(draft, 'command', draft.policy.idempotent ?? false);
}

/** Makes the contract of an operation that only reads; always idempotent. */
export function defineQuery<const InputSchema, const OutputSchema>(
  draft: OperationDraft<InputSchema, OutputSchema>,
): OperationSpec<InputSchema, OutputSchema> {
  return define(draft, 'query', true);
}

function define<InputSchema, OutputSchema>(
  draft: OperationDraft<InputSchema, OutputSchema>,
  kind: OperationKind,
  idempotent: boolean,
): OperationSpec<InputSchema, OutputSchema> {
  return Object.freeze({
    ...draft,
    meta: Object.freeze({ ...draft.meta, kind }),
    io: Object.freeze({ ...draft.io }),
    policy: Object.freeze({ ...draft.policy, idempotent }),
  });
}

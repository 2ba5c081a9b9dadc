import type { ByokKeyLifecycle, IntegrationConnection, IntegrationSpec } from '@mortise/core';
import type { SecretProvider, SecretReference } from '@mortise/secrets';
import type { ByokEvent } from '../byok-event.ts';
import { ByokError } from '../byok-error.ts';
import type { ByokKeyOwner } from '../record/byok-key-record.ts';
import type { ByokKeyStore } from '../record/byok-key-store.ts';
import type { ByokKeyPolicy } from '../schedule/byok-key-policy.ts';
import { type ByokClock, systemByokClock } from './byok-clock.ts';

/** A connection whose key is looked after. */
export interface ByokSubject {
  /** Its `ownershipMode` is `byok`; its `secretRef` names no version. */
  readonly connection: IntegrationConnection;
  /** Gives the schema of the secret, the scopes that are needed and the recommended interval. */
  readonly spec?: IntegrationSpec;
  /** Over the runner's policy. */
  readonly policy?: ByokKeyPolicy;
  /** Scopes that a key must have. Default: the spec's `byokSetup.requiredScopes`. */
  readonly requiredScopes?: readonly string[];
}

/** A reference that a request brings and that the runner is to read on behalf of a tenant. */
export interface ByokReferenceAccess {
  readonly connection: IntegrationConnection;
  readonly reference: SecretReference;
}

export interface ByokKeyRunnerOptions {
  /** Where the keys are. Must be writable for rotations. */
  readonly secrets: SecretProvider;
  /** What the provider does for tenants' keys. A function where connections of many integrations share the runner. */
  readonly lifecycle: ByokKeyLifecycle | ((subject: ByokSubject) => ByokKeyLifecycle);
  readonly store: ByokKeyStore;
  /** Finds the connection of a record, for `runDue`. `undefined`: it is gone, and its record is left alone. */
  readonly findSubject?: (
    owner: ByokKeyOwner,
    options: { readonly signal?: AbortSignal },
  ) => Promise<ByokSubject | undefined>;
  readonly policy?: ByokKeyPolicy;
  /**
   * Whether a connection may take its new key from a reference that a request names. Absent: never, since a tenant could
   * name another tenant's secret.
   */
  readonly allowReference?: (access: ByokReferenceAccess) => boolean | Promise<boolean>;
  /** Whether tenants' keys may be in backends that hold the host's own secrets. Default false. */
  readonly allowHostSecrets?: boolean;
  /**
   * `auto`: a new key waits as a staged version of the connection's own secret where the backend has stages, and in a
   * secret beside it otherwise. `sibling`: always beside it. Default `auto`.
   */
  readonly placement?: 'auto' | 'sibling';
  /** Names the secret beside a connection's own. Default: `-byok-<name>` at the end of the path. */
  readonly siblingReference?: (reference: SecretReference, name: string) => SecretReference;
  /** Told as it goes. Never awaited; what it throws is dropped. */
  readonly onEvent?: (event: ByokEvent) => void;
  /** Milliseconds that a lifecycle's method may take. Default 30,000. */
  readonly lifecycleTimeoutMs?: number;
  /** Milliseconds that one operation of the secret backend may take. Default 15,000. */
  readonly secretTimeoutMs?: number;
  /** Milliseconds that one operation of the store may take. Default 15,000. */
  readonly storeTimeoutMs?: number;
  /** Milliseconds after which a runner that died is replaced. At least 10,000 above each time limit. Default 120,000. */
  readonly leaseMs?: number;
  /** Longest first wait after a step that came to nothing; doubled from one to the next. Default 1,000. */
  readonly retryBaseMs?: number;
  /** Longest wait. Default 60,000. */
  readonly retryCapMs?: number;
  /** Milliseconds between looks at a rotation that another runner drives. Default 1,000. */
  readonly pollMs?: number;
  readonly clock?: ByokClock;
  /** Draws from [0, 1) for waits. Default `Math.random`. */
  readonly random?: () => number;
  /** 8 to 40 lower-case letters and digits, another one each time. Default: 20 random ones. */
  readonly newId?: () => string;
}

/** The options with every default filled in. */
export type RunnerEnvironment = Required<
  Omit<ByokKeyRunnerOptions, 'findSubject' | 'allowReference' | 'siblingReference' | 'onEvent'>
> &
  Pick<ByokKeyRunnerOptions, 'findSubject' | 'allowReference' | 'siblingReference'> & {
    readonly emit: (event: ByokEvent) => void;
    /** Names this runner in leases. */
    readonly holder: string;
  };

/** Time that is left for saving when an operation has used up its own. */
export const LEASE_MARGIN_MS = 5_000;

/** @throws {ByokError} `INVALID_OPTIONS` */
export function resolveRunnerOptions(options: ByokKeyRunnerOptions): RunnerEnvironment {
  const { lifecycleTimeoutMs = 30_000, secretTimeoutMs = 15_000, storeTimeoutMs = 15_000 } = options;
  const { leaseMs = 120_000 } = options;
  const { retryBaseMs = 1_000, retryCapMs = 60_000, pollMs = 1_000, newId = randomId } = options;
  const durations = { lifecycleTimeoutMs, secretTimeoutMs, storeTimeoutMs, leaseMs, retryBaseMs, retryCapMs, pollMs };
  for (const [name, value] of Object.entries(durations)) {
    if (!(value > 0 && value < Infinity)) throw invalid(`"${name}" must be a positive number of ms, and is ${value}`);
  }
  const leastLeaseMs = Math.max(lifecycleTimeoutMs, secretTimeoutMs, storeTimeoutMs) + 2 * LEASE_MARGIN_MS;
  if (leaseMs < leastLeaseMs) {
    throw invalid(`"leaseMs" must be at least ${leastLeaseMs}, 10,000 above the time limits, and is ${leaseMs}`);
  }
  const { onEvent } = options;
  return {
    ...options,
    ...durations,
    policy: options.policy ?? {},
    placement: options.placement ?? 'auto',
    allowHostSecrets: options.allowHostSecrets ?? false,
    clock: options.clock ?? systemByokClock,
    random: options.random ?? Math.random,
    newId: () => checkedId(newId()),
    holder: checkedId(newId()),
    emit: (event) => {
      try {
        onEvent?.(event);
      } catch {
        // A broken sink must not break a rotation.
      }
    },
  };
}

function randomId(): string {
  return crypto.randomUUID().replaceAll('-', '').slice(0, 20);
}

function checkedId(id: string): string {
  if (/^[a-z0-9]{8,40}$/.test(id)) return id;
  throw invalid(`"newId" must give 8 to 40 lower-case letters and digits, and gave ${JSON.stringify(id)}`);
}

function invalid(fault: string): ByokError {
  return new ByokError({ code: 'INVALID_OPTIONS', message: `Key runner: ${fault}` });
}

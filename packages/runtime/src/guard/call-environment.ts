import type { IntegrationSpec } from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import type { GuardClock } from '../clock.ts';
import type { TransportResolver } from '../context/transport-resolver.ts';
import { type CallPolicy, type EffectivePolicy, effectivePolicy, mergePolicies } from '../policies/call-policy.ts';
import type { RateLimiter } from '../policies/rate-limiter.ts';
import type { TelemetryDispatcher } from '../telemetry/telemetry-dispatcher.ts';
import type { GuardState } from './guard-state.ts';
import type { SecretWalls } from './secret-access.ts';

/** What a guard lends to each of its calls. */
export interface CallEnvironment {
  readonly secretProvider: SecretProvider;
  readonly state: GuardState;
  readonly telemetry: TelemetryDispatcher;
  readonly clock: GuardClock;
  readonly now: () => Date;
  readonly sleep: ((ms: number) => Promise<void>) | undefined;
  readonly random: () => number;
  readonly shouldRetry: (error: unknown, attempt: number) => boolean;
  readonly rateLimiter: RateLimiter;
  readonly secretWalls: SecretWalls;
  readonly transportResolver: TransportResolver | undefined;
  readonly policies: PolicyBook;
}

/** The policies of a guard, worked out once per spec. */
export class PolicyBook {
  readonly #common: CallPolicy;
  readonly #byIntegration: ReadonlyMap<string, CallPolicy>;
  readonly #bySpec = new WeakMap<IntegrationSpec, EffectivePolicy>();

  /** @throws {GuardOptionsError} A policy has a value out of range. */
  constructor(common: CallPolicy, byIntegration: Readonly<Record<string, CallPolicy>>) {
    this.#common = common;
    this.#byIntegration = new Map(Object.entries(byIntegration));
    effectivePolicy(common, undefined);
    for (const policy of this.#byIntegration.values()) effectivePolicy(mergePolicies(common, policy), undefined);
  }

  /** The policy of a call: guard, integration, call; the narrower wins. */
  of(spec: IntegrationSpec, call: CallPolicy | undefined): EffectivePolicy {
    if (call !== undefined) return effectivePolicy(mergePolicies(this.#wider(spec), call), spec.constraints);
    const known = this.#bySpec.get(spec);
    if (known !== undefined) return known;
    const policy = effectivePolicy(this.#wider(spec), spec.constraints);
    this.#bySpec.set(spec, policy);
    return policy;
  }

  #wider(spec: IntegrationSpec): CallPolicy {
    return mergePolicies(this.#common, this.#byIntegration.get(spec.meta.key) ?? {});
  }
}

import {
  createRedactor,
  type IntegrationConnection,
  type IntegrationSpec,
  type ResolvedAppConfig,
  type ResolvedIntegration,
} from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import { systemClock } from '../clock.ts';
import { type CallPolicy, mergePolicies } from '../policies/call-policy.ts';
import { InMemoryRateLimiter } from '../policies/rate-limiter.ts';
import { TelemetryDispatcher } from '../telemetry/telemetry-dispatcher.ts';
import { type CallEnvironment, PolicyBook } from './call-environment.ts';
import type { CallRequest } from './call-request.ts';
import type { IntegrationCallResult } from './call-result.ts';
import type { IntegrationExecutor, IntegrationSlot, SlotExecutor } from './executor.ts';
import { type CallFailure, messageOf } from './failure.ts';
import { finishCall, internalFailure, slotNotBound } from './finish-call.ts';
import type { GuardedCallOptions, IntegrationCallGuardOptions } from './guard-options.ts';
import { type ConnectionSnapshot, GuardState } from './guard-state.ts';
import { GuardedCall } from './guarded-call.ts';
import { checkWalls, findIntegration } from './preflight.ts';
import { checkSecretAccess, secretReadScope } from './secret-access.ts';

const NO_OPTIONS: GuardedCallOptions = {};

/**
 * Makes calls to third-party services on behalf of tenants: finds the slot's connection, keeps tenants apart, reads and
 * checks the secret, and runs the executor under deadline, rate limit, bulkhead, breaker and retries.
 */
export class IntegrationCallGuard {
  readonly #env: CallEnvironment;

  /** @throws {GuardOptionsError} An option is out of range. */
  constructor(secretProvider: SecretProvider, options: IntegrationCallGuardOptions = {}) {
    const clock = options.clock ?? systemClock;
    this.#env = {
      secretProvider,
      clock,
      state: options.state ?? new GuardState(),
      telemetry: new TelemetryDispatcher(options.telemetry, options.onTelemetryError),
      now: safeNow(options.now ?? (() => clock.now())),
      sleep: options.sleep,
      random: options.random ?? Math.random,
      shouldRetry: options.shouldRetry ?? hasTruthyRetryable,
      rateLimiter: options.rateLimiter ?? new InMemoryRateLimiter(),
      secretWalls: {
        allowHostSecretsForByok: options.allowHostSecretsForByok ?? false,
        check: options.secretAccess,
      },
      transportResolver: options.transportResolver,
      policies: new PolicyBook(commonPolicy(options), options.policies ?? {}),
    };
  }

  /**
   * Calls the service that fills a slot. Never rejects: every failure, the host's own parts included, is a result.
   *
   * @param slot Slot id, or a slot from `defineSlot`, which types config and secrets.
   * @param operation Name of what is done, for scopes and telemetry.
   * @param input Handed to the executor as `context.input`.
   * @param executor Makes one attempt. May run up to `maxAttempts` times.
   */
  // The parameter list is the established one; new settings go into `options`.
  // oxlint-disable-next-line max-params
  executeWithGuards<T>(
    slot: string,
    operation: string,
    input: unknown,
    resolvedConfig: ResolvedAppConfig,
    executor: IntegrationExecutor<T>,
    options?: GuardedCallOptions,
  ): Promise<IntegrationCallResult<T>>;
  // oxlint-disable-next-line max-params
  executeWithGuards<T, Spec extends IntegrationSpec>(
    slot: IntegrationSlot<Spec>,
    operation: string,
    input: unknown,
    resolvedConfig: ResolvedAppConfig,
    executor: SlotExecutor<T, Spec>,
    options?: GuardedCallOptions,
  ): Promise<IntegrationCallResult<T>>;
  // oxlint-disable-next-line max-params
  executeWithGuards<T>(
    slot: string | IntegrationSlot,
    operation: string,
    input: unknown,
    config: ResolvedAppConfig,
    executor: IntegrationExecutor<T>,
    options: GuardedCallOptions = NO_OPTIONS,
  ): Promise<IntegrationCallResult<T>> {
    const isTyped = typeof slot !== 'string';
    return this.#run({
      slotId: isTyped ? slot.slotId : slot,
      expectedIntegrationKey: isTyped ? slot.spec.meta.key : undefined,
      operation,
      workflow: options.workflow,
      feature: options.feature,
      input,
      config,
      executor,
      options,
    });
  }

  /** How a connection is doing; undefined for one that this guard has not called yet. */
  inspect(connection: IntegrationConnection): ConnectionSnapshot | undefined {
    return this.#env.state.peek(connection)?.snapshot(this.#env.clock.monotonicMs());
  }

  #run<T>(call: CallRequest<T>): Promise<IntegrationCallResult<T>> {
    let integration: ResolvedIntegration | undefined;
    let refused: CallFailure;
    try {
      const startedAt = this.#env.clock.monotonicMs();
      integration = findIntegration(call.config, call.slotId);
      if (integration === undefined) {
        refused = slotNotBound(call);
      } else {
        const { secretProvider, secretWalls } = this.#env;
        const secretScope = secretReadScope(integration, secretWalls);
        const failure =
          checkWalls(call, call.config, integration) ??
          checkSecretAccess(secretProvider, secretWalls, integration, secretScope);
        if (failure === undefined) {
          return new GuardedCall(this.#env, call, { integration, secretScope, startedAt }).run();
        }
        refused = failure;
      }
    } catch (error) {
      refused = internalFailure(error, call.operation, createRedactor().text(messageOf(error)));
    }
    return Promise.resolve(finishCall(this.#env, { call, integration, attempts: 0, latencyMs: 0 }, refused));
  }
}

/** The options that have a short form, overridden by the policy that was given. */
function commonPolicy({ maxAttempts, backoffMs, policy = {} }: IntegrationCallGuardOptions): CallPolicy {
  return mergePolicies(
    {
      ...(maxAttempts === undefined ? {} : { maxAttempts }),
      ...(backoffMs === undefined ? {} : { backoff: { baseMs: backoffMs } }),
    },
    policy,
  );
}

function hasTruthyRetryable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Boolean(Reflect.get(error, 'retryable'));
}

/** A clock for records that falls back to the machine's when the injected one throws. */
function safeNow(now: () => Date): () => Date {
  return () => {
    try {
      return now();
    } catch {
      return new Date();
    }
  };
}

import {
  createRedactor,
  type IntegrationConnection,
  type IntegrationSpec,
  type Redactor,
  type ResolvedAppConfig,
  type ResolvedIntegration,
} from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import { systemClock } from '../clock.ts';
import { type CallPolicy, GuardOptionsError, mergePolicies } from '../policies/call-policy.ts';
import { InMemoryRateLimiter } from '../policies/rate-limiter.ts';
import { TelemetryDispatcher } from '../telemetry/telemetry-dispatcher.ts';
import { type CallEnvironment, PolicyBook } from './call-environment.ts';
import type { CallRequest } from './call-request.ts';
import type { IntegrationCallMetadata, IntegrationCallResult } from './call-result.ts';
import { attemptEvent, callEvent } from './call-telemetry.ts';
import type { IntegrationExecutor, IntegrationSlot, SlotExecutor } from './executor.ts';
import { type CallFailure, callFailure, messageOf } from './failure.ts';
import type { GuardedCallOptions, IntegrationCallGuardOptions } from './guard-options.ts';
import { type ConnectionSnapshot, GuardState } from './guard-state.ts';
import { type CallOutcome, GuardedCall } from './guarded-call.ts';
import { checkWalls, findIntegration } from './preflight.ts';
import { checkSecretAccess, secretReadScope } from './secret-access.ts';

const NO_OPTIONS: GuardedCallOptions = {};

/** A call that has ended, before its result is made. */
interface CallEnd<T> {
  readonly call: CallRequest<T>;
  readonly integration: ResolvedIntegration | undefined;
  readonly guarded: GuardedCall<T> | undefined;
  readonly latencyMs: number;
}

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

  async #run<T>(call: CallRequest<T>): Promise<IntegrationCallResult<T>> {
    let startedAt = Number.NaN;
    let integration: ResolvedIntegration | undefined;
    let guarded: GuardedCall<T> | undefined;
    let outcome: CallOutcome<T>;
    try {
      startedAt = this.#env.clock.monotonicMs();
      integration = findIntegration(call.config, call.slotId);
      if (integration === undefined) {
        outcome = slotNotBound(call);
      } else {
        const { secretProvider, secretWalls } = this.#env;
        const secretScope = secretReadScope(integration, secretWalls);
        const refused =
          checkWalls(call, call.config, integration) ??
          checkSecretAccess(secretProvider, secretWalls, integration, secretScope);
        if (refused === undefined) guarded = new GuardedCall(this.#env, call, { integration, secretScope, startedAt });
        outcome = refused ?? (await guarded?.run(startedAt)) ?? slotNotBound(call);
      }
    } catch (error) {
      outcome = internalFailure(error, call.operation, guarded?.lease?.redactor() ?? createRedactor());
    }
    const latencyMs =
      guarded === undefined ? 0 : this.#elapsedMs(startedAt, 'data' in outcome ? guarded.endedAt : undefined);
    return this.#finish({ call, integration, guarded, latencyMs }, outcome);
  }

  #finish<T>(end: CallEnd<T>, outcome: CallOutcome<T>): IntegrationCallResult<T> {
    const { integration, guarded, latencyMs } = end;
    const isSuccess = 'data' in outcome;
    const metadata: IntegrationCallMetadata = {
      latencyMs,
      connectionId: integration?.connection.meta.id ?? 'unknown',
      ownershipMode: integration?.connection.ownershipMode ?? 'managed',
      attempts: guarded?.attempts ?? 0,
      stopReason: isSuccess ? 'succeeded' : outcome.stopReason,
    };
    const result: IntegrationCallResult<T> = isSuccess
      ? { success: true, data: outcome.data, metadata }
      : { success: false, error: outcome.error, metadata };
    this.#report(end, result);
    return result;
  }

  #report<T>({ call, integration, guarded }: CallEnd<T>, { metadata, error }: IntegrationCallResult<T>): void {
    const { telemetry, now } = this.#env;
    if (integration !== undefined && metadata.attempts === 0 && telemetry.wantsAttempts) {
      const report = { attempt: 0, durationMs: metadata.latencyMs, willRetry: false, error };
      telemetry.attempt(attemptEvent(call, integration, now(), report));
    }
    if (!telemetry.wantsCalls) return;
    const event = callEvent(call.config, now(), {
      operation: call.operation,
      slotId: call.slotId,
      integration,
      request: guarded?.request,
      credentialVersion: guarded?.lease?.version,
      metadata,
      error,
    });
    telemetry.call(event);
  }

  /** Until `endedAt`, or until now. */
  #elapsedMs(startedAt: number, endedAt: number | undefined): number {
    try {
      const elapsedMs = (endedAt ?? this.#env.clock.monotonicMs()) - startedAt;
      return elapsedMs >= 0 ? elapsedMs : 0;
    } catch {
      return 0;
    }
  }
}

function slotNotBound({ slotId, config }: Pick<CallRequest<unknown>, 'slotId' | 'config'>): CallFailure {
  return callFailure('SLOT_NOT_BOUND', `Slot "${slotId}" is not bound to a connection for tenant "${config.tenantId}"`);
}

/** A part that the host injected threw. */
function internalFailure(error: unknown, operation: string, redactor: Redactor): CallFailure {
  const code = GuardOptionsError.is(error) && error.code === 'INVALID_OPTIONS' ? 'INVALID_OPTIONS' : 'UNKNOWN_ERROR';
  return callFailure(code, `The guard of call "${operation}" failed: ${redactor.text(messageOf(error))}`, {
    cause: error,
  });
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

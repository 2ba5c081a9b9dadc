import { createRedactor, type IntegrationSpec, type ResolvedIntegration } from '@mortise/core';
import { type IntegrationRequestContext, resolveIntegrationRequestContext } from '../context/request-context.ts';
import type { EffectivePolicy } from '../policies/call-policy.ts';
import type { CircuitVerdict } from '../policies/circuit-breaker.ts';
import type { RetryBudget } from '../policies/retry-budget.ts';
import {
  type AdmissionOutcome,
  type AdmissionRequest,
  circuitOpen,
  enterBulkhead,
  refuseIfOpen,
  takeRateLimit,
} from './admission.ts';
import { AttemptContext, type AttemptSource } from './attempt-context.ts';
import type { CallEnvironment } from './call-environment.ts';
import type { CallRequest } from './call-request.ts';
import { attemptEvent } from './call-telemetry.ts';
import { classifyError, type ErrorClassification } from './classify-error.ts';
import { type CallFailure, callFailure, messageOf, providerErrorCode } from './failure.ts';
import type { ConnectionState } from './guard-state.ts';
import { INTERRUPTED, type Interruption, InterruptionWatch } from './interruption.ts';
import { decideRetry } from './retry-decision.ts';
import { leaseSecret, type SecretLease, secretFailure } from './secret-lease.ts';
import { AttemptTimeoutError, DeadlineExceededError } from './timeout-errors.ts';

/** How a call ended: with data, or with a failure. */
export type CallOutcome<T> = { readonly data: T } | CallFailure;

/** How one executor run ended. */
type AttemptOutcome<T> =
  | { readonly kind: 'done'; readonly data: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly cause: Interruption };

/** Longest provider message that is passed on. */
const MAX_MESSAGE_LENGTH = 1_000;

/** A call whose slot is bound and whose walls hold: secret, admission, attempts. Made for one use. */
export class GuardedCall<T> implements AttemptSource, AdmissionRequest {
  readonly env: CallEnvironment;
  readonly policy: EffectivePolicy;
  readonly state: ConnectionState;
  readonly watch: InterruptionWatch;
  readonly #call: CallRequest<T>;
  readonly #integration: ResolvedIntegration;
  readonly #budget: RetryBudget | undefined;
  #lease: SecretLease | undefined;
  #request: IntegrationRequestContext | undefined;
  #idempotencyKey: string | undefined;
  #attempts = 0;
  #withdrawn = 0;
  #isSecretRefreshed = false;
  #isInBulkhead = false;
  #lastFailure: CallFailure | undefined;

  constructor(env: CallEnvironment, call: CallRequest<T>, integration: ResolvedIntegration, startedAt: number) {
    this.env = env;
    this.#call = call;
    this.#integration = integration;
    this.policy = env.policies.of(integration.spec, call.options.policy);
    this.state = env.state.connection(integration.connection);
    this.watch = new InterruptionWatch(env.clock, call.options.signal, startedAt + this.policy.totalTimeoutMs);
    const { retryBudget } = this.policy;
    this.#budget = retryBudget === false ? undefined : env.state.budget(integration.spec.meta.key, retryBudget);
  }

  /** How often the executor was started. */
  get attempts(): number {
    return this.#attempts;
  }

  /** The secret that was used, once it was read. */
  get lease(): SecretLease | undefined {
    return this.#lease;
  }

  async run(startedAt: number): Promise<CallOutcome<T>> {
    this.state.calls += 1;
    try {
      this.watch.open(startedAt + this.policy.attemptTimeoutMs, startedAt);
      return (await this.#readSecret()) ?? (await this.#admit()) ?? (await this.#attemptAll());
    } finally {
      this.watch.close();
      if (this.#isInBulkhead) this.state.bulkhead(this.policy.bulkhead)?.release();
      this.state.calls -= 1;
    }
  }

  async #readSecret(): Promise<CallFailure | undefined> {
    const ended = this.#ended();
    if (ended !== undefined) return ended;
    const { connection, spec } = this.#integration;
    try {
      const value = await this.watch.race(this.env.secretProvider.getSecret(connection.secretRef));
      if (value === INTERRUPTED) return this.#interrupted();
      const lease = leaseSecret(value, spec, this.state.lease);
      if ('stopReason' in lease) return lease;
      this.#lease = lease;
      this.state.lease = lease;
      return undefined;
    } catch (error) {
      return secretFailure(error, connection.secretRef);
    }
  }

  /** Whether a forced read brought another secret than the one that the provider refused. */
  async #refreshSecret(): Promise<boolean> {
    this.#isSecretRefreshed = true;
    const refused = this.#lease;
    const { secretProvider } = this.env;
    const reference = this.#integration.connection.secretRef;
    try {
      const value = await this.watch.race(secretProvider.refresh?.(reference) ?? secretProvider.getSecret(reference));
      if (value === INTERRUPTED) return false;
      const lease = leaseSecret(value, this.spec, refused);
      if ('stopReason' in lease || lease === refused) return false;
      this.#lease = lease;
      this.state.lease = lease;
      return true;
    } catch {
      // The refusal that led here is the better error.
      return false;
    }
  }

  async #admit(): Promise<CallFailure | undefined> {
    const refused = refuseIfOpen(this, this.env.clock.monotonicMs());
    if (refused !== undefined) return refused;
    const limited = takeRateLimit(this);
    const limit = limited instanceof Promise ? await limited : limited;
    if (limit !== undefined) return this.#admissionFailure(limit);
    const entered = enterBulkhead(this);
    const entry = entered instanceof Promise ? await entered : entered;
    if (entry !== undefined) return this.#admissionFailure(entry);
    this.#isInBulkhead = true;
    return undefined;
  }

  #admissionFailure(outcome: Exclude<AdmissionOutcome, undefined>): CallFailure {
    return outcome === INTERRUPTED ? this.#interrupted() : outcome;
  }

  async #attemptAll(): Promise<CallOutcome<T>> {
    for (;;) {
      const ended = this.#ended();
      if (ended !== undefined) return ended;
      const breaker = this.state.breaker(this.policy.breaker);
      const startedAt = this.env.clock.monotonicMs();
      const ticket = breaker?.admit(startedAt);
      if (breaker !== undefined && ticket === undefined) {
        return this.#stopWith(circuitOpen(this.state, breaker.refusalMs(startedAt)));
      }
      this.#attempts += 1;
      const outcome = await this.#attempt(startedAt);
      const endedAt = this.env.clock.monotonicMs();
      if (outcome.kind === 'done') {
        if (ticket !== undefined) breaker?.settle(ticket, 'success', endedAt);
        this.#budget?.deposit(this.#withdrawn);
        this.#report(endedAt - startedAt, undefined, false);
        return { data: outcome.data };
      }
      const failure = await this.#afterFailure(outcome, ticket, startedAt, endedAt);
      if (failure !== undefined) return failure;
    }
  }

  /** Starts the executor once. Whatever it does after it was given up is dropped and counted. */
  #attempt(nowMs: number): Promise<AttemptOutcome<T>> {
    const context = new AttemptContext(this, this.#attempts);
    this.watch.beginAttempt(nowMs + this.policy.attemptTimeoutMs, nowMs);
    return new Promise((resolve) => {
      let isOver = false;
      const settle = (outcome: AttemptOutcome<T>): void => {
        if (isOver) {
          this.state.lateSettlements += 1;
          return;
        }
        isOver = true;
        this.watch.endAttempt();
        resolve(outcome);
      };
      this.watch.listen((cause) => {
        if (isOver) return;
        settle({ kind: 'interrupted', cause });
        context.abort(this.#reasonOf(cause));
      });
      try {
        const { connection } = this.#integration;
        const pending = this.#call.executor(connection, this.#lease?.secrets ?? {}, context);
        Promise.resolve(pending).then(
          (data) => settle({ kind: 'done', data }),
          (error: unknown) => settle({ kind: 'failed', error }),
        );
      } catch (error) {
        settle({ kind: 'failed', error });
      }
    });
  }

  /** Settles a failed attempt. A failure ends the call; undefined means that another attempt may start. */
  async #afterFailure(
    outcome: Exclude<AttemptOutcome<T>, { kind: 'done' }>,
    ticket: number | undefined,
    startedAt: number,
    endedAt: number,
  ): Promise<CallFailure | undefined> {
    const breaker = this.state.breaker(this.policy.breaker);
    const isCallOver = outcome.kind === 'interrupted' && outcome.cause !== 'attempt-timeout';
    const error = outcome.kind === 'failed' ? outcome.error : this.#reasonOf(outcome.cause);
    const classification = classifyError(error, this.env.now().getTime());
    if (ticket !== undefined) breaker?.settle(ticket, verdictOf(outcome, classification), endedAt);
    if (isCallOver) {
      const failure = this.#interrupted();
      this.#report(endedAt - startedAt, failure, false);
      return failure;
    }
    this.#pauseIfThrottled(classification, endedAt);
    if (classification.class === 'auth' && !this.#isSecretRefreshed && this.#attempts < this.policy.maxAttempts) {
      if (await this.#refreshSecret()) {
        this.#report(endedAt - startedAt, this.#providerFailure(error, classification, true), true);
        return this.#takeRateLimitAgain();
      }
    }
    const isRetryable = this.#asksToRetry(error);
    const decision = decideRetry({
      policy: this.policy,
      attempt: this.#attempts,
      classification,
      isRetryable,
      onlyIfNeverSent: this.#call.options.idempotency === 'none',
      remainingMs: this.watch.remainingMs(endedAt),
      nowMs: endedAt,
      breaker,
      budget: this.#budget,
      random: this.env.random,
    });
    const failure = this.#providerFailure(error, classification, isRetryable);
    this.#report(endedAt - startedAt, failure, decision.retry);
    if (!decision.retry) return { ...failure, stopReason: decision.stopReason };
    this.#withdrawn += decision.withdrawn;
    this.#lastFailure = failure;
    return (await this.#backOff(decision.delayMs)) ?? (await this.#takeRateLimitAgain());
  }

  async #backOff(delayMs: number): Promise<CallFailure | undefined> {
    const { sleep } = this.env;
    if (sleep !== undefined) {
      return (await this.watch.race(sleep(delayMs))) === INTERRUPTED ? this.#stopWith(this.#interrupted()) : undefined;
    }
    if (delayMs <= 0) return undefined;
    return (await this.watch.sleep(delayMs)) ? undefined : this.#stopWith(this.#interrupted());
  }

  /** Every attempt is a request, so every retry takes from the rate limit too. */
  async #takeRateLimitAgain(): Promise<CallFailure | undefined> {
    const outcome = await takeRateLimit(this);
    if (outcome === undefined) return undefined;
    const failure = this.#admissionFailure(outcome);
    return this.#stopWith(outcome === INTERRUPTED ? failure : { ...failure, stopReason: 'retry-after' });
  }

  /** Ends the call for the given reason; the last provider error stays the headline, unless the caller aborted. */
  #stopWith(failure: CallFailure): CallFailure {
    if (this.#lastFailure === undefined || failure.stopReason === 'aborted') return failure;
    return { ...this.#lastFailure, stopReason: failure.stopReason };
  }

  #pauseIfThrottled(classification: ErrorClassification, nowMs: number): void {
    const { retryAfterMs } = classification;
    if (classification.class !== 'throttled' || retryAfterMs === undefined || this.policy.rateLimitRules === false)
      return;
    try {
      const paused = this.env.rateLimiter.pause?.(this.state.key, retryAfterMs, nowMs);
      paused?.then(undefined, (error: unknown) => this.env.telemetry.report(error));
    } catch (error) {
      this.env.telemetry.report(error);
    }
  }

  #asksToRetry(error: unknown): boolean {
    try {
      return this.env.shouldRetry(error, this.#attempts);
    } catch {
      return false;
    }
  }

  #providerFailure(error: unknown, classification: ErrorClassification, retryable: boolean): CallFailure {
    return callFailure(this.#redact(providerErrorCode(classification)), this.#redact(messageOf(error)), {
      stopReason: 'not-retryable',
      retryable,
      classification,
      cause: error,
    });
  }

  #redact(message: string): string {
    const text = (this.#lease?.redactor() ?? createRedactor()).text(message);
    return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
  }

  #ended(): CallFailure | undefined {
    const ended = this.watch.ended(this.env.clock.monotonicMs());
    return ended === undefined ? undefined : this.#stopWith(this.#interruptedBy(ended));
  }

  #interrupted(): CallFailure {
    return this.#interruptedBy(this.#call.options.signal?.aborted === true ? 'aborted' : 'deadline');
  }

  #interruptedBy(cause: 'aborted' | 'deadline'): CallFailure {
    if (cause === 'aborted') {
      return callFailure('ABORTED', `The call "${this.operation}" was aborted by its caller`, {
        stopReason: 'aborted',
        cause: this.#call.options.signal?.reason,
      });
    }
    const { totalTimeoutMs } = this.policy;
    return callFailure('DEADLINE_EXCEEDED', `The call "${this.operation}" took longer than ${totalTimeoutMs} ms`, {
      stopReason: 'deadline',
      retryable: true,
    });
  }

  #reasonOf(cause: Interruption): unknown {
    if (cause === 'aborted') return this.#call.options.signal?.reason;
    if (cause === 'deadline') return new DeadlineExceededError(this.policy.totalTimeoutMs);
    return new AttemptTimeoutError(this.policy.attemptTimeoutMs);
  }

  #report(durationMs: number, failure: CallFailure | undefined, willRetry: boolean): void {
    const { telemetry } = this.env;
    if (!telemetry.wantsAttempts) return;
    telemetry.attempt(
      attemptEvent(this.#call.config, this.#integration, this.operation, this.env.now(), {
        attempt: this.#attempts,
        durationMs,
        willRetry,
        error: failure?.error,
      }),
    );
  }

  get operation(): string {
    return this.#call.operation;
  }

  get input(): unknown {
    return this.#call.input;
  }

  get tenantId(): string {
    return this.#call.config.tenantId;
  }

  get slotId(): string {
    return this.#call.slotId;
  }

  get spec(): IntegrationSpec {
    return this.#integration.spec;
  }

  get request(): IntegrationRequestContext {
    const { spec, connection } = this.#integration;
    return (this.#request ??= resolveIntegrationRequestContext(spec, connection, this.env.transportResolver));
  }

  get idempotencyKey(): string {
    return (this.#idempotencyKey ??= this.#call.options.idempotencyKey ?? crypto.randomUUID());
  }

  secretBytes(): Uint8Array {
    return this.#lease?.bytes.slice() ?? new Uint8Array();
  }

  remainingMs(): number {
    return this.watch.remainingMs(this.env.clock.monotonicMs());
  }
}

/** What an attempt says about the provider's health: it answered, it failed, or it says nothing. */
function verdictOf(
  outcome: { readonly kind: 'failed' } | { readonly kind: 'interrupted'; readonly cause: Interruption },
  classification: ErrorClassification,
): CircuitVerdict {
  if (outcome.kind === 'interrupted') return outcome.cause === 'aborted' ? 'neutral' : 'failure';
  if (classification.class === 'transient') return 'failure';
  const isAnswer = classification.class === 'permanent' || classification.class === 'auth';
  return isAnswer && classification.httpStatus !== undefined ? 'success' : 'neutral';
}

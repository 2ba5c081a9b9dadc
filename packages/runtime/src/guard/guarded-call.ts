import type { ResolvedIntegration } from '@mortise/core';
import type { SecretValue } from '@mortise/secrets';
import { type IntegrationRequestContext, resolveIntegrationRequestContext } from '../context/request-context.ts';
import type { Bulkhead } from '../policies/bulkhead.ts';
import type { EffectivePolicy } from '../policies/call-policy.ts';
import type { CircuitBreaker, CircuitVerdict } from '../policies/circuit-breaker.ts';
import type { RetryBudget } from '../policies/retry-budget.ts';
import { admit, type AdmissionOutcome, type AdmissionRequest, circuitOpen, leave, takeRateLimit } from './admission.ts';
import { AttemptContext, type AttemptSource } from './attempt-context.ts';
import type { IntegrationCallResult } from './call-result.ts';
import type { CallEnvironment } from './call-environment.ts';
import type { CallRequest } from './call-request.ts';
import { attemptEvent } from './call-telemetry.ts';
import { classifyError, type ErrorClassification } from './classify-error.ts';
import { CallSecret, type SecretHost } from './call-secret.ts';
import { type CallFailure, callFailure, providerErrorCode } from './failure.ts';
import type { ConnectionState } from './guard-state.ts';
import { type CallOutcome, type EndedCall, finishCall, internalFailure } from './finish-call.ts';
import { INTERRUPTED, type Interruption, InterruptionWatch } from './interruption.ts';
import { interruptionFailure, interruptionReason } from './interruption-failure.ts';
import { decideRetry } from './retry-decision.ts';
import { type AttemptHost, type AttemptOutcome, runAttempt } from './run-attempt.ts';
import type { SecretReadScope } from './secret-access.ts';

/** What a call is made on, found and allowed. */
export interface CallSubject {
  readonly integration: ResolvedIntegration;
  readonly secretScope: SecretReadScope;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
}

/** A call whose slot is bound and whose walls hold: secret, admission, attempts. Made for one use. */
export class GuardedCall<T> implements AttemptSource, AttemptHost<T>, AdmissionRequest, SecretHost, EndedCall {
  readonly env: CallEnvironment;
  readonly call: CallRequest<T>;
  readonly integration: ResolvedIntegration;
  readonly secretScope: SecretReadScope;
  readonly policy: EffectivePolicy;
  readonly state: ConnectionState;
  readonly breaker: CircuitBreaker | undefined;
  readonly bulkhead: Bulkhead | undefined;
  readonly watch: InterruptionWatch;
  readonly #budget: RetryBudget | undefined;
  readonly #secret: CallSecret;
  #request: IntegrationRequestContext | undefined;
  #idempotencyKey: string | undefined;
  #attempts = 0;
  #attemptStartedAt = 0;
  /** The breaker's ticket of the present attempt. */
  #ticket: number | undefined;
  #endedAt: number;
  /** The time that admission took place at, as long as nothing was waited for since. */
  #nowMs: number | undefined;
  readonly #startedAt: number;
  #reportedAt: Date | undefined;
  #withdrawn = 0;
  #isInBulkhead = false;
  #lastFailure: CallFailure | undefined;

  constructor(env: CallEnvironment, call: CallRequest<T>, { integration, secretScope, startedAt }: CallSubject) {
    this.env = env;
    this.call = call;
    this.integration = integration;
    this.secretScope = secretScope;
    this.#startedAt = startedAt;
    this.#endedAt = startedAt;
    this.policy = env.policies.of(integration.spec, call.options.policy);
    this.state = env.state.connection(integration.connection);
    this.breaker = this.state.breaker(this.policy.breaker);
    this.bulkhead = this.state.bulkhead(this.policy.bulkhead);
    this.watch = new InterruptionWatch(env.clock, call.options.signal, startedAt + this.policy.totalTimeoutMs);
    this.#secret = new CallSecret(this);
    const { retryBudget } = this.policy;
    this.#budget = retryBudget === false ? undefined : env.state.budget(integration.spec.meta.key, retryBudget);
  }

  /** How often the executor was started. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Version of the secret that was used, once it was read. */
  get credentialVersion(): string | undefined {
    return this.#secret.lease?.version;
  }

  get reportedAt(): Date | undefined {
    return this.#reportedAt;
  }

  /** From the start of the call to its end. */
  get latencyMs(): number {
    return Math.max(0, this.#endedAt - this.#startedAt);
  }

  /** Never rejects. */
  async run(): Promise<IntegrationCallResult<T>> {
    let outcome: CallOutcome<T> | undefined;
    this.state.calls += 1;
    try {
      this.watch.open(this.#startedAt + this.policy.attemptTimeoutMs, this.#startedAt);
      outcome = this.#ended(this.#startedAt) ?? this.#adopt(await this.#secret.read());
      if (outcome === undefined) {
        const admission = this.#admit();
        outcome = admission instanceof Promise ? await admission : admission;
      }
      while (outcome === undefined) {
        const attempt: Promise<AttemptOutcome<T>> | CallFailure = this.#startAttempt();
        const ending = attempt instanceof Promise ? this.#endAttempt(await attempt) : attempt;
        outcome = ending instanceof Promise ? await ending : ending;
      }
      if (!('data' in outcome)) this.#endedAt = this.env.clock.monotonicMs();
    } catch (error) {
      outcome = internalFailure(error, this.call.operation, this.#secret.redactedMessage(error));
    } finally {
      this.watch.close();
      if (this.#isInBulkhead) leave(this);
      this.state.calls -= 1;
    }
    return finishCall(this.env, this, outcome);
  }

  #adopt(read: SecretValue | CallFailure | typeof INTERRUPTED): CallFailure | undefined {
    if (read === INTERRUPTED) return this.#interrupted();
    return 'stopReason' in read ? read : this.#secret.adopt(read);
  }

  #admit(): CallFailure | undefined | Promise<CallFailure | undefined> {
    const nowMs = this.env.clock.monotonicMs();
    const ended = this.#ended(nowMs);
    if (ended !== undefined) return ended;
    const outcome = admit(this, nowMs);
    if (outcome instanceof Promise) return outcome.then((later) => this.#admitted(later));
    // Nothing was waited for, so that the attempt starts at this very time.
    this.#nowMs = nowMs;
    return this.#admitted(outcome);
  }

  #admitted(outcome: AdmissionOutcome): CallFailure | undefined {
    if (outcome === INTERRUPTED) return this.#interrupted();
    this.#isInBulkhead = outcome === undefined;
    return outcome;
  }

  /** Starts the executor once, unless the call is over or the breaker refuses. */
  #startAttempt(): Promise<AttemptOutcome<T>> | CallFailure {
    const nowMs = this.#nowMs ?? this.env.clock.monotonicMs();
    this.#nowMs = undefined;
    const ended = this.#ended(nowMs);
    if (ended !== undefined) return ended;
    const { breaker } = this;
    this.#ticket = breaker?.admit(nowMs);
    if (breaker !== undefined && this.#ticket === undefined) {
      return this.#stopWith(circuitOpen(this.state, breaker.refusalMs(nowMs)));
    }
    this.#attempts += 1;
    this.#attemptStartedAt = nowMs;
    this.watch.beginAttempt(nowMs + this.policy.attemptTimeoutMs, nowMs);
    return runAttempt(this, new AttemptContext(this, this.#attempts));
  }

  execute(context: AttemptContext): Promise<T> | T {
    const { executor } = this.call;
    return executor(this.integration.connection, this.#secret.lease?.secrets ?? {}, context);
  }

  noteLateSettlement(): void {
    this.state.lateSettlements += 1;
  }

  reasonOf(cause: Interruption): unknown {
    return interruptionReason(cause, this.call, this.policy);
  }

  /** Settles an attempt: an outcome ends the call, undefined means that another attempt may start. */
  #endAttempt(outcome: AttemptOutcome<T>): CallOutcome<T> | undefined | Promise<CallOutcome<T> | undefined> {
    const endedAt = this.env.clock.monotonicMs();
    this.#endedAt = endedAt;
    if (outcome.kind !== 'done') return this.#afterFailure(outcome, endedAt);
    if (this.#ticket !== undefined) this.breaker?.settle(this.#ticket, 'success', endedAt);
    this.#budget?.deposit(this.#withdrawn);
    this.#report(endedAt - this.#attemptStartedAt, undefined, false);
    return { data: outcome.data };
  }

  async #afterFailure(
    outcome: Exclude<AttemptOutcome<T>, { kind: 'done' }>,
    endedAt: number,
  ): Promise<CallFailure | undefined> {
    const durationMs = endedAt - this.#attemptStartedAt;
    const { breaker } = this;
    const isCallOver = outcome.kind === 'interrupted' && outcome.cause !== 'attempt-timeout';
    const error = outcome.kind === 'failed' ? outcome.error : this.reasonOf(outcome.cause);
    const classification = classifyError(error, this.env.now().getTime());
    if (this.#ticket !== undefined) breaker?.settle(this.#ticket, verdictOf(outcome, classification), endedAt);
    if (isCallOver) {
      const failure = this.#interrupted();
      this.#report(durationMs, failure, false);
      return failure;
    }
    this.#pauseIfThrottled(classification, endedAt);
    if (classification.class === 'auth' && !this.#secret.isRefreshed && this.#attempts < this.policy.maxAttempts) {
      if (await this.#secret.refresh()) {
        this.#report(durationMs, this.#providerFailure(error, classification, true), true);
        return this.#takeRateLimitAgain();
      }
    }
    const isRetryable = this.#asksToRetry(error);
    const decision = decideRetry({
      policy: this.policy,
      attempt: this.#attempts,
      classification,
      isRetryable,
      onlyIfNeverSent: this.call.options.idempotency === 'none',
      remainingMs: this.watch.remainingMs(endedAt),
      nowMs: endedAt,
      breaker,
      budget: this.#budget,
      random: this.env.random,
    });
    const failure = this.#providerFailure(error, classification, isRetryable);
    this.#report(durationMs, failure, decision.retry);
    if (!decision.retry) return { ...failure, stopReason: decision.stopReason };
    this.#withdrawn += decision.withdrawn;
    this.#lastFailure = failure;
    return (await this.#backOff(decision.delayMs)) ?? (await this.#takeRateLimitAgain());
  }

  async #backOff(delayMs: number): Promise<CallFailure | undefined> {
    // The caller may have left while nothing was waited for: in `shouldRetry`, in a sink, in a fresh read of the secret.
    const ended = this.#ended(this.env.clock.monotonicMs());
    if (ended !== undefined) return ended;
    const { sleep } = this.env;
    if (sleep !== undefined) {
      return (await this.watch.race(sleep(delayMs))) === INTERRUPTED ? this.#stopWith(this.#interrupted()) : undefined;
    }
    if (delayMs <= 0) return undefined;
    return (await this.watch.sleep(delayMs)) ? undefined : this.#stopWith(this.#interrupted());
  }

  /** Every attempt is a request, so every retry takes from the rate limit too. */
  async #takeRateLimitAgain(): Promise<CallFailure | undefined> {
    const outcome = await takeRateLimit(this, this.env.clock.monotonicMs());
    if (outcome === undefined) return undefined;
    return this.#stopWith(outcome === INTERRUPTED ? this.#interrupted() : { ...outcome, stopReason: 'retry-after' });
  }

  /** Ends the call for the given reason; the last provider error stays the headline, unless the caller aborted. */
  #stopWith(failure: CallFailure): CallFailure {
    if (this.#lastFailure === undefined || failure.stopReason === 'aborted') return failure;
    return { ...this.#lastFailure, stopReason: failure.stopReason };
  }

  #pauseIfThrottled({ class: errorClass, retryAfterMs }: ErrorClassification, nowMs: number): void {
    if (errorClass === 'throttled' && retryAfterMs !== undefined) this.#pause(retryAfterMs, nowMs);
  }

  pauseCalls(durationMs: number): void {
    if (durationMs > 0) this.#pause(durationMs, this.env.clock.monotonicMs());
  }

  #pause(durationMs: number, nowMs: number): void {
    if (this.policy.rateLimitRules === false) return;
    try {
      const paused = this.env.rateLimiter.pause?.(this.state.key, durationMs, nowMs);
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
    return callFailure(this.#secret.redact(providerErrorCode(classification)), this.#secret.redactedMessage(error), {
      stopReason: 'not-retryable',
      retryable,
      classification,
      cause: error,
    });
  }

  #ended(nowMs: number): CallFailure | undefined {
    const ended = this.watch.ended(nowMs);
    return ended === undefined ? undefined : this.#stopWith(this.#interruptedBy(ended));
  }

  #interrupted(): CallFailure {
    return this.#interruptedBy(this.call.options.signal?.aborted === true ? 'aborted' : 'deadline');
  }

  #interruptedBy(cause: 'aborted' | 'deadline'): CallFailure {
    return interruptionFailure(cause, this.call, this.policy);
  }

  #report(durationMs: number, failure: CallFailure | undefined, willRetry: boolean): void {
    const { telemetry } = this.env;
    if (!telemetry.wantsAttempts) return;
    const now = this.env.now();
    // Only a call that ends here is dated by its last attempt: another wait may follow a failed one.
    if (failure === undefined) this.#reportedAt = now;
    telemetry.attempt(
      attemptEvent(this.call, this.integration, now, {
        attempt: this.#attempts,
        durationMs,
        willRetry,
        error: failure?.error,
      }),
    );
  }

  get request(): IntegrationRequestContext {
    const { spec, connection } = this.integration;
    return (this.#request ??= resolveIntegrationRequestContext(spec, connection, this.env.transportResolver));
  }

  get idempotencyKey(): string {
    return (this.#idempotencyKey ??= this.call.options.idempotencyKey ?? crypto.randomUUID());
  }

  secretBytes(): Uint8Array {
    return this.#secret.bytes();
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

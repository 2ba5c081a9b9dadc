import { backoffDelayMs } from '../policies/backoff.ts';
import type { EffectivePolicy } from '../policies/call-policy.ts';
import type { CircuitBreaker } from '../policies/circuit-breaker.ts';
import type { RetryBudget } from '../policies/retry-budget.ts';
import type { StopReason } from './call-result.ts';
import type { ErrorClassification } from './classify-error.ts';

/** A failed attempt and everything that decides whether there is another. */
export interface RetryQuestion {
  readonly policy: EffectivePolicy;
  /** Number of the attempt that failed. */
  readonly attempt: number;
  readonly classification: ErrorClassification;
  /** What `shouldRetry` answered. */
  readonly isRetryable: boolean;
  /** Whether the operation may only be repeated when the request certainly never left. */
  readonly onlyIfNeverSent: boolean;
  /** Milliseconds until the call's deadline. */
  readonly remainingMs: number;
  readonly nowMs: number;
  readonly breaker: CircuitBreaker | undefined;
  readonly budget: RetryBudget | undefined;
  readonly random: () => number;
}

export type RetryDecision =
  | { readonly retry: true; readonly delayMs: number; readonly withdrawn: number }
  | { readonly retry: false; readonly stopReason: StopReason };

/** Whether a failed attempt is followed by another, and after how long. Takes the retry's cost from the budget. */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { policy, attempt, classification, remainingMs, nowMs } = question;
  if (!question.isRetryable) return stop('not-retryable');
  if (question.onlyIfNeverSent && !classification.neverSent) return stop('not-retryable');
  if (attempt >= policy.maxAttempts) return stop('attempts');
  const isThrottled = classification.class === 'throttled';
  const askedMs = classification.retryAfterMs;
  if (askedMs !== undefined && (askedMs > policy.maxRetryAfterMs || askedMs >= remainingMs)) return stop('retry-after');
  const delayMs = askedMs ?? backoffDelayMs(policy.backoff, attempt, isThrottled, question.random);
  if (delayMs >= remainingMs) return stop('deadline');
  if ((question.breaker?.refusalMs(nowMs) ?? 0) > delayMs) return stop('circuit');
  const withdrawn = question.budget === undefined ? 0 : question.budget.withdraw(isThrottled);
  return withdrawn === undefined ? stop('budget') : { retry: true, delayMs, withdrawn };
}

function stop(stopReason: StopReason): RetryDecision {
  return { retry: false, stopReason };
}

import type { EffectivePolicy } from '../policies/call-policy.ts';
import type { CallRequest } from './call-request.ts';
import { type CallFailure, callFailure } from './failure.ts';
import type { Interruption } from './interruption.ts';
import { AttemptTimeoutError, DeadlineExceededError } from './timeout-errors.ts';

type Interrupted = Pick<CallRequest<unknown>, 'operation' | 'options'>;

/** The failure of a call that was aborted or ran out of time. */
export function interruptionFailure(
  cause: 'aborted' | 'deadline',
  { operation, options }: Interrupted,
  { totalTimeoutMs }: EffectivePolicy,
): CallFailure {
  if (cause === 'aborted') {
    return callFailure('ABORTED', `The call "${operation}" was aborted by its caller`, {
      stopReason: 'aborted',
      cause: options.signal?.reason,
    });
  }
  return callFailure('DEADLINE_EXCEEDED', `The call "${operation}" took longer than ${totalTimeoutMs} ms`, {
    stopReason: 'deadline',
    retryable: true,
  });
}

/** What an executor or a backend is told when it is given up. */
export function interruptionReason(cause: Interruption, { options }: Interrupted, policy: EffectivePolicy): unknown {
  if (cause === 'aborted') return options.signal?.reason;
  if (cause === 'deadline') return new DeadlineExceededError(policy.totalTimeoutMs);
  return new AttemptTimeoutError(policy.attemptTimeoutMs);
}

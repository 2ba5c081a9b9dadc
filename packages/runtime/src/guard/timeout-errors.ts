import { MortiseError } from '@mortise/core';

/** An attempt took longer than its policy allows; the call may be tried again. Also the reason of the attempt's signal. */
export class AttemptTimeoutError extends MortiseError<'ATTEMPT_TIMEOUT'> {
  constructor(timeoutMs: number) {
    super({ code: 'ATTEMPT_TIMEOUT', message: `The attempt took longer than ${timeoutMs} ms`, retry: 'transient' });
  }
}

/** The call's total time is over. The reason of the attempt's signal. */
export class DeadlineExceededError extends MortiseError<'DEADLINE_EXCEEDED'> {
  constructor(timeoutMs: number) {
    super({ code: 'DEADLINE_EXCEEDED', message: `The call took longer than ${timeoutMs} ms`, retry: 'transient' });
  }
}

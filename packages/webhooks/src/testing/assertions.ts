import { MortiseError } from '@mortise/core';

/** A store does not keep the contract. Says what was expected and what came. */
export class WebhookConformanceError extends MortiseError<'NOT_CONFORMING'> {
  constructor(message: string) {
    super({ code: 'NOT_CONFORMING', message });
  }
}

/** Fails the check with this message unless the condition holds. */
export function requireThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new WebhookConformanceError(message);
}

import { MortiseError } from '@mortise/core';

/** A store does not keep its contract. Says what was expected and what came, never a token. */
export class StoreConformanceError extends MortiseError<'NOT_CONFORMING'> {
  constructor(message: string) {
    super({ code: 'NOT_CONFORMING', message });
  }
}

/** Fails the check with this message unless the condition holds. */
export function requireThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new StoreConformanceError(message);
}

/** Fails the check unless the action rejects with the given reason itself. */
export async function requireRejection(what: string, reason: unknown, action: () => Promise<unknown>): Promise<void> {
  const outcome = await action().then(
    () => ({ isRejected: false, error: undefined as unknown }),
    (error: unknown) => ({ isRejected: true, error }),
  );
  requireThat(outcome.isRejected, `${what}: expected it to reject, but it succeeded`);
  requireThat(outcome.error === reason, `${what}: expected the signal's own reason`);
}

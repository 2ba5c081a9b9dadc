import { MortiseError, type MortiseErrorOptions } from '@mortise/core';
import type { OperationContext } from '@mortise/core/operations';

const MARKER = Symbol.for('@mortise/health-access-error');

/** A caller who is no administrator asked for the records of somebody else. */
export class HealthAccessError extends MortiseError<'FORBIDDEN_USER'> {
  constructor(options: MortiseErrorOptions<'FORBIDDEN_USER'>) {
    super(options);
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** True for every `HealthAccessError`, whichever copy of the package made it. */
  static override is(value: unknown): value is HealthAccessError {
    return MortiseError.is(value) && MARKER in value;
  }
}

/**
 * Whose records a list may give. An administrator may ask for anybody's, or for all; any other caller for the own ones
 * only, and gets them where no user is named. Every handler of a list calls it first: the contract cannot.
 *
 * @returns The user to filter by. Undefined: no filter, for administrators only.
 * @throws {HealthAccessError} `FORBIDDEN_USER`
 */
export function resolveHealthUserId(
  input: { readonly userId?: string },
  context: Pick<OperationContext, 'actor' | 'userId'>,
): string | undefined {
  if (context.actor === 'admin') return input.userId;
  const { userId } = context;
  if (userId === undefined || userId === '') {
    throw forbidden('The caller is not known as a user; health records are shown to their owner only');
  }
  if (input.userId !== undefined && input.userId !== userId) {
    throw forbidden('Health records of another user were asked for; only administrators may');
  }
  return userId;
}

function forbidden(message: string): HealthAccessError {
  return new HealthAccessError({ code: 'FORBIDDEN_USER', message });
}

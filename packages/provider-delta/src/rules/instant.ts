import { DeltaError } from '../errors/delta-error.ts';
import type { ProviderDeltaInstant } from '../sync-state.ts';

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * An instant in epoch milliseconds.
 *
 * @throws {DeltaError} `INVALID_OPTIONS`: no instant, or text without an offset, which every host would read differently.
 */
export function instantMs(instant: ProviderDeltaInstant, field = 'instant'): number {
  const ms = instant instanceof Date ? instant.getTime() : WITH_OFFSET.test(instant) ? Date.parse(instant) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  const message = `"${field}" must be a Date or ISO 8601 text with an offset, and is ${JSON.stringify(instant)}`;
  throw new DeltaError({ code: 'INVALID_OPTIONS', message, field });
}

export function isoInstant(ms: number): string {
  return new Date(ms).toISOString();
}

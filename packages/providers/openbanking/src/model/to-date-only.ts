import { type DateOnly, IntegrationError, isDateOnly } from '@mortise/core';

/**
 * A day as operations take it: `YYYY-MM-DD` as it is; a `Date` or an instant stands for its day in UTC, which is what
 * callers mean who write midnight UTC. Where another zone is meant, write the day.
 *
 * @throws {IntegrationError} `invalid_request`: neither a day nor an instant.
 */
export function toDateOnly(value: DateOnly | Date): DateOnly {
  if (typeof value === 'string' && isDateOnly(value)) return value;
  const instant = typeof value === 'string' ? new Date(/[T ]/i.test(value) ? value : Number.NaN) : value;
  if (!Number.isNaN(instant.getTime())) return instant.toISOString().slice(0, 10);
  throw new IntegrationError({
    code: 'invalid_request',
    message: 'Expected a day as YYYY-MM-DD or an ISO 8601 instant',
  });
}

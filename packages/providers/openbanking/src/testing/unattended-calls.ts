import { IntegrationError } from '@mortise/core';
import type { OpenBankingCallOptions } from '../model/call-options.ts';
import type { OpenBankingConsent } from '../model/consent.ts';

const DAY_MS = 86_400_000;

/** Counts calls that no user asked for, for each consent, kind of read and day (UTC). */
export class UnattendedCalls {
  readonly #counts = new Map<string, number>();

  /**
   * Counts one call.
   *
   * @throws {IntegrationError} `rate_limited`, with the time until the next day, for one that the bank would refuse.
   */
  count(consent: OpenBankingConsent, what: string, options: OpenBankingCallOptions, now: number): void {
    const { frequencyPerDay } = consent;
    if (frequencyPerDay === undefined || options.psu?.present === true) return;
    const day = Math.floor(now / DAY_MS);
    const key = JSON.stringify([consent.id, what, day]);
    const calls = this.#counts.get(key) ?? 0;
    if (calls >= frequencyPerDay) {
      throw new IntegrationError({
        code: 'rate_limited',
        retry: 'throttled',
        retryAfterMs: (day + 1) * DAY_MS - now,
        message: `The bank allows ${frequencyPerDay} reads a day while the user is away; ask the user or wait`,
      });
    }
    this.#counts.set(key, calls + 1);
  }
}

import { IntegrationError } from '@mortise/core';
import type { PaymentsCapabilities } from '../model/capabilities.ts';
import { type Money, money } from '../money/money.ts';
import { MoneyError } from '../money/money-error.ts';

export function invalidInput(field: string, what: string): IntegrationError {
  return new IntegrationError({ code: 'invalid_request', field, message: `${field}: ${what}` });
}

export function wrongState(message: string): IntegrationError {
  return new IntegrationError({ code: 'precondition_failed', message });
}

export function notFound(what: string): IntegrationError {
  return new IntegrationError({ code: 'not_found', message: `There is no such ${what}` });
}

/**
 * Money above zero, in whole units, its currency in upper case.
 *
 * @throws {IntegrationError} `invalid_request`
 */
export function checkAmount(field: string, value: Money): Money {
  try {
    const checked = money(value.amount, value.currency);
    if (checked.amount > 0) return checked;
  } catch (error) {
    if (!MoneyError.is(error)) throw error;
    throw invalidInput(field, error.message);
  }
  throw invalidInput(field, `expected an amount above 0, got ${value.amount}`);
}

/** @throws {IntegrationError} `invalid_request` for labels beyond the limits. */
export function checkMetadata(
  metadata: Readonly<Record<string, string>> | undefined,
  { maxKeys, maxKeyLength, maxValueLength }: NonNullable<PaymentsCapabilities['metadataLimits']>,
): void {
  const entries = Object.entries(metadata ?? {});
  if (entries.length > maxKeys)
    throw invalidInput('metadata', `expected at most ${maxKeys} keys, got ${entries.length}`);
  for (const [key, value] of entries) {
    if (key.length > maxKeyLength) throw invalidInput('metadata', `a key has more than ${maxKeyLength} characters`);
    if (value.length > maxValueLength)
      throw invalidInput('metadata', `a value has more than ${maxValueLength} characters`);
  }
}

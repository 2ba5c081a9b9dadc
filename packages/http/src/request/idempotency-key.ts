import type { IdempotencyContract } from '@mortise/core';
import { misconfigured } from '../errors/integration-request-error.ts';
import type { HeaderSet } from './header-set.ts';

const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const DEFAULT_MAX_LENGTH = 255;

/** Whether the provider drops a repeat of a request with this method. */
export function takesIdempotencyKey(contract: IdempotencyContract | undefined, method: string): boolean {
  return contract !== undefined && (contract.methods ?? ['POST']).some((one) => one.toUpperCase() === method);
}

/** Adds the key under the provider's header, quoted where the provider wants a structured-field string. */
export function addIdempotencyKey(headers: HeaderSet, contract: IdempotencyContract, key: string): void {
  if (!PRINTABLE.test(key)) {
    throw misconfigured('Idempotency key: expected visible ASCII characters', 'idempotencyKey');
  }
  const maxLength = contract.maxLength ?? DEFAULT_MAX_LENGTH;
  if (key.length > maxLength) {
    throw misconfigured(
      `Idempotency key: expected at most ${maxLength} characters, got ${key.length}`,
      'idempotencyKey',
    );
  }
  const escaped = key.replaceAll(/["\\]/g, (character) => `\\${character}`);
  headers[contract.header.toLowerCase()] = contract.quoted === true ? `"${escaped}"` : key;
}

/**
 * The key of one of several requests that are made under one key: the key itself for the first, a number behind it for
 * those that follow. The same in every attempt that makes its requests in the same order.
 */
export function deriveKey(key: string, number: number): string {
  return number === 1 ? key : `${key}-${number}`;
}

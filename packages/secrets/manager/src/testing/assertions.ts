import { MortiseError } from '@mortise/core';
import type { SecretValue } from '../secret-provider.ts';
import { SecretProviderError, type SecretProviderErrorCode } from '../secret-provider-error.ts';

/** A backend does not keep the contract. Says what was expected and what came, never the bytes of a secret. */
export class SecretConformanceError extends MortiseError<'NOT_CONFORMING'> {
  constructor(message: string) {
    super({ code: 'NOT_CONFORMING', message });
  }
}

/** Fails the check with this message unless the condition holds. */
export function requireThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new SecretConformanceError(message);
}

/** What an action fails with. Succeeding fails the check. */
export async function failureOf(what: string, action: () => Promise<unknown>): Promise<unknown> {
  let result: Promise<unknown>;
  try {
    result = action();
  } catch {
    throw new SecretConformanceError(`${what}: expected a rejected promise, but it threw at once`);
  }
  return result.then(
    () => {
      throw new SecretConformanceError(`${what}: expected it to fail, but it succeeded`);
    },
    (error: unknown) => error,
  );
}

/** The `SecretProviderError` with one of these codes that an action fails with. Anything else fails the check. */
export async function refusalOf(
  what: string,
  codes: readonly SecretProviderErrorCode[],
  action: () => Promise<unknown>,
): Promise<SecretProviderError> {
  const error = await failureOf(what, action);
  requireThat(SecretProviderError.is(error), `${what}: expected a SecretProviderError, but ${typeOf(error)} came`);
  requireThat(codes.includes(error.code), `${what}: expected code ${codes.join(' or ')}, but ${error.code} came`);
  return error;
}

/** Fails the check unless the value holds exactly these bytes. */
export function requireBytes(what: string, value: SecretValue, expected: Uint8Array): void {
  const { data } = value;
  requireThat(data instanceof Uint8Array, `${what}: expected a Uint8Array as data, but ${typeOf(data)} came`);
  const isEqual = data.length === expected.length && data.every((byte, index) => byte === expected[index]);
  requireThat(
    isEqual,
    `${what}: expected the ${expected.length} bytes that were stored, but other ones (${data.length}) came`,
  );
}

function typeOf(value: unknown): string {
  return value instanceof Error ? value.name : typeof value;
}

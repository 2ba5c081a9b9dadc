import { SecretProviderError } from '@mortise/secrets';

/** The `SecretProviderError` that work fails with. Anything else fails the test. */
export async function refusalOf(work: Promise<unknown>): Promise<SecretProviderError> {
  const error: unknown = await work.then(
    () => new Error('It succeeded'),
    (reason: unknown) => reason,
  );
  if (SecretProviderError.is(error)) return error;
  throw new Error('Expected a SecretProviderError', { cause: error });
}

export function text(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}

import { SecretProviderError } from '@mortise/secrets';

/** The `SecretProviderError` that an action ends with. Rejects when it ends with anything else. */
export async function refusalOf(action: () => unknown): Promise<SecretProviderError> {
  try {
    await action();
  } catch (error) {
    if (SecretProviderError.is(error)) return error;
    throw error;
  }
  throw new TypeError('Expected a SecretProviderError, but the action succeeded');
}

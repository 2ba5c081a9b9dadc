import type { SecretProvider, SecretReference } from '../secret-provider.ts';

/** Whether the backend says that it can; one that throws cannot. */
export function canHandle(provider: SecretProvider, reference: SecretReference): boolean {
  try {
    return provider.canHandle(reference);
  } catch {
    return false;
  }
}

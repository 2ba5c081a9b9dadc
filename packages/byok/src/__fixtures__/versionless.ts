import type { SecretProvider } from '@mortise/secrets';
import { createSecretValue } from '@mortise/secrets';

/** A backend that keeps one value for each name and promises nothing else, over one that could do more. */
export function versionless(secrets: SecretProvider): SecretProvider {
  return {
    id: 'versionless',
    canHandle: (reference) => secrets.canHandle(reference),
    getSecret: async (reference, { version: _version, ...options } = {}) => {
      const { data, retrievedAt } = await secrets.getSecret(reference, options);
      return createSecretValue({ data, retrievedAt });
    },
    setSecret: async (reference, payload, { idempotencyKey: _key, ...options } = {}) =>
      secrets.setSecret(reference, payload, options),
    rotateSecret: async (reference, payload, { idempotencyKey: _key, overlapMs: _overlap, ...options } = {}) =>
      secrets.rotateSecret(reference, payload, options),
    deleteSecret: (...args) => secrets.deleteSecret(...args),
  };
}

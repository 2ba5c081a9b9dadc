import { describeSecretReference } from '../reference/describe-secret-reference.ts';
import type { SecretProvider, SecretReference } from '../secret-provider.ts';
import { SecretProviderError } from '../secret-provider-error.ts';
import { type SecretOperation, toVerb } from './secret-operation.ts';

/** What a call of an optional method comes to where the backend does not have it. Nothing was written. */
export function unsupportedOperation(
  { id }: SecretProvider,
  operation: SecretOperation,
  reference: SecretReference,
): Promise<never> {
  const subject = JSON.stringify(describeSecretReference(reference));
  const message = `"${id}" cannot ${toVerb(operation)} ${subject}: it has no such operation`;
  return Promise.reject(new SecretProviderError({ code: 'UNSUPPORTED', message, provider: id, reference }));
}

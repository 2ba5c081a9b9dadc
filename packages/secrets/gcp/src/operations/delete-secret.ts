import { formatSecretName } from '../reference/resource-name.ts';
import { type GcpOperation, invoke } from './gcp-operation.ts';

/** Deletes the secret with all its versions, for good. */
export async function deleteSecret(operation: GcpOperation): Promise<void> {
  const { client, name } = operation;
  await invoke(operation, 'DeleteSecret', (options) => client.deleteSecret({ name: formatSecretName(name) }, options));
}

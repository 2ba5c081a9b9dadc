import { failure } from '../errors/subject.ts';
import type { GcpSecretManagerProviderOptions } from '../gcp-secret-manager-options.ts';
import { LATEST } from '../reference/selector.ts';
import { findSecret } from './change-secret.ts';
import { versionOfAlias } from './current-alias.ts';
import type { GcpOperation } from './gcp-operation.ts';
import { findNewestEnabled } from './list-versions.ts';
import { getVersion, retire } from './retire-version.ts';

/**
 * Retires a version that is not current.
 *
 * @throws {SecretProviderError} `CONFLICT`: it is current.
 */
export async function retireOlder(
  operation: GcpOperation,
  version: string,
  settings: GcpSecretManagerProviderOptions,
): Promise<void> {
  const { subject } = operation.call;
  if ((await currentOf(operation, settings)) === version) {
    throw failure(subject, 'CONFLICT', `version ${version} is current; write or promote another one first`);
  }
  await retire(operation, version, settings.retireBy ?? 'disable');
}

async function currentOf(
  operation: GcpOperation,
  { currentAlias, latestEnabled }: GcpSecretManagerProviderOptions,
): Promise<string | undefined> {
  if (currentAlias !== undefined) {
    const secret = await findSecret(operation);
    if (secret === undefined) throw failure(operation.call.subject, 'NOT_FOUND', 'there is no such secret');
    return versionOfAlias(secret, currentAlias);
  }
  if (latestEnabled === true) return findNewestEnabled(operation);
  return (await getVersion(operation, LATEST)).version;
}

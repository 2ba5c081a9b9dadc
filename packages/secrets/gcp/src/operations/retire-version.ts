import { SecretProviderError } from '@mortise/secrets';
import { formatVersionName, readVersionNumber } from '../reference/resource-name.ts';
import { type GcpOperation, invoke } from './gcp-operation.ts';

/** `disable` can be undone, `destroy` cannot. */
export type RetireBy = 'disable' | 'destroy';

const RETIRED = new Set<unknown>(['DISABLED', 'DESTROYED', 2, 3]);

/** Disables or destroys a version; one that is disabled or destroyed already is as good. */
export async function retire(operation: GcpOperation, version: string, by: RetireBy): Promise<void> {
  const { client, name } = operation;
  const request = { name: formatVersionName(name, version) };
  try {
    await (by === 'disable'
      ? invoke(operation, 'DisableSecretVersion', (options) => client.disableSecretVersion(request, options))
      : invoke(operation, 'DestroySecretVersion', (options) => client.destroySecretVersion(request, options)));
  } catch (error) {
    const isState = SecretProviderError.is(error) && ['INVALID', 'VERSION_DISABLED'].includes(error.code);
    if (!isState || !RETIRED.has((await getVersion(operation, version)).state)) throw error;
  }
}

export interface VersionState {
  /** Number; `undefined` where the answer is about something else. */
  readonly version: string | undefined;
  readonly state: unknown;
}

/** What a selector stands for, without its payload. */
export async function getVersion(operation: GcpOperation, selector: string): Promise<VersionState> {
  const { client, name } = operation;
  const [found] = await invoke(operation, 'GetSecretVersion', (options) =>
    client.getSecretVersion({ name: formatVersionName(name, selector) }, options),
  );
  return { version: readVersionNumber(found?.name, name), state: found?.state };
}

export function isEnabled({ state }: VersionState): boolean {
  return state === 'ENABLED' || state === 1;
}

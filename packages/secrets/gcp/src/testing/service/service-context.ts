import { RpcError } from './rpc-error.ts';
import { parseResource, type Projects, type ResourceKey } from '../store/resource-key.ts';
import type { SecretStore, StoredSecret } from '../store/stored-secret.ts';

/** What the handlers of the RPCs work with. */
export interface ServiceContext {
  readonly store: SecretStore;
  readonly projects: Projects;
  readonly now: () => number;
  /** Whether a permission is granted for a secret, by its key. */
  readonly isGranted: (permission: string, key: string) => boolean;
}

/** The stored secret under a name of a secret or version. @throws {RpcError} `NOT_FOUND`, `INVALID_ARGUMENT`. */
export function findSecret(
  context: ServiceContext,
  name: string | null | undefined,
  kind: 'secret' | 'version' = 'secret',
): { readonly secret: StoredSecret; readonly resource: ResourceKey; readonly secretName: string } {
  const resource = parseResource(name, kind);
  const secretName = context.projects.keyOf(resource);
  const secret = context.store.get(secretName);
  if (secret === undefined) throw new RpcError('NOT_FOUND', `Secret [${secretName}] not found.`);
  return { secret, resource, secretName };
}

/** @throws {RpcError} `FAILED_PRECONDITION`: somebody else wrote in between. */
export function checkEtag(given: string | null | undefined, stored: string): void {
  if (given === undefined || given === null || given === '' || given === stored) return;
  throw new RpcError(
    'FAILED_PRECONDITION',
    `The etag provided in the request does not match the current etag ${stored}.`,
  );
}

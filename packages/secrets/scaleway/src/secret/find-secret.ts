import type { Secretv1beta1 } from '@scaleway/sdk-secret';
import { isUuid, type ScalewayReference, type ScalewaySecretByName } from '../reference/scaleway-reference.ts';
import { failure } from '../reference/subject.ts';
import { type ApiCall, projectOf, regionOf } from './api-call.ts';

/** A secret whose id is known, with whatever else is known without asking. */
export interface FoundSecret {
  readonly region: string;
  readonly id: string;
  /** Absent where the reference has the id, so that nobody needed to look. */
  readonly details?: Secretv1beta1.Secret;
}

const PAGE_SIZE = 100;

/**
 * The secret that a reference names. An id is taken as it is; a name is looked up.
 *
 * @returns `undefined`: there is none of this name, or it is scheduled for deletion.
 */
export async function findSecret(call: ApiCall, reference: ScalewayReference): Promise<FoundSecret | undefined> {
  const region = regionOf(call, reference.region);
  const { secret } = reference;
  if ('id' in secret) return { region, id: secret.id };
  const details = await findByName(call, region, secret, false);
  return details === undefined ? undefined : toFound(call, region, details);
}

/** @throws {SecretProviderError} `NOT_FOUND` for a name that no secret has. */
export async function expectFound(call: ApiCall, reference: ScalewayReference): Promise<FoundSecret> {
  const found = await findSecret(call, reference);
  if (found !== undefined) return found;
  throw failure(call.subject, 'NOT_FOUND', 'there is no such secret');
}

/** As `findSecret`, with its details in any case. */
export async function describeSecret(call: ApiCall, reference: ScalewayReference): Promise<FoundSecret | undefined> {
  const found = await findSecret(call, reference);
  if (found === undefined || found.details !== undefined) return found;
  const { region, id } = found;
  const details = await call.connection.call(call.signal, async (api) => api.getSecret({ region, secretId: id }));
  return toFound(call, region, details);
}

/** The secret of this name whose deletion was asked for last. */
export async function findDeleted(
  call: ApiCall,
  region: string,
  secret: ScalewaySecretByName,
): Promise<FoundSecret | undefined> {
  const details = await findByName(call, region, secret, true);
  return details === undefined ? undefined : toFound(call, region, details);
}

/** @throws {SecretProviderError} `INTEGRITY`: it has no id that could be an id. */
export function toFound({ subject }: ApiCall, region: string, details: Secretv1beta1.Secret): FoundSecret {
  // The SDK puts it into the path of the next request as it is.
  if (!isUuid(details.id)) throw failure(subject, 'INTEGRITY', 'the answer names a secret without an id');
  return { region, id: details.id, details };
}

async function findByName(
  call: ApiCall,
  region: string,
  secret: ScalewaySecretByName,
  isDeleted: boolean,
): Promise<Secretv1beta1.Secret | undefined> {
  const { name, folder: path } = secret;
  const query = { region, name, path, projectId: projectOf(call, secret), scheduledForDeletion: isDeleted };
  const matches: Secretv1beta1.Secret[] = [];
  for (let page = 1; ; page += 1) {
    const { secrets, totalCount } = await call.connection.call(call.signal, async (api) =>
      api.listSecrets({ ...query, page, pageSize: PAGE_SIZE }),
    );
    if (typeof totalCount !== 'number') throw failure(call.subject, 'INTEGRITY', 'the answer is not a list of secrets');
    // Whether the filters mean the whole name and the whole path is not documented.
    matches.push(...secrets.filter((found) => found.name === name && found.path === path));
    if (secrets.length === 0 || page * PAGE_SIZE >= totalCount) break;
  }
  return matches.sort((one, other) => deletedAt(other) - deletedAt(one))[0];
}

function deletedAt({ deletionRequestedAt }: Secretv1beta1.Secret): number {
  return deletionRequestedAt?.getTime() ?? 0;
}

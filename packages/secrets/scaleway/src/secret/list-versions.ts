import type { Secretv1beta1 } from '@scaleway/sdk-secret';
import { failure } from '../reference/subject.ts';
import type { ApiCall } from './api-call.ts';
import type { FoundSecret } from './find-secret.ts';
import { isRevision } from './read-secret.ts';

const PAGE_SIZE = 100;

/** All versions of a secret, without their payloads. One request for up to 100, five times the default quota. */
export async function listVersions(
  { connection, signal, subject }: ApiCall,
  { region, id: secretId }: FoundSecret,
): Promise<Secretv1beta1.SecretVersion[]> {
  const all: Secretv1beta1.SecretVersion[] = [];
  for (let page = 1; ; page += 1) {
    const { versions, totalCount } = await connection.call(signal, async (api) =>
      api.listSecretVersions({ region, secretId, page, pageSize: PAGE_SIZE }),
    );
    if (typeof totalCount !== 'number' || !versions.every(({ revision }) => isRevision(revision))) {
      throw failure(subject, 'INTEGRITY', 'the answer is not a list of versions');
    }
    all.push(...versions);
    if (versions.length === 0 || page * PAGE_SIZE >= totalCount) return all;
  }
}

/** The version that a reader without a selector gets. */
export function currentOf(versions: readonly Secretv1beta1.SecretVersion[]): Secretv1beta1.SecretVersion | undefined {
  return versions
    .filter(({ status }) => status === 'enabled')
    .reduce<Secretv1beta1.SecretVersion | undefined>(
      (newest, version) => (newest === undefined || version.revision > newest.revision ? version : newest),
      undefined,
    );
}

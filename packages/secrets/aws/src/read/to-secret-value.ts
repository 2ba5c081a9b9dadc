import { createSecretValue, type SecretValue } from '@mortise/secrets';
import { parseSecretArn } from '../reference/secret-arn.ts';
import type { StoredVersion } from './read-version.ts';

/** What a reader gets. The metadata may be shown: it tells where the value is from, and nothing about it. */
export function toSecretValue(stored: StoredVersion, retrievedAt: number): SecretValue {
  const { arn, name, version, stages, createdAtMs, form, bytes } = stored;
  const region = arn === undefined ? undefined : parseSecretArn(arn)?.region;
  return createSecretValue({
    data: bytes,
    version,
    metadata: {
      ...(arn === undefined ? {} : { arn }),
      ...(name === undefined ? {} : { name }),
      ...(region === undefined ? {} : { region }),
      stages: stages.join(','),
      form,
      ...(createdAtMs === undefined ? {} : { createdAt: new Date(createdAtMs).toISOString() }),
    },
    retrievedAt,
  });
}

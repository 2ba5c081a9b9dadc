import type { SecretDeleteOptions } from '@mortise/secrets';
import type { AwsCall } from '../client/aws-call.ts';
import { failure, type Subject } from '../reference/subject.ts';

const MIN_WINDOW_DAYS = 7;
const MAX_WINDOW_DAYS = 30;

/** How a secret is deleted, in AWS's own terms. Empty: with AWS's default window of 30 days. */
export interface Deletion {
  readonly RecoveryWindowInDays?: number;
  readonly ForceDeleteWithoutRecovery?: true;
}

/**
 * @throws {SecretProviderError} `UNSUPPORTED` for a window that AWS does not have, `INVALID` for one beside `force`.
 */
export function deletionOf({ recoveryWindowDays, force = false }: SecretDeleteOptions, subject: Subject): Deletion {
  if (recoveryWindowDays === undefined) return force ? { ForceDeleteWithoutRecovery: true } : {};
  if (force) throw failure(subject, 'INVALID', '"force" means no recovery window; leave "recoveryWindowDays" out');
  const isKept = Number.isInteger(recoveryWindowDays) && recoveryWindowDays >= MIN_WINDOW_DAYS;
  if (!isKept || recoveryWindowDays > MAX_WINDOW_DAYS) {
    const range = `${MIN_WINDOW_DAYS} to ${MAX_WINDOW_DAYS} whole days`;
    throw failure(subject, 'UNSUPPORTED', `"recoveryWindowDays" must be ${range} on AWS`);
  }
  return { RecoveryWindowInDays: recoveryWindowDays };
}

export async function deleteSecret(call: AwsCall, deletion: Deletion): Promise<void> {
  await call.request('write', ({ client, sdk }, options) =>
    client.send(new sdk.DeleteSecretCommand({ SecretId: call.secretId, ...deletion }), options),
  );
}

export async function restoreSecret(call: AwsCall): Promise<void> {
  await call.request('write', ({ client, sdk }, options) =>
    client.send(new sdk.RestoreSecretCommand({ SecretId: call.secretId }), options),
  );
}

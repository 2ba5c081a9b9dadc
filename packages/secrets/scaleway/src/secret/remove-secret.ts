import type { SecretDeleteOptions } from '@mortise/secrets';
import type { ScalewayReference } from '../reference/scaleway-reference.ts';
import { failure, type Subject } from '../reference/subject.ts';
import { type ApiCall, regionOf } from './api-call.ts';
import { describeSecret, expectFound, findDeleted, findSecret } from './find-secret.ts';
import { currentOf, listVersions } from './list-versions.ts';

/** The one window there is. @see https://www.scaleway.com/en/docs/secret-manager/concepts/ (read 2026-11-25) */
const RECOVERY_WINDOW_DAYS = 7;

/** @throws {SecretProviderError} `UNSUPPORTED` for what the service cannot do. */
export function checkDeletion({ recoveryWindowDays, force }: SecretDeleteOptions, subject: Subject): void {
  if (force === true) {
    throw failure(subject, 'UNSUPPORTED', `the service keeps every secret for ${RECOVERY_WINDOW_DAYS} days`);
  }
  if (recoveryWindowDays === undefined || recoveryWindowDays === RECOVERY_WINDOW_DAYS) return;
  throw failure(subject, 'UNSUPPORTED', `the recovery window is always ${RECOVERY_WINDOW_DAYS} days`);
}

export async function deleteSecret(
  call: ApiCall,
  reference: ScalewayReference,
  options: SecretDeleteOptions,
): Promise<void> {
  const isWindowAsked = options.recoveryWindowDays !== undefined;
  const found = isWindowAsked ? await describeSecret(call, reference) : await expectFound(call, reference);
  if (found === undefined) throw failure(call.subject, 'NOT_FOUND', 'there is no such secret');
  const { region, id: secretId, details } = found;
  // Null for a secret without a policy.
  if (isWindowAsked && details?.ephemeralPolicy) {
    throw failure(call.subject, 'UNSUPPORTED', 'an ephemeral secret is deleted at once; leave recoveryWindowDays out');
  }
  await call.connection.call(call.signal, async (api) => api.deleteSecret({ region, secretId }));
}

/** Brings a deleted secret back. One that is not deleted stays as it is. */
export async function restoreSecret(call: ApiCall, reference: ScalewayReference): Promise<void> {
  const { secret } = reference;
  const region = regionOf(call, reference.region);
  const found = 'id' in secret ? await describeSecret(call, reference) : await findSecret(call, reference);
  const deleted = found ?? ('id' in secret ? undefined : await findDeleted(call, region, secret));
  if (deleted === undefined) throw failure(call.subject, 'NOT_FOUND', 'there is no such secret, deleted or not');
  if (deleted.details?.deletionRequestedAt === undefined) return;
  await call.connection.call(call.signal, async (api) => api.restoreSecret({ region, secretId: deleted.id }));
}

/** Ends the use of a version that is not current. */
export async function retireVersion(call: ApiCall, reference: ScalewayReference, version: string): Promise<void> {
  const found = await expectFound(call, reference);
  const { region, id: secretId } = found;
  const versions = await listVersions(call, found);
  const retired = versions.find(({ revision }) => String(revision) === version);
  if (retired === undefined) throw failure(call.subject, 'NOT_FOUND', `there is no version ${version}`);
  if (currentOf(versions) === retired) throw failure(call.subject, 'CONFLICT', `version ${version} is the current one`);
  const { status, revision } = retired;
  const target = { region, secretId, revision: String(revision) };
  if (call.settings.retireBy === 'delete') {
    if (status === 'enabled' || status === 'disabled') {
      await call.connection.call(call.signal, async (api) => api.deleteSecretVersion(target));
    }
  } else if (status === 'enabled') {
    await call.connection.call(call.signal, async (api) => api.disableSecretVersion(target));
  }
}

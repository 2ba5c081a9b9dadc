import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import { invalidParameter, invalidRequest } from '../service-error.ts';
import type { OperationContext } from './operation-context.ts';
import { required } from './required.ts';

const DAY_MS = 86_400_000;
const DEFAULT_WINDOW_DAYS = 30;

export function deleteSecret({ store }: OperationContext, input: DeleteSecretRequest): DeleteSecretResponse {
  const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced = false } = input;
  const secretId = required(input.SecretId, 'SecretId');
  if (isForced && days !== undefined) {
    throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
  }
  if (days !== undefined && !(Number.isInteger(days) && days >= 7 && days <= 30)) {
    throw invalidParameter('RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
  const now = store.now();
  const secret = store.find(secretId);
  if (isForced) {
    // A secret that is not there is deleted just as well.
    if (secret === undefined) {
      const arn = secretId.startsWith('arn:') ? secretId : store.arnFor(secretId);
      return { ARN: arn, Name: secretId, DeletionDate: now };
    }
    store.remove(secret);
    return { ARN: secret.arn, Name: secret.name, DeletionDate: now };
  }
  const { arn, name, deletion } = store.get(secretId);
  if (deletion !== undefined) {
    throw invalidRequest("You can't perform this operation on the secret because it was already marked for deletion.");
  }
  const dueAt = new Date(now.getTime() + (days ?? DEFAULT_WINDOW_DAYS) * DAY_MS);
  store.get(secretId).deletion = { requestedAt: now, dueAt };
  return { ARN: arn, Name: name, DeletionDate: dueAt };
}

export function restoreSecret({ store }: OperationContext, { SecretId }: RestoreSecretRequest): RestoreSecretResponse {
  const secret = store.get(required(SecretId, 'SecretId'));
  secret.deletion = undefined;
  return { ARN: secret.arn, Name: secret.name };
}

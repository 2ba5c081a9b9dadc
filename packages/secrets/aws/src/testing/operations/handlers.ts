import { batchGetSecretValue } from './batch-get-secret-value.ts';
import { deleteSecret, restoreSecret } from './delete-secret.ts';
import { describeSecret, listSecretVersionIds } from './describe-secret.ts';
import { getRandomPassword } from './get-random-password.ts';
import { listSecrets } from './list-secrets.ts';
import { updateSecretVersionStage } from './move-stage.ts';
import type { OperationHandlers } from './operation-context.ts';
import { getSecretValue } from './read-value.ts';
import { tagResource, untagResource } from './tag-resource.ts';
import { createSecret, putSecretValue, updateSecret } from './write-value.ts';

export const handlers: OperationHandlers = {
  BatchGetSecretValue: batchGetSecretValue,
  CreateSecret: createSecret,
  DeleteSecret: deleteSecret,
  DescribeSecret: describeSecret,
  GetRandomPassword: getRandomPassword,
  GetSecretValue: getSecretValue,
  ListSecretVersionIds: listSecretVersionIds,
  ListSecrets: listSecrets,
  PutSecretValue: putSecretValue,
  RestoreSecret: restoreSecret,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateSecret: updateSecret,
  UpdateSecretVersionStage: updateSecretVersionStage,
};

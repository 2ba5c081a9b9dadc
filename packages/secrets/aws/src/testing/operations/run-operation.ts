import { type OperationName, type Operations, readInput, writeOutput } from '../model/operations.ts';
import { batchGetSecretValue } from './batch-get-secret-value.ts';
import { deleteSecret, restoreSecret } from './delete-secret.ts';
import { describeSecret, listSecretVersionIds } from './describe-secret.ts';
import { getRandomPassword } from './get-random-password.ts';
import { listSecrets } from './list-secrets.ts';
import { updateSecretVersionStage } from './move-stage.ts';
import type { OperationContext, OperationHandlers } from './operation-context.ts';
import { getSecretValue } from './read-value.ts';
import { tagResource, untagResource } from './tag-resource.ts';
import { createSecret, putSecretValue, updateSecret } from './write-value.ts';

const handlers: OperationHandlers = {
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

/**
 * Runs one operation from JSON to JSON, both checked against the service model.
 *
 * @param admit Lets the request in, once its input is known to be well formed.
 * @throws {ServiceError} As the service answers.
 */
export function runOperation<Name extends OperationName>(
  name: Name,
  json: unknown,
  admit: (input: Operations[Name]['input']) => OperationContext,
): unknown {
  const input = readInput(name, json);
  return writeOutput(name, handlers[name](admit(input), input));
}

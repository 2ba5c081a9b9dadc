import type {
  UpdateSecretVersionStageRequest,
  UpdateSecretVersionStageResponse,
} from '@aws-sdk/client-secrets-manager';
import { invalidParameter, notFound } from '../service-error.ts';
import { attachStages, CURRENT, holderOf } from '../state/stored-secret.ts';
import type { OperationContext } from './operation-context.ts';
import { required } from './required.ts';

export function updateSecretVersionStage(
  { store }: OperationContext,
  input: UpdateSecretVersionStageRequest,
): UpdateSecretVersionStageResponse {
  const { MoveToVersionId: to, RemoveFromVersionId: from } = input;
  const secret = store.getUsable(required(input.SecretId, 'SecretId'));
  const stage = required(input.VersionStage, 'VersionStage');
  const holder = holderOf(secret, stage);
  if (from !== undefined && holder?.id !== from) {
    throw invalidParameter(
      `When you move staging label ${stage}, if you specify RemoveFromVersionId, it must be set to the version that currently has the staging label ${stage}.`,
    );
  }
  if (to === undefined) {
    if (holder === undefined || from === undefined) {
      throw invalidParameter('You must specify MoveToVersionId, RemoveFromVersionId or both.');
    }
    if (stage === CURRENT)
      throw invalidParameter(`You can't remove staging label ${stage}; move it to another version.`);
    holder.stages.delete(stage);
  } else {
    const target = secret.versions.get(to);
    if (target === undefined) {
      throw notFound(`Secrets Manager can't find the specified secret value for VersionId: ${to}`);
    }
    if (from === undefined && holder !== undefined && holder !== target) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    attachStages(secret, target, [stage]);
  }
  secret.changedAt = store.now();
  return { ARN: secret.arn, Name: secret.name };
}

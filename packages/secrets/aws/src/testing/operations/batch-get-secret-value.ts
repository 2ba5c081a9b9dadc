import type {
  APIErrorType,
  BatchGetSecretValueRequest,
  BatchGetSecretValueResponse,
  SecretValueEntry,
} from '@aws-sdk/client-secrets-manager';
import { invalidParameter, ServiceError } from '../service-error.ts';
import { passes } from './list-secrets.ts';
import type { OperationContext } from './operation-context.ts';
import { pageOf } from './page-of.ts';
import { findVersion, readValue } from './read-value.ts';

const MAX_PAGE_SIZE = 20;

export function batchGetSecretValue(
  context: OperationContext,
  { SecretIdList, Filters, MaxResults, NextToken }: BatchGetSecretValueRequest,
): BatchGetSecretValueResponse {
  if ((SecretIdList === undefined) === (Filters === undefined)) {
    throw invalidParameter('You must specify either SecretIdList or Filters, but not both.');
  }
  if (MaxResults !== undefined && (SecretIdList !== undefined || MaxResults > MAX_PAGE_SIZE)) {
    throw invalidParameter('MaxResults goes with Filters alone, and is at most 20.');
  }
  const usable = context.store.list().filter((secret) => secret.deletion === undefined && passes(secret, Filters));
  const ids = SecretIdList ?? usable.map(({ arn }) => arn);
  const { items, nextToken } = pageOf(ids, MaxResults ?? MAX_PAGE_SIZE, NextToken);
  const values: SecretValueEntry[] = [];
  const errors: APIErrorType[] = [];
  for (const id of items) {
    try {
      values.push(readOne(context, id));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({ SecretId: id, ErrorCode: error.type, Message: error.message });
    }
  }
  return {
    SecretValues: values,
    Errors: errors,
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

function readOne({ store, authorize }: OperationContext, id: string): SecretValueEntry {
  authorize('secretsmanager:GetSecretValue', id);
  const secret = store.getUsable(id);
  const version = findVersion(secret, undefined, undefined);
  authorize('kms:Decrypt', secret.name);
  return readValue(secret, version, store.now());
}

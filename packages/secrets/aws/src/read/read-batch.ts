import { SecretProviderError, type SecretReference, type SecretValue } from '@mortise/secrets';
import type { AwsCall } from '../client/aws-call.ts';
import { type ErrorMeaning, meaningOfName } from '../errors/error-codes.ts';
import type { AwsSecretReference } from '../reference/aws-secret-reference.ts';
import { failure } from '../reference/subject.ts';
import { type SecretValueAnswer, toStoredVersion } from './read-version.ts';
import { toSecretValue } from './to-secret-value.ts';

/** What one of several references leads to. */
export type SecretReadOutcome =
  | { readonly value: SecretValue; readonly error?: never }
  | { readonly value?: never; readonly error: SecretProviderError };

/** Most secrets that AWS gives in one answer. */
export const MAX_BATCH_SIZE = 20;

/** One of the references of a batch. */
export interface BatchItem {
  readonly reference: SecretReference;
  readonly parsed: AwsSecretReference;
  /** For its errors, and for the request where it stands alone. */
  readonly call: AwsCall;
}

/** Reads the current versions of up to 20 secrets of one region in one request (more where AWS pages its answer). */
export async function readBatch(
  call: AwsCall,
  items: readonly BatchItem[],
  now: () => number,
): Promise<SecretReadOutcome[]> {
  const answers: SecretValueAnswer[] = [];
  const problems: { SecretId?: string | undefined; ErrorCode?: string | undefined; Message?: string | undefined }[] =
    [];
  const ids = [...new Set(items.map(({ parsed }) => parsed.secretId))];
  let token: string | undefined;
  do {
    const seen = token;
    const response = await call.request('read', ({ client, sdk }, options) =>
      client.send(
        new sdk.BatchGetSecretValueCommand({ SecretIdList: ids, ...(seen === undefined ? {} : { NextToken: seen }) }),
        options,
      ),
    );
    answers.push(...(response.SecretValues ?? []));
    problems.push(...(response.Errors ?? []));
    token = response.NextToken === seen || response.NextToken === '' ? undefined : response.NextToken;
  } while (token !== undefined);
  return items.map((item) => {
    const { secretId } = item.parsed;
    const answer = answers.find((candidate) => isAbout(candidate, secretId));
    if (answer !== undefined) return outcomeOf(item, answer, now);
    const problem = problems.find(({ SecretId }) => SecretId === secretId);
    return { error: errorOf(item, problem?.ErrorCode ?? '', problem?.Message ?? '') };
  });
}

function outcomeOf({ call }: BatchItem, answer: SecretValueAnswer, now: () => number): SecretReadOutcome {
  try {
    return { value: toSecretValue(toStoredVersion(call, answer, undefined), now()) };
  } catch (error) {
    if (SecretProviderError.is(error)) return { error };
    throw error;
  }
}

const NO_ANSWER: ErrorMeaning = { code: 'INTEGRITY', problem: 'the answer says nothing about it; try again' };

function errorOf({ call }: BatchItem, name: string, message: string): SecretProviderError {
  const { code, problem, retry } = meaningOfName(name, message) ?? NO_ANSWER;
  return failure(call.subject, code, problem, retry === undefined ? {} : { retry });
}

/** By name, ARN, or an ARN without the six characters at its end. */
function isAbout({ Name: name, ARN: arn }: SecretValueAnswer, secretId: string): boolean {
  if (name === secretId || arn === secretId) return true;
  return typeof arn === 'string' && arn.length === secretId.length + 7 && arn.startsWith(`${secretId}-`);
}

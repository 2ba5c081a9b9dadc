import type { AwsCall } from '../client/aws-call.ts';
import { SecretProviderError } from '@mortise/secrets';
import type { VersionSelector } from '../reference/version-selector.ts';
import { parseSecretArn } from '../reference/secret-arn.ts';

/** One version as AWS answers with it. */
export interface StoredVersion {
  readonly bytes: Uint8Array;
  /** Whether it is stored as text (`SecretString`) or as bytes (`SecretBinary`). */
  readonly form: 'text' | 'binary';
  readonly version: string;
  readonly stages: readonly string[];
  /** Epoch milliseconds; absent where AWS does not say. */
  readonly createdAtMs?: number;
  readonly arn?: string;
  readonly name?: string;
}

/** Reads one version in one request. */
export async function readVersion(call: AwsCall, selector: VersionSelector): Promise<StoredVersion> {
  const { version, stage } = selector;
  const response = await call.request('read', ({ client, sdk }, options) =>
    client.send(
      new sdk.GetSecretValueCommand({
        SecretId: call.secretId,
        ...(version === undefined ? {} : { VersionId: version }),
        ...(stage === undefined ? {} : { VersionStage: stage }),
      }),
      options,
    ),
  );
  return toStoredVersion(call, response, version);
}

/** The current version; `undefined` where the secret has none. */
export async function readCurrent(call: AwsCall): Promise<StoredVersion | undefined> {
  try {
    return await readVersion(call, {});
  } catch (error) {
    if (SecretProviderError.is(error) && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** The parts of an answer that are needed, none of them taken for granted. */
export interface SecretValueAnswer {
  readonly ARN?: string | undefined;
  readonly Name?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
  readonly VersionStages?: readonly string[] | undefined;
  readonly CreatedDate?: Date | undefined;
}

/** @throws {SecretProviderError} `INTEGRITY` for an answer without a value or version, or about another one. */
export function toStoredVersion(call: AwsCall, answer: SecretValueAnswer, asked: string | undefined): StoredVersion {
  const { ARN: arn, Name: name, VersionId: version, VersionStages: stages, CreatedDate: createdAt } = answer;
  if (typeof version !== 'string' || version === '') throw damaged(call, 'it names no version');
  if (asked !== undefined && version !== asked) throw damaged(call, 'it is about another version');
  const { region } = call.reference;
  const answered = typeof arn === 'string' ? parseSecretArn(arn)?.region : undefined;
  if (region !== undefined && answered !== undefined && answered !== region) {
    throw damaged(call, `it is about a secret in ${answered}`);
  }
  const createdAtMs = createdAt instanceof Date ? createdAt.getTime() : Number.NaN;
  return {
    ...bytesOf(call, answer),
    version,
    stages: Array.isArray(stages) ? stages.filter((stage) => typeof stage === 'string') : [],
    ...(Number.isNaN(createdAtMs) ? {} : { createdAtMs }),
    ...(typeof arn === 'string' ? { arn } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

function bytesOf(call: AwsCall, answer: SecretValueAnswer): Pick<StoredVersion, 'bytes' | 'form'> {
  const { SecretString: text, SecretBinary: binary } = answer;
  if (typeof text === 'string' && text !== '') return { bytes: new TextEncoder().encode(text), form: 'text' };
  if (binary instanceof Uint8Array && binary.length > 0) return { bytes: new Uint8Array(binary), form: 'binary' };
  throw damaged(call, 'it holds no value');
}

function damaged(call: AwsCall, fault: string): Error {
  return call.failure('INTEGRITY', `the answer is damaged: ${fault}; try again`);
}

import type { AwsCall } from '../client/aws-call.ts';
import type { WireValue } from './to-wire-value.ts';

/** What is written, and under which token. */
export interface VersionWrite {
  readonly value: WireValue;
  readonly token: string;
  /** Staging labels of the new version. Absent: it becomes the current one. */
  readonly stages?: readonly string[];
}

/**
 * Adds a version to a secret that exists. Under a token that was used before AWS does nothing, or refuses another value.
 *
 * @returns The id of the version.
 */
export async function putVersion(call: AwsCall, { value, token, stages }: VersionWrite): Promise<string> {
  const response = await call.request('write', ({ client, sdk }, options) =>
    client.send(
      new sdk.PutSecretValueCommand({
        SecretId: call.secretId,
        ClientRequestToken: token,
        ...value.member,
        ...(stages === undefined ? {} : { VersionStages: [...stages] }),
      }),
      options,
    ),
  );
  return versionOf(call, response.VersionId);
}

/** The version that an answer to a write names. */
export function versionOf(call: AwsCall, version: unknown): string {
  if (typeof version === 'string' && version !== '') return version;
  throw call.failure('UNKNOWN', 'the answer names no version; whether the write happened is not known');
}

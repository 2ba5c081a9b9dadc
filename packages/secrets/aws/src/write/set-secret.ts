import type { Tag } from '@aws-sdk/client-secrets-manager';
import { SecretProviderError, type SecretProviderErrorCode } from '@mortise/secrets';
import type { AwsCall } from '../client/aws-call.ts';
import { parseSecretArn } from '../reference/secret-arn.ts';
import { putVersion, type VersionWrite, versionOf } from './put-version.ts';

/** What `setSecret` writes, and what a secret that it creates gets besides. */
export interface SecretWrite extends VersionWrite {
  /** Put on the secret, whether or not it exists already; its other tags stay. */
  readonly tags: readonly Tag[];
  readonly creation: {
    /** The tags of the payload and of the provider. */
    readonly tags: readonly Tag[];
    readonly kmsKeyId?: string | undefined;
    readonly description?: string | undefined;
  };
}

/** Others may create and delete the secret in between, but hardly this often. */
const MAX_ROUNDS = 4;

/** Writes a version that becomes current, creating the secret where it is absent. Safe beside others who do the same. */
export async function writeSecret(call: AwsCall, write: SecretWrite): Promise<string> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const updated = await unless('NOT_FOUND', async () => {
      // Tags first: if they are refused, nothing has been written.
      await addTags(call, write.tags);
      return putVersion(call, write);
    });
    if (updated.value !== undefined) return updated.value;
    if (parseSecretArn(call.secretId) !== undefined) throw updated.error;
    const created = await unless('CONFLICT', async () => createSecret(call, write));
    if (created.value !== undefined) return created.value;
  }
  throw call.failure('CONFLICT', 'others create and delete this secret all the time');
}

/** Puts tags on a secret that exists, over those with the same keys. */
export async function addTags(call: AwsCall, tags: readonly Tag[]): Promise<void> {
  if (tags.length === 0) return;
  await call.request('write', ({ client, sdk }, options) =>
    client.send(new sdk.TagResourceCommand({ SecretId: call.secretId, Tags: [...tags] }), options),
  );
}

async function createSecret(call: AwsCall, { value, token, creation }: SecretWrite): Promise<string> {
  const { kmsKeyId, description, tags } = creation;
  const response = await call.request('write', ({ client, sdk }, options) =>
    client.send(
      new sdk.CreateSecretCommand({
        Name: call.secretId,
        ClientRequestToken: token,
        ...value.member,
        ...(tags.length === 0 ? {} : { Tags: [...tags] }),
        ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }),
        ...(description === undefined ? {} : { Description: description }),
      }),
      options,
    ),
  );
  return versionOf(call, response.VersionId);
}

type Outcome = { value: string; error?: never } | { value?: never; error: SecretProviderError };

async function unless(code: SecretProviderErrorCode, run: () => Promise<string>): Promise<Outcome> {
  try {
    return { value: await run() };
  } catch (error) {
    if (SecretProviderError.is(error) && error.code === code) return { error };
    throw error;
  }
}

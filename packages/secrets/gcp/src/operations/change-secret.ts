import { SecretProviderError } from '@mortise/secrets';
import type { GcpSecret } from '../client/gcp-secret-manager-client.ts';
import { failure } from '../errors/subject.ts';
import { formatSecretName } from '../reference/resource-name.ts';
import { type GcpOperation, invoke } from './gcp-operation.ts';

/** A change to a secret; the mask names the fields that it sets. */
export interface SecretChange {
  readonly secret: Omit<GcpSecret, 'name' | 'etag'>;
  readonly mask: readonly string[];
}

const MAX_ROUNDS = 8;

/** The secret without its payloads; `undefined` where there is none. */
export async function findSecret(operation: GcpOperation): Promise<GcpSecret | undefined> {
  const { client, name } = operation;
  try {
    const [secret] = await invoke(operation, 'GetSecret', (options) =>
      client.getSecret({ name: formatSecretName(name) }, options),
    );
    return secret;
  } catch (error) {
    if (SecretProviderError.is(error) && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Compares and sets: reads the secret, asks what to change, and writes that only if nobody else wrote in between; else
 * begins again. Repeating it does no harm.
 *
 * @returns The secret as it was before the change, or `undefined` where there is none.
 * @throws {SecretProviderError} `CONFLICT`: others were faster eight times in a row.
 */
export async function changeSecret(
  operation: GcpOperation,
  decide: (secret: GcpSecret) => SecretChange | undefined,
): Promise<GcpSecret | undefined> {
  const { client, name, call } = operation;
  for (let round = 1; ; round += 1) {
    const secret = await findSecret(operation);
    if (secret === undefined) return undefined;
    const change = decide(secret);
    if (change === undefined) return secret;
    const { etag } = secret;
    // Without an etag the write would overwrite whatever is there.
    if (typeof etag !== 'string' || etag === '')
      throw failure(call.subject, 'INTEGRITY', 'the secret came without etag');
    const request = {
      secret: { ...change.secret, name: formatSecretName(name), etag },
      updateMask: { paths: [...change.mask] },
    };
    try {
      await invoke(operation, 'UpdateSecret', (options) => client.updateSecret(request, options));
      return secret;
    } catch (error) {
      const isOvertaken = SecretProviderError.is(error) && error.code === 'CONFLICT';
      if (!isOvertaken || round === MAX_ROUNDS) throw error;
    }
  }
}

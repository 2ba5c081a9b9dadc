import type { GcpCallOptions, GcpSecretManagerClient } from '../client/gcp-secret-manager-client.ts';
import type { Call } from '../client/run-for-caller.ts';
import { type RpcName, toProviderError } from '../errors/to-provider-error.ts';
import type { SecretName } from '../reference/resource-name.ts';

/** One call of the contract, with the secret that it is about and the client that reaches it. */
export interface GcpOperation {
  readonly call: Call;
  readonly client: GcpSecretManagerClient;
  readonly name: SecretName;
  /** What the caller adds to each call of the SDK. */
  readonly callOptions?: GcpCallOptions | undefined;
}

/**
 * Runs one call of the SDK within the operation's limits.
 *
 * @throws {SecretProviderError} Whatever it fails with.
 */
export async function invoke<Response>(
  { call, callOptions }: GcpOperation,
  rpc: RpcName,
  start: (options: GcpCallOptions) => Promise<Response>,
): Promise<Response> {
  call.signal.throwIfAborted();
  const remainingMs = call.remainingMs();
  const options: GcpCallOptions = {
    // Left to itself the SDK repeats some calls for 600 s; who calls the provider decides on that, once.
    retry: null,
    autoPaginate: false,
    ...callOptions,
    timeout: Math.min(callOptions?.timeout ?? remainingMs, remainingMs),
    signal: call.signal,
  };
  try {
    return await start(options);
  } catch (error) {
    throw toProviderError(error, call.subject, rpc);
  }
}

import { onTestFinished } from 'vitest';
import { AwsSecretsManagerProvider, type AwsSecretsManagerProviderOptions } from '../index.ts';
import { type AwsSecretsServer, type AwsSecretsServerOptions, startAwsSecretsServer } from '../testing/index.ts';

export interface SetUp {
  readonly server: AwsSecretsServer;
  readonly provider: AwsSecretsManagerProvider;
  /** Names of the operations that were served since the last call of this. */
  readonly operations: () => string[];
}

/** A server, and a provider that reaches it through the real SDK; both end with the test. */
export async function setUp(
  options: AwsSecretsManagerProviderOptions = {},
  serverOptions: AwsSecretsServerOptions = {},
): Promise<SetUp> {
  const server = await startAwsSecretsServer(serverOptions);
  const provider = new AwsSecretsManagerProvider({ clientConfig: server.clientConfig, ...options });
  onTestFinished(async () => {
    await provider.close();
    await server.close();
  });
  const operations = (): string[] => {
    const names = server.operations.map(({ operation }) => operation);
    server.clearRequests();
    return names;
  };
  return { server, provider, operations };
}

export const REFERENCE = 'aws://secretsmanager/tenants/acme/mistral';
export const NAME = 'tenants/acme/mistral';

export function text(value: { readonly data: Uint8Array }): string {
  return new TextDecoder().decode(value.data);
}

import type { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import type { SecretProvider, SecretValue } from '@mortise/secrets';
import type { CallOptions, ClientOptions } from 'google-gax';
import { expectTypeOf } from 'vitest';
import {
  type GcpSecretManagerClient,
  GcpSecretManagerProvider,
  type GcpSecretManagerProviderOptions,
} from './index.ts';

declare const client: SecretManagerServiceClient;
declare const callOptions: CallOptions;
declare const clientOptions: ClientOptions;

expectTypeOf<GcpSecretManagerProvider>().toExtend<SecretProvider>();
expectTypeOf<SecretManagerServiceClient>().toExtend<GcpSecretManagerClient>();

// Every option can be left out, the SDK's client and options fit, and a read takes call options.
export const bare = new GcpSecretManagerProvider();
expectTypeOf({ client }).toExtend<GcpSecretManagerProviderOptions>();
const provider = new GcpSecretManagerProvider({ clientOptions, defaultReplication: { automatic: {} } });
expectTypeOf(
  provider.getSecret('gcp://secrets/s', { version: '1' }, callOptions),
).resolves.toEqualTypeOf<SecretValue>();

// @ts-expect-error Staging needs an alias, so that it may not be there.
void provider.stageSecret('gcp://secrets/s', { data: 'x' });
// @ts-expect-error There is no such way of retiring.
export const forgetting: GcpSecretManagerProviderOptions = { retireBy: 'forget' };

import type * as Sdk from '@aws-sdk/client-secrets-manager';
import type { AwsSecretsClient, AwsSecretsManagerProviderOptions } from '../aws-secrets-manager-options.ts';
import { failure, type Subject } from '../reference/subject.ts';
import { scrubbedLogger } from './scrubbed-logger.ts';

export type SecretsManagerSdk = typeof Sdk;

/** A client, and the SDK whose commands it takes. */
export interface LoadedClient {
  readonly sdk: SecretsManagerSdk;
  readonly client: AwsSecretsClient;
}

/** One client for each region, made at its first use. The SDK is loaded then and not before. */
export class ClientPool {
  readonly #options: AwsSecretsManagerProviderOptions;
  /** By region; `''` is the default one. */
  readonly #clients = new Map<string, AwsSecretsClient>();
  readonly #own: Sdk.SecretsManagerClient[] = [];
  #sdk: Promise<SecretsManagerSdk> | undefined;

  constructor(options: AwsSecretsManagerProviderOptions) {
    this.#options = options;
  }

  async clientFor(region: string | undefined, subject: Subject, signal: AbortSignal): Promise<LoadedClient> {
    const sdk = await this.#load();
    // A caller who left meanwhile may have closed the pool too, and nobody would close a client that is made now.
    signal.throwIfAborted();
    const key = region ?? '';
    const client = this.#clients.get(key) ?? this.#make(sdk, region);
    this.#clients.set(key, client);
    if (region !== undefined && this.#options.client !== undefined) await refuseOtherRegion(client, region, subject);
    return { sdk, client };
  }

  /** Closes the clients that were made here. */
  close(): void {
    this.#clients.clear();
    for (const client of this.#own.splice(0)) client.destroy();
  }

  async #load(): Promise<SecretsManagerSdk> {
    this.#sdk ??= import('@aws-sdk/client-secrets-manager');
    try {
      return await this.#sdk;
    } catch (error) {
      this.#sdk = undefined;
      throw error;
    }
  }

  #make(sdk: SecretsManagerSdk, region: string | undefined): AwsSecretsClient {
    const { client: injected, clientConfig = {}, region: defaultRegion } = this.#options;
    if (typeof injected === 'function') return injected(region);
    if (injected !== undefined) return injected;
    const chosen = region ?? defaultRegion;
    const { logger } = clientConfig;
    const client = new sdk.SecretsManagerClient({
      maxAttempts: 1,
      ...clientConfig,
      ...(logger === undefined ? {} : { logger: scrubbedLogger(logger) }),
      ...(chosen === undefined ? {} : { region: chosen }),
    });
    this.#own.push(client);
    return client;
  }
}

/** A secret of the same name in another region is another secret. */
async function refuseOtherRegion(client: AwsSecretsClient, region: string, subject: Subject): Promise<void> {
  const actual = await regionOf(client);
  if (actual === undefined || actual === region) return;
  throw failure(subject, 'INVALID', `the client that was given works in ${actual}; give a function that makes clients`);
}

/** The region of a real client of the SDK; `undefined` where it cannot be known. */
async function regionOf(client: object): Promise<string | undefined> {
  const config: unknown = Reflect.get(client, 'config');
  if (typeof config !== 'object' || config === null) return undefined;
  const region: unknown = Reflect.get(config, 'region');
  const value: unknown = typeof region === 'function' ? await region() : region;
  return typeof value === 'string' ? value : undefined;
}

import type { SecretsManagerClient, SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { isRegion } from './reference/region.ts';
import { failure, type Subject } from './reference/subject.ts';
import { isTimeout, MAX_TIMEOUT_MS } from './run-for-caller.ts';

/** What is needed of an SDK client. */
export type AwsSecretsClient = Pick<SecretsManagerClient, 'send'>;

/** All optional: by default the SDK finds region, credentials and endpoint as it does everywhere. */
export interface AwsSecretsManagerProviderOptions {
  /** Default `aws-secrets-manager`. For several accounts side by side. */
  readonly id?: string;
  /** For references without one. Default: `clientConfig.region`, then what the SDK finds, such as `AWS_REGION`. */
  readonly region?: string;
  /**
   * Serves all calls; closing it stays with you. A function is asked once for each region, and with `undefined` for
   * the default one. A client that works in another region than a reference names is refused with `INVALID`.
   */
  readonly client?: AwsSecretsClient | ((region: string | undefined) => AwsSecretsClient);
  /**
   * For the clients that are made here, one for each region at its first use. Retries by the SDK are off
   * (`maxAttempts: 1`) unless this says otherwise: the call guard, or whoever calls, retries. A `logger` gets errors
   * without what AWS said of them, which may repeat a value.
   */
  readonly clientConfig?: SecretsManagerClientConfig;
  /** Milliseconds for a whole call, all its requests included. Default 10,000; from 1 to 2,147,483,647. */
  readonly timeoutMs?: number;
  /** Key for secrets that `setSecret` creates: id, ARN or alias. Default: AWS's own, `aws/secretsmanager`. */
  readonly kmsKeyId?: string;
  /** Description of secrets that `setSecret` creates, at most 2,048 characters. Default: none. */
  readonly description?: string;
  /** Tags of secrets that `setSecret` creates; a payload's labels win over them. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

export const DEFAULT_ID = 'aws-secrets-manager';
export const DEFAULT_TIMEOUT_MS = 10_000;

/** @throws {SecretProviderError} `INVALID` for options that cannot work. */
export function checkOptions(options: AwsSecretsManagerProviderOptions, subject: Subject): void {
  const { region, timeoutMs, client, id } = options;
  if (region !== undefined && !isRegion(region)) {
    throw failure(subject, 'INVALID', `"region" must be a region such as eu-central-1`);
  }
  if (timeoutMs !== undefined && !isTimeout(timeoutMs)) {
    throw failure(subject, 'INVALID', `"timeoutMs" must be a number from 1 to ${MAX_TIMEOUT_MS}`);
  }
  if (client !== undefined && typeof client !== 'function' && typeof client.send !== 'function') {
    throw failure(subject, 'INVALID', '"client" must have a method "send", or be a function that gives such clients');
  }
  if (id === '') throw failure(subject, 'INVALID', '"id" must not be empty');
}

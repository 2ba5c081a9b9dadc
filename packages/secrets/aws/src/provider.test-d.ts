import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretProvider, SecretProviderError, SecretValue } from '@mortise/secrets';
import { expectTypeOf } from 'vitest';
import {
  type AwsSecretReference,
  AwsSecretsManagerProvider,
  type AwsSecretsManagerProviderOptions,
  parseAwsSecretReference,
} from './index.ts';

// A backend with every optional method that AWS can keep, and without the one that it cannot.
expectTypeOf<AwsSecretsManagerProvider>().toExtend<SecretProvider>();
expectTypeOf<AwsSecretsManagerProvider>().toExtend<
  Required<Pick<SecretProvider, 'stageSecret' | 'promoteSecret' | 'restoreSecret' | 'close'>>
>();
expectTypeOf<AwsSecretsManagerProvider>().not.toHaveProperty('retireVersion');

// All options may be left out, and a client is whatever the SDK makes, or a function that makes one.
expectTypeOf(AwsSecretsManagerProvider).toBeConstructibleWith();
expectTypeOf<SecretsManagerClient>().toExtend<NonNullable<AwsSecretsManagerProviderOptions['client']>>();
expectTypeOf<() => SecretsManagerClient>().toExtend<NonNullable<AwsSecretsManagerProviderOptions['client']>>();
// @ts-expect-error Misspelt options do not go unnoticed.
export const misspelt: AwsSecretsManagerProviderOptions = { regoin: 'us-east-1' };

// A batch gives for each reference either a value or an error.
type Outcome = NonNullable<ReturnType<Awaited<ReturnType<AwsSecretsManagerProvider['getSecrets']>>['get']>>;
export function use(outcome: Outcome): string {
  if (outcome.error !== undefined) {
    expectTypeOf(outcome.error).toEqualTypeOf<SecretProviderError>();
    return outcome.error.code;
  }
  expectTypeOf(outcome.value).toEqualTypeOf<SecretValue>();
  return outcome.value.version ?? '';
}

expectTypeOf(parseAwsSecretReference).returns.toEqualTypeOf<AwsSecretReference>();

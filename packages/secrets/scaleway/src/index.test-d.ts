import type { SecretProvider } from '@mortise/secrets';
import { expectTypeOf, it } from 'vitest';
import {
  parseScalewayReference,
  type ScalewayReference,
  type ScalewaySecretManagerOptions,
  type ScalewaySecretManagerProvider,
} from './index.ts';

it('is a whole backend, with options that are all optional', () => {
  expectTypeOf<ScalewaySecretManagerProvider>().toExtend<SecretProvider>();
  expectTypeOf<ScalewaySecretManagerProvider['restoreSecret']>().toBeFunction();
  expectTypeOf<ScalewaySecretManagerProvider['retireVersion']>().toBeFunction();
  expectTypeOf<Partial<ScalewaySecretManagerOptions>>().toEqualTypeOf<ScalewaySecretManagerOptions>();
  // @ts-expect-error A version that is written is current at once, so that nothing can be staged.
  expectTypeOf<ScalewaySecretManagerProvider['stageSecret']>().toBeFunction();
});

it('tells an id from a name', () => {
  const { secret } = parseScalewayReference('scw://secret-manager/key');
  expectTypeOf(secret).toEqualTypeOf<ScalewayReference['secret']>();
  if ('id' in secret) expectTypeOf(secret.id).toBeString();
  else expectTypeOf(secret.folder).toBeString();
});

it('takes a token as text, wrapped or from a function', () => {
  type Token = NonNullable<ScalewaySecretManagerOptions['token']>;
  expectTypeOf<string>().toExtend<Token>();
  expectTypeOf<() => Promise<string>>().toExtend<Token>();
  // @ts-expect-error A number is no token.
  expectTypeOf<number>().toExtend<Token>();
});

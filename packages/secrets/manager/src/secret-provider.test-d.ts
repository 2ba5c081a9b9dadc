import { describe, expectTypeOf, it } from 'vitest';
import {
  cacheSecrets,
  type CachingSecretProvider,
  parseSecretUri,
  restrictSecrets,
  SecretProviderError,
  type SecretProviderErrorCode,
  SecretProviderManager,
  type SecretProviderManagerError,
  type SecretProvider,
  type SecretReader,
  type SecretValue,
} from './index.ts';

/** As backends were written before options, flags and optional methods came. */
class EarlierProvider {
  readonly id = 'earlier';

  canHandle(reference: string): boolean {
    return reference !== '';
  }

  async getSecret(reference: string, options?: { version?: string }) {
    return { data: new Uint8Array(), version: `${reference}${options?.version ?? ''}`, retrievedAt: new Date() };
  }

  async setSecret(reference: string, payload: { data: string | Uint8Array }) {
    return { reference, version: String(payload.data.length) };
  }

  async rotateSecret(reference: string, payload: { data: string | Uint8Array }) {
    return { reference, version: String(payload.data.length) };
  }

  async deleteSecret(_reference: string): Promise<void> {}
}

describe('SecretProvider', () => {
  it('is what a backend written against the first contract still is', () => {
    expectTypeOf<EarlierProvider>().toExtend<SecretProvider>();
    const manager = new SecretProviderManager({ providers: [{ provider: new EarlierProvider(), priority: 1 }] });
    expectTypeOf(manager).toExtend<SecretProvider>();
  });

  it('is what managers, caches and restrictions are', () => {
    const manager = new SecretProviderManager();
    expectTypeOf(manager).toExtend<SecretProvider>();
    expectTypeOf(cacheSecrets(manager)).toEqualTypeOf<CachingSecretProvider>();
    expectTypeOf<CachingSecretProvider>().toExtend<SecretProvider>();
    expectTypeOf(restrictSecrets(manager, { allow: [] })).toEqualTypeOf<SecretProvider>();
  });

  it('can be narrowed to its reading half', () => {
    expectTypeOf<SecretProvider>().toExtend<SecretReader>();
    expectTypeOf<SecretReader>().not.toHaveProperty('setSecret');
  });

  it('gives values whose parts cannot be replaced', () => {
    const value: SecretValue = { data: new Uint8Array(), retrievedAt: new Date() };
    expectTypeOf(value.data).toExtend<Uint8Array>();
    // @ts-expect-error The bytes may be overwritten, but not exchanged.
    value.data = new Uint8Array();
  });
});

describe('SecretProviderError', () => {
  it('has a closed set of codes, which narrows', () => {
    const codeOf = (caught: unknown) => (SecretProviderError.is(caught) ? caught.code : undefined);
    expectTypeOf(codeOf).returns.toEqualTypeOf<SecretProviderErrorCode | undefined>();
    expectTypeOf<'MISSING'>().not.toExtend<SecretProviderErrorCode>();
  });

  it('lists attempts where a manager made it', () => {
    expectTypeOf<SecretProviderManagerError['attempts'][number]['code']>().toEqualTypeOf<SecretProviderErrorCode>();
  });
});

describe('parseSecretUri', () => {
  it('gives extras as a record of texts, or none', () => {
    expectTypeOf(parseSecretUri('env://A').extras).toEqualTypeOf<Record<string, string> | undefined>();
  });
});

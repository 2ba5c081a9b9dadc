import type { ByokKeyLifecycle } from '@mortise/core';
import type { SecretProvider } from '@mortise/secrets';
import { describe, expectTypeOf, it } from 'vitest';
import type { FileByokKeyStore } from './file/index.ts';
import {
  assertByokKeyUsable,
  ByokError,
  type ByokErrorCode,
  type ByokEvent,
  type ByokKeyRecord,
  type ByokKeyRunner,
  type ByokKeyRunnerOptions,
  type ByokKeyStore,
  type ByokRotationReport,
  type ByokSubject,
} from './index.ts';
import type { MemoryByokKeyStore } from './testing/index.ts';

describe('ByokKeyRunner', () => {
  it('needs secrets, a store and a lifecycle, and nothing else', () => {
    expectTypeOf<{
      secrets: SecretProvider;
      store: ByokKeyStore;
      lifecycle: ByokKeyLifecycle;
    }>().toExtend<ByokKeyRunnerOptions>();
    // Without a store nothing could be resumed.
    expectTypeOf<{ secrets: SecretProvider; lifecycle: ByokKeyLifecycle }>().not.toExtend<ByokKeyRunnerOptions>();
  });

  it('takes a lifecycle of the first contract', () => {
    const lifecycle = { validateKey: async () => ({ valid: true }) };
    expectTypeOf(lifecycle).toExtend<ByokKeyRunnerOptions['lifecycle']>();
  });

  it('wants a reason for every rotation', () => {
    expectTypeOf<ByokKeyRunner['rotate']>().parameters.toEqualTypeOf<
      [ByokSubject, Parameters<ByokKeyRunner['rotate']>[1]]
    >();
    expectTypeOf<Parameters<ByokKeyRunner['rotate']>[1]['reason']>().toEqualTypeOf<
      'scheduled' | 'compromised' | 'manual'
    >();
    expectTypeOf<ByokKeyRunner['rotate']>().returns.resolves.toEqualTypeOf<ByokRotationReport>();
    expectTypeOf<ByokKeyRunner['resume']>().returns.resolves.toEqualTypeOf<ByokRotationReport | undefined>();
  });
});

describe('stores', () => {
  it('are interchangeable', () => {
    expectTypeOf<FileByokKeyStore>().toExtend<ByokKeyStore>();
    expectTypeOf<MemoryByokKeyStore>().toExtend<ByokKeyStore>();
  });
});

describe('the gate', () => {
  it('narrows to a record', () => {
    const check = (record: ByokKeyRecord | undefined): ByokKeyRecord => {
      assertByokKeyUsable(record);
      return record;
    };
    expectTypeOf(check).returns.toEqualTypeOf<ByokKeyRecord>();
  });
});

describe('errors and events', () => {
  it('narrow by code and type', () => {
    const codeOf = (caught: unknown) => (ByokError.is(caught) ? caught.code : undefined);
    expectTypeOf(codeOf).returns.toEqualTypeOf<ByokErrorCode | undefined>();
    expectTypeOf<'LOST'>().not.toExtend<ByokErrorCode>();
    expectTypeOf<Extract<ByokEvent, { type: 'old_key_retired' }>['isRevoked']>().toEqualTypeOf<boolean>();
  });
});

import { runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { formatSecretUri } from '../reference/format-secret-uri.ts';
import type {
  SecretDeleteOptions,
  SecretFetchOptions,
  SecretProvider,
  SecretReference,
  SecretRotateOptions,
  SecretRotationResult,
  SecretWriteOptions,
  SecretWritePayload,
} from '../secret-provider.ts';
import { MemorySecretProvider } from './memory-secret-provider.ts';
import { lifecycleCases } from './lifecycle-cases.ts';

const ALL = ['write', 'idempotent', 'idempotency-keys', 'overlap', 'staging', 'retire', 'restore', 'force-delete'];

async function failedChecks(provider: SecretProvider, capabilities: readonly string[] = ALL): Promise<string[]> {
  const outcomes = await runConformance({
    cases: lifecycleCases,
    createContext: async () => ({
      provider,
      reference: (name: string) => formatSecretUri({ provider: 'memory', path: name }),
    }),
    capabilities,
  });
  return outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id);
}

class Memory extends MemorySecretProvider {
  constructor() {
    super({ recoveryWindowDays: 30 });
  }
}

/** Each breaks the contract in one way; the checks that are meant for it are named beside it. */
const BROKEN: readonly [ids: string[], defect: string, provider: SecretProvider][] = [
  [
    ['secrets.40', 'secrets.41'],
    'ignores idempotency keys',
    new (class extends Memory {
      override async setSecret(reference: SecretReference, payload: SecretWritePayload) {
        return super.setSecret(reference, payload);
      }
    })(),
  ],
  [
    ['secrets.41'],
    'answers another payload under a used key with the first write',
    new (class extends Memory {
      readonly #results = new Map<string, SecretRotationResult>();

      override async setSecret(reference: SecretReference, payload: SecretWritePayload, options?: SecretWriteOptions) {
        const key = `${reference} ${options?.idempotencyKey ?? Math.random()}`;
        const result = this.#results.get(key) ?? (await super.setSecret(reference, payload, options));
        this.#results.set(key, result);
        return result;
      }
    })(),
  ],
  [
    ['secrets.42'],
    'keeps the last five versions, whatever overlap was asked for',
    new (class extends Memory {
      override async rotateSecret(ref: SecretReference, payload: SecretWritePayload, options?: SecretRotateOptions) {
        const result = await super.rotateSecret(ref, payload, options);
        const superfluous = Number(result.version) - 5;
        if (superfluous > 0) await super.retireVersion(ref, String(superfluous));
        return result;
      }
    })(),
  ],
  [
    ['secrets.43', 'secrets.46'],
    'makes a staged version current at once',
    new (class extends Memory {
      override async stageSecret(ref: SecretReference, payload: SecretWritePayload, options?: SecretWriteOptions) {
        return super.rotateSecret(ref, payload, options);
      }
    })(),
  ],
  [
    ['secrets.43', 'secrets.44', 'secrets.45'],
    'reports a promotion that it does not make',
    new (class extends Memory {
      override async promoteSecret(reference: SecretReference, version: string) {
        return { reference, version };
      }
    })(),
  ],
  [
    ['secrets.45'],
    'creates a secret that was only to be staged',
    new (class extends Memory {
      override async stageSecret(ref: SecretReference, payload: SecretWritePayload, options?: SecretWriteOptions) {
        return ref.includes('unstaged')
          ? super.setSecret(ref, payload, options)
          : super.stageSecret(ref, payload, options);
      }
    })(),
  ],
  [
    ['secrets.46'],
    'ignores the idempotency key of a staged version',
    new (class extends Memory {
      override async stageSecret(reference: SecretReference, payload: SecretWritePayload) {
        return super.stageSecret(reference, payload);
      }
    })(),
  ],
  [
    ['secrets.47'],
    'still reads a version that it retired',
    new (class extends Memory {
      override async retireVersion(reference: SecretReference, version: string) {
        if ((await super.getSecret(reference)).version === version) await super.retireVersion(reference, version);
      }
    })(),
  ],
  [
    ['secrets.47'],
    'retires the current version too',
    new (class extends Memory {
      readonly #retired = new Set<string>();

      override async retireVersion(reference: SecretReference, version: string) {
        this.#retired.add(version);
      }

      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        const value = await super.getSecret(reference, options);
        if (!this.#retired.has(value.version ?? '') || !reference.includes('retired')) return value;
        return super.getSecret(reference, { version: 'none' });
      }
    })(),
  ],
  [
    ['secrets.48'],
    'restores nothing',
    new (class extends Memory {
      override async restoreSecret(reference: SecretReference) {
        if (!reference.includes('forced') && !(await this.#isDeleted(reference))) await super.restoreSecret(reference);
        if (reference.includes('forced')) await super.restoreSecret(reference);
      }

      async #isDeleted(reference: SecretReference) {
        return super.getSecret(reference).then(
          () => false,
          (error: { code?: string }) => error.code === 'PENDING_DELETION',
        );
      }
    })(),
  ],
  [
    ['secrets.49'],
    'keeps the recovery window of a forced deletion',
    new (class extends Memory {
      override async deleteSecret(reference: SecretReference, { force: _, ...options }: SecretDeleteOptions = {}) {
        await super.deleteSecret(reference, options);
      }
    })(),
  ],
];

describe('lifecycleCases', () => {
  it('hold for the reference backend', async () => {
    expect(await failedChecks(new Memory())).toEqual([]);
  });

  it.each(BROKEN)('%s catch a backend that %s', async (ids, _, provider) => {
    expect(await failedChecks(provider)).toEqual(ids);
  });

  it('catch a backend without restoring that takes a recovery window all the same', async () => {
    const memory = new MemorySecretProvider();
    const bare: SecretProvider = {
      id: memory.id,
      canHandle: (reference) => memory.canHandle(reference),
      getSecret: (...read) => memory.getSecret(...read),
      setSecret: (...write) => memory.setSecret(...write),
      rotateSecret: (...write) => memory.rotateSecret(...write),
      deleteSecret: (reference) => memory.deleteSecret(reference),
    };
    expect(await failedChecks(bare, ['write'])).toEqual(['secrets.50']);
  });

  it('catch a backend that declares what it does not have', async () => {
    const memory = new Memory();
    const bare: SecretProvider = {
      id: memory.id,
      canHandle: (reference) => memory.canHandle(reference),
      getSecret: (...read) => memory.getSecret(...read),
      setSecret: (...write) => memory.setSecret(...write),
      rotateSecret: (...write) => memory.rotateSecret(...write),
      deleteSecret: (...write) => memory.deleteSecret(...write),
    };
    const failed = await failedChecks(bare, ['staging', 'retire', 'restore']);
    expect(failed).toEqual(['secrets.43', 'secrets.44', 'secrets.45', 'secrets.46', 'secrets.47', 'secrets.48']);
  });
});

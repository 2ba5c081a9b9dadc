import { type ConformanceOutcome, runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { inspect } from '../__fixtures__/inspect.ts';
import { raise } from '../__fixtures__/raise.ts';
import { formatSecretUri } from '../reference/format-secret-uri.ts';
import { parseSecretUri } from '../reference/parse-secret-uri.ts';
import type {
  SecretFetchOptions,
  SecretProvider,
  SecretReference,
  SecretValue,
  SecretWriteOptions,
  SecretWritePayload,
} from '../secret-provider.ts';
import { SecretProviderError } from '../secret-provider-error.ts';
import { createSecretValue } from '../value/create-secret-value.ts';
import { MemorySecretProvider } from './memory-secret-provider.ts';
import { secretProviderCases } from './secret-provider-cases.ts';

async function failuresOf(provider: SecretProvider, capabilities: readonly string[]): Promise<ConformanceOutcome[]> {
  const outcomes = await runConformance({
    cases: secretProviderCases,
    createContext: async () => ({
      provider,
      reference: (name: string) => formatSecretUri({ provider: 'memory', path: name }),
      inspect: inspect,
    }),
    capabilities,
  });
  return outcomes.filter(({ status }) => status === 'failed');
}

const CAPABILITIES = ['seed', 'write', 'versions', 'binary', 'size-limit'];
const text = ({ data }: SecretValue) => new TextDecoder().decode(data);

/** Each breaks the contract in one way; the check that is meant for it is named beside it. */
const BROKEN: readonly [id: string, defect: string, provider: SecretProvider][] = [
  [
    'secrets.1',
    'says for every reference that it can handle it',
    new (class extends MemorySecretProvider {
      override canHandle(): boolean {
        return true;
      }
    })(),
  ],
  [
    'secrets.3',
    'trims text',
    new (class extends MemorySecretProvider {
      override async setSecret(reference: SecretReference, payload: SecretWritePayload, options?: SecretWriteOptions) {
        const { data } = payload;
        const isText = data instanceof Uint8Array && data.every((byte) => byte !== 0);
        const trimmed = isText ? new TextEncoder().encode(new TextDecoder().decode(data).trim()) : data;
        return super.setSecret(reference, { ...payload, data: trimmed }, options);
      }
    })(),
  ],
  [
    'secrets.4',
    'answers for an absent secret as if it were unavailable',
    new (class extends MemorySecretProvider {
      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        if (!reference.includes('absent')) return super.getSecret(reference, options);
        return raise(new SecretProviderError({ code: 'UNAVAILABLE', message: 'x', provider: this.id, reference }));
      }
    })(),
  ],
  [
    'secrets.5',
    'answers a broken escape with a raw URIError',
    new (class extends MemorySecretProvider {
      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        return super.getSecret(decodeURI(reference), options);
      }
    })(),
  ],
  [
    'secrets.7',
    'ignores the signal of a read',
    new (class extends MemorySecretProvider {
      override async getSecret(reference: SecretReference, options: SecretFetchOptions = {}) {
        const { signal: _, ...rest } = options;
        return super.getSecret(reference, rest);
      }
    })(),
  ],
  [
    'secrets.8',
    'hands the same bytes to every reader',
    new (class extends MemorySecretProvider {
      readonly #values = new Map<string, SecretValue>();

      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        const value = await super.getSecret(reference, options);
        const key = `${reference} ${value.version}`;
        const known = this.#values.get(key) ?? value;
        this.#values.set(key, known);
        return known;
      }
    })(),
  ],
  [
    'secrets.9',
    'gives plain objects, which print their bytes',
    new (class extends MemorySecretProvider {
      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        const { data, version = '', retrievedAt } = await super.getSecret(reference, options);
        return { data, version, retrievedAt };
      }
    })(),
  ],
  [
    'secrets.22',
    'reads the current version whichever was asked for',
    new (class extends MemorySecretProvider {
      override async getSecret(reference: SecretReference, options: SecretFetchOptions = {}) {
        const { version, ...rest } = options;
        const { provider, path, extras } = parseSecretUri(reference);
        const asked = version ?? extras?.['version'];
        if (asked !== '1') return super.getSecret(reference, options);
        return super.getSecret(formatSecretUri({ provider, path }), rest);
      }
    })(),
  ],
  [
    'secrets.23',
    'reports a reference that is pinned to the new version',
    new (class extends MemorySecretProvider {
      override async rotateSecret(reference: SecretReference, payload: SecretWritePayload) {
        const { provider, path } = parseSecretUri(reference);
        const { version } = await super.rotateSecret(formatSecretUri({ provider, path }), payload);
        return { reference: formatSecretUri({ provider, path, extras: { version } }), version };
      }
    })(),
  ],
  [
    'secrets.24',
    'creates a secret that was only to be rotated',
    new (class extends MemorySecretProvider {
      override async rotateSecret(reference: SecretReference, payload: SecretWritePayload) {
        return reference.includes('never-set')
          ? super.setSecret(reference, payload)
          : super.rotateSecret(reference, payload);
      }
    })(),
  ],
  [
    'secrets.26',
    'folds similar names together',
    new (class extends MemorySecretProvider {
      override async setSecret(reference: SecretReference, payload: SecretWritePayload, options?: SecretWriteOptions) {
        return super.setSecret(reference.replace('stripe_', 'stripe-'), payload, options);
      }

      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        return super.getSecret(reference.replace('stripe_', 'stripe-'), options);
      }
    })(),
  ],
  [
    'secrets.29',
    'decodes malformed base64 as far as it goes',
    new (class extends MemorySecretProvider {
      override async setSecret(reference: SecretReference, payload: SecretWritePayload, options?: SecretWriteOptions) {
        if (payload.encoding !== 'base64' || typeof payload.data !== 'string') {
          return super.setSecret(reference, payload, options);
        }
        return super.setSecret(reference, { ...payload, data: payload.data.replaceAll('*', '') }, options);
      }
    })(),
  ],
  [
    'secrets.32',
    'repeats the payload in an error',
    new (class extends MemorySecretProvider {
      override async rotateSecret(reference: SecretReference, payload: SecretWritePayload) {
        try {
          return await super.rotateSecret(reference, payload);
        } catch {
          const message = `could not store ${JSON.stringify(payload)}`;
          return raise(new SecretProviderError({ code: 'NOT_FOUND', message, provider: this.id, reference }));
        }
      }
    })(),
  ],
  [
    'secrets.35',
    'gives two simultaneous writers one version',
    new (class extends MemorySecretProvider {
      override async setSecret(reference: SecretReference, payload: SecretWritePayload, options?: SecretWriteOptions) {
        const written = await super.setSecret(reference, payload, options);
        return reference.includes('contended')
          ? { ...written, version: String(Number(written.version) >> 1) }
          : written;
      }
    })(),
  ],
  [
    'secrets.36',
    'shows a reader half of a write',
    new (class extends MemorySecretProvider {
      #previous: Uint8Array | undefined;

      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        const value = await super.getSecret(reference, options);
        if (!reference.includes('atomic')) return value;
        const { data } = value;
        const mixed = data.map((byte, index) => (index < 10_000 ? byte : (this.#previous?.[index] ?? byte)));
        this.#previous = data;
        return createSecretValue({ data: mixed, version: value.version ?? '', retrievedAt: value.retrievedAt });
      }
    })(),
  ],
];

describe('secretProviderCases', () => {
  it.each(BROKEN)('%s catches a backend that %s, and no other check does', async (id, _, provider) => {
    expect((await failuresOf(provider, CAPABILITIES)).map((outcome) => outcome.id)).toEqual([id]);
  });

  it('catches a read-only backend that takes a write', async () => {
    const lying = new (class extends MemorySecretProvider {
      readonly writable = false;
    })();
    const failures = await failuresOf(lying, ['seed', 'read-only']);
    expect(failures.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
      'secrets.10: setSecret: expected it to fail, but it succeeded',
    ]);
  });

  it('says what was expected and what came without showing a secret', async () => {
    const wrong = new (class extends MemorySecretProvider {
      override async getSecret(reference: SecretReference, options?: SecretFetchOptions) {
        const value = await super.getSecret(reference, options);
        return createSecretValue({ data: new TextEncoder().encode(`${text(value)}!`), retrievedAt: value.retrievedAt });
      }
    })();
    const failures = await failuresOf(wrong, ['seed']);
    expect(failures.find(({ id }) => id === 'secrets.2')?.reason).toBe(
      'getSecret: expected the 11 bytes that were stored, but other ones (12) came',
    );
    expect(JSON.stringify(failures)).not.toContain('first value');
  });

  it('has ids of its own and a title for each check', () => {
    const ids = secretProviderCases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(secretProviderCases.every(({ title }) => title.length > 10)).toBe(true);
  });
});

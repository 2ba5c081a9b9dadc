import { MemorySecretProvider } from '@mortise/secrets/testing';
import { runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { MemoryTokenStore } from '../keeper/memory-token-store.ts';
import { secretTokenStore } from '../keeper/secret-token-store.ts';
import type { SaveGrantOptions, StoredGrant, TokenStore } from '../keeper/token-store.ts';
import { tokenStoreCases } from './token-store-cases.ts';

async function failedChecks(
  create: () => { store: TokenStore; reopen?: () => Promise<TokenStore> },
): Promise<string[]> {
  const outcomes = await runConformance({
    cases: tokenStoreCases,
    createContext: async () => {
      const { store, reopen = async () => store } = create();
      return { store, reopen, grantId: (name: string) => `memory://grants/${name}` };
    },
    capabilities: ['shared'],
  });
  return outcomes.filter(({ status }) => status !== 'passed').map(({ id, reason }) => `${id}: ${reason ?? ''}`);
}

/** The ids of the checks that a store with one defect must fail. */
const BROKEN: readonly [defect: string, id: string, create: () => TokenStore][] = [
  [
    'overwrites whatever is stored',
    'tokens.4',
    () =>
      new (class extends MemoryTokenStore {
        override async save(grantId: string, grant: StoredGrant, options: SaveGrantOptions) {
          options.signal?.throwIfAborted();
          return super.save(grantId, grant, { expected: (await super.load(grantId))?.version });
        }
      })(),
  ],
  [
    'forgets the intent',
    'tokens.2',
    () =>
      new (class extends MemoryTokenStore {
        override async save(grantId: string, { intent: _intent, ...grant }: StoredGrant, options: SaveGrantOptions) {
          return super.save(grantId, grant, options);
        }
      })(),
  ],
  [
    'creates what was to be replaced',
    'tokens.5',
    () =>
      new (class extends MemoryTokenStore {
        override async save(grantId: string, grant: StoredGrant, options: SaveGrantOptions) {
          const stored = await super.load(grantId);
          return super.save(grantId, grant, stored === undefined ? { ...options, expected: undefined } : options);
        }
      })(),
  ],
  [
    'removes any version',
    'tokens.8',
    () =>
      new (class extends MemoryTokenStore {
        override async remove(grantId: string, options: SaveGrantOptions) {
          options.signal?.throwIfAborted();
          return super.remove(grantId, { expected: (await super.load(grantId))?.version });
        }
      })(),
  ],
];

describe('the checks of token stores', () => {
  it('pass for grants in memory', async () => {
    expect(await failedChecks(() => ({ store: new MemoryTokenStore() }))).toEqual([]);
  });

  it('pass for grants in a secret backend', async () => {
    expect(
      await failedChecks(() => {
        const secrets = new MemorySecretProvider();
        return { store: secretTokenStore({ secrets }), reopen: async () => secretTokenStore({ secrets }) };
      }),
    ).toEqual([]);
  });

  it('pass for a backend without versions, whose content stands for itself', async () => {
    expect(
      await failedChecks(() => {
        const texts = new Map<string, string>();
        let writes = 0;
        const store = secretTokenStore({
          secrets: {
            id: 'plain',
            getSecret: async (reference) => {
              const text = texts.get(reference);
              if (text === undefined) throw Object.assign(new Error('none'), { code: 'NOT_FOUND' });
              return { data: new TextEncoder().encode(text), retrievedAt: new Date(0) };
            },
            setSecret: async (reference, { data }) => {
              writes += 1;
              texts.set(reference, data);
              return { version: await versionOf(data, writes) };
            },
          },
        });
        return { store };
      }),
    ).toEqual([]);
  });

  it.each(BROKEN)('fail for a store that %s', async (_defect, id, create) => {
    const failed = await failedChecks(() => ({ store: create() }));
    expect(failed.map((line) => line.split(':')[0])).toContain(id);
  });
});

/** What a backend without versions says a version is: the first bytes of the content's digest. */
async function versionOf(data: string, _writes: number): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(data)));
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

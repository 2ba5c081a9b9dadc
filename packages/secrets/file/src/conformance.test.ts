import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { secretProviderCases } from '@mortise/secrets/testing';
import { runConformance } from '@mortise/testing';
import { expect, it } from 'vitest';
import { temporaryDirectory } from './__fixtures__/temporary-directory.ts';
import { temporaryVault } from './__fixtures__/temporary-vault.ts';
import { MountedSecretProvider } from './index.ts';

const print = (value: unknown): string => inspect(value, { depth: 9, showHidden: true });

it('FileSecretProvider keeps the contract of a backend', { timeout: 30_000 }, async () => {
  const outcomes = await runConformance({
    cases: secretProviderCases,
    capabilities: [
      'seed',
      'write',
      'versions',
      'binary',
      'size-limit',
      'idempotent',
      'idempotency-keys',
      'overlap',
      'retire',
      'force-delete',
    ],
    createContext: async () => {
      const { vault } = await temporaryVault({ maxVersions: 5 });
      return {
        provider: vault,
        reference: (name) => `file://tenants/acme/${encodeURIComponent(name)}`,
        inspect: print,
      };
    },
  });
  expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
    'secrets.10',
    'secrets.43',
    'secrets.44',
    'secrets.45',
    'secrets.46',
    'secrets.48',
  ]);
});

it('MountedSecretProvider keeps the contract of a read-only backend', async () => {
  const outcomes = await runConformance({
    cases: secretProviderCases,
    capabilities: ['seed', 'read-only'],
    createContext: async () => {
      const directory = await temporaryDirectory();
      await mkdir(join(directory, 'app'));
      return {
        provider: new MountedSecretProvider({ directory }),
        reference: (name) => `mounted://app/${encodeURIComponent(name)}`,
        seed: async (name, data) => writeFile(join(directory, 'app', name), data, { mode: 0o400 }),
        inspect: print,
      };
    },
  });
  expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(outcomes.filter(({ status }) => status === 'passed').length).toBeGreaterThanOrEqual(9);
});

import { secretProviderCases } from '@mortise/secrets/testing';
import { runConformance } from '@mortise/testing';
import { expect, it } from 'vitest';
import { print } from './__fixtures__/backend.ts';
import { ScalewaySecretManagerProvider } from './index.ts';
import { startScalewaySecretServer } from './testing/index.ts';

const CAPABILITIES = [
  'seed',
  'write',
  'versions',
  'binary',
  'size-limit',
  'idempotent',
  'idempotency-keys',
  'overlap',
  'retire',
  'restore',
];

it.each(['disable', 'delete'] as const)(
  'keeps the contract of a backend, retiring by %s',
  { timeout: 30_000 },
  async (retireBy) => {
    const outcomes = await runConformance({
      cases: secretProviderCases,
      capabilities: CAPABILITIES,
      createContext: async () => {
        const server = await startScalewaySecretServer();
        const provider = new ScalewaySecretManagerProvider({
          token: server.token,
          baseUrl: server.url,
          defaultProjectId: server.projectId,
          env: {},
          retireBy,
        });
        return {
          provider,
          reference: (name) => `scw://secret-manager/fr-par/tenants/acme/${encodeURIComponent(name)}`,
          inspect: print,
          close: async () => {
            await provider.close();
            await server.close();
          },
        };
      },
    });
    expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
    const skipped = outcomes.filter(({ status }) => status === 'skipped').map(({ reason }) => reason);
    expect(new Set(skipped)).toEqual(
      new Set([
        'capability "read-only" is not declared',
        'capability "staging" is not declared',
        'capability "force-delete" is not declared',
      ]),
    );
  },
);

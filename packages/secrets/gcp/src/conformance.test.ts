import { inspect } from 'node:util';
import { secretProviderCases } from '@mortise/secrets/testing';
import { runConformance } from '@mortise/testing';
import { describe, expect, it } from 'vitest';
import { type Transport, TRANSPORTS } from './__fixtures__/start.ts';
import { GcpSecretManagerProvider, type GcpSecretManagerProviderOptions } from './index.ts';
import { startGcpSecretServer } from './testing/index.ts';

const CAPABILITIES = 'seed write versions binary size-limit idempotent overlap retire force-delete'.split(' ');

/** Ids of secrets have no dots; an escape that no name in the kit has keeps them apart. */
const toId = (name: string): string => name.replaceAll('.', '--dot--');

async function failures(
  transport: Transport,
  prefix: string,
  options: GcpSecretManagerProviderOptions = {},
): Promise<{ readonly failed: unknown[]; readonly skipped: string[] }> {
  const outcomes = await runConformance({
    cases: secretProviderCases,
    capabilities: [...CAPABILITIES, ...(options.currentAlias === undefined ? [] : ['staging'])],
    createContext: async () => {
      const server = await startGcpSecretServer({ locations: ['europe-west3'] });
      const provider = new GcpSecretManagerProvider({ ...server.providerOptions({ transport }), ...options });
      return {
        provider,
        reference: (name) => `gcp://${prefix}secrets/${toId(name)}`,
        inspect: (value: unknown) => inspect(value, { depth: 9, showHidden: true }),
        close: async () => {
          await provider.close();
          await server.close();
        },
      };
    },
  });
  return {
    failed: outcomes.filter(({ status }) => status === 'failed'),
    skipped: outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id),
  };
}

const WITHOUT_STAGING = [
  'secrets.10',
  'secrets.41',
  'secrets.43',
  'secrets.44',
  'secrets.45',
  'secrets.46',
  'secrets.48',
];

describe.each(TRANSPORTS)('GcpSecretManagerProvider over %s keeps the contract of a backend', (transport) => {
  it('for global secrets', { timeout: 60_000 }, async () => {
    expect(await failures(transport, 'projects/demo/')).toEqual({ failed: [], skipped: WITHOUT_STAGING });
  });

  it('for regional secrets in the short form', { timeout: 60_000 }, async () => {
    const { failed } = await failures(transport, 'locations/europe-west3/');
    expect(failed).toEqual([]);
  });

  it('with the newest enabled version as the current one', { timeout: 60_000 }, async () => {
    const { failed } = await failures(transport, '', { latestEnabled: true });
    expect(failed).toEqual([]);
  });

  it('with an alias as the current version, staging included', { timeout: 60_000 }, async () => {
    const { failed, skipped } = await failures(transport, '', { currentAlias: 'current' });
    expect({ failed, skipped }).toEqual({ failed: [], skipped: ['secrets.10', 'secrets.41', 'secrets.48'] });
  });
});

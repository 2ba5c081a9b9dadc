import { inspect } from 'node:util';
import { secretProviderCases } from '@mortise/secrets/testing';
import { runConformance } from '@mortise/testing';
import { expect, it } from 'vitest';
import { AwsSecretsManagerProvider } from './index.ts';
import { startAwsSecretsServer } from './testing/index.ts';

it('keeps the contract of a backend, over the real SDK', { timeout: 60_000 }, async () => {
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
      'staging',
      'restore',
      'force-delete',
    ],
    createContext: async () => {
      const server = await startAwsSecretsServer();
      const provider = new AwsSecretsManagerProvider({ clientConfig: server.clientConfig });
      return {
        provider,
        reference: (name) => `aws://secretsmanager/tenants/acme/${name}`,
        inspect: (value) => inspect(value, { depth: 9, showHidden: true }),
        close: async () => {
          await provider.close();
          await server.close();
        },
      };
    },
  });
  expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(outcomes.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
    'secrets.10',
    'secrets.47',
  ]);
});

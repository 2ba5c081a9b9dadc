import { expect, it } from 'vitest';
import { integrationSpecs } from '../integration-specs.ts';
import { findIntegrationSpec } from './find-integration-spec.ts';

it('finds each spec of the catalog, the very same object', async () => {
  for (const spec of integrationSpecs) expect(await findIntegrationSpec(spec.meta.key)).toBe(spec);
});

it.each([
  '',
  'payments',
  'payments.',
  'payments.unknown',
  'unknown.stripe',
  'Payments.stripe',
  'constructor',
  '__proto__',
])('finds nothing for %j', async (key) => {
  expect(await findIntegrationSpec(key)).toBeUndefined();
});

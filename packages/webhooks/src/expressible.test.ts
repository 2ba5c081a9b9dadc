import { validateIntegrationSpec } from '@mortise/core';
import { expect, it } from 'vitest';
import { CONFIRMED } from './__fixtures__/confirmed-vendors.ts';
import { LIKELY } from './__fixtures__/likely-vendors.ts';
import type { VendorWebhook } from './__fixtures__/vendor-webhook.ts';
import { standardWebhooks } from './sign/standard-webhooks.ts';

/** A spec that says nothing but how webhooks come in. */
function specOf({ contract, secrets, config = {} }: Pick<VendorWebhook, 'contract' | 'secrets' | 'config'>): object {
  const texts = (names: readonly string[]): object => ({
    schema: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) },
    example: {},
  });
  return {
    meta: {
      key: 'test.vendor',
      version: '1.0.0',
      title: 'Vendor',
      description: 'A vendor that sends webhooks',
      domain: 'test',
      stability: 'beta',
      owners: ['@test'],
      tags: ['test'],
      category: 'custom',
    },
    supportedModes: ['byok'],
    capabilities: { provides: [{ key: 'test.receive', version: '1.0.0' }] },
    configSchema: texts(Object.keys(config)),
    secretSchema: texts(Object.keys(secrets)),
    webhooks: [contract],
  };
}

it.each([...CONFIRMED, ...LIKELY])('the webhooks of $vendor are what a spec may say', (vendor) => {
  expect(validateIntegrationSpec(specOf(vendor)).problems).toEqual([]);
});

it('Standard Webhooks are what a spec may say', () => {
  const secrets = { signingSecret: '' };
  expect(validateIntegrationSpec(specOf({ contract: standardWebhooks(), secrets })).problems).toEqual([]);
});

it('a spec with webhooks that it may not have is refused', () => {
  const contract = { verification: { scheme: 'token', from: { header: 'x' }, secretField: 'absent' } } as const;
  expect(validateIntegrationSpec(specOf({ contract, secrets: { other: 'x' } })).problems).not.toEqual([]);
});
